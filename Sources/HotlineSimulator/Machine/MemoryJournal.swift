import HotlineRecord
import HotlineWire

/// A journal in memory. What has been committed survives a crash; nothing else does.
final class MemoryJournal: Journal {
    /// All that is on the medium: a value, so that a backup is a copy.
    struct Content {
        fileprivate(set) var rows: [JournalRow] = []
        /// The rows of each generation's entries, by number.
        fileprivate(set) var entries: [GenerationID: [Int]] = [:]
        fileprivate var keyed: [[UInt8]: Int] = [:]
        fileprivate var cells: [[UInt8]: [UInt8]] = [:]
        fileprivate var latest: JournalSnapshot?
    }
    private(set) var content: Content

    init(_ content: Content = Content()) { self.content = content }

    // MARK: The medium

    func commit(_ batch: JournalBatch) throws(JournalError) {
        for row in batch.rows {
            if let key = row.key {
                if let id = MemoryJournal.entryID(key) {
                    guard id.number.value == UInt64(content.entries[id.generation]?.count ?? 0) else {
                        throw .failed(path: "memory", detail: "entry \(id) is not the next of its generation")
                    }
                    content.entries[id.generation, default: []].append(content.rows.count)
                } else {
                    guard content.keyed.updateValue(content.rows.count, forKey: key) == nil else {
                        throw .failed(path: "memory", detail: "a row with this key exists")
                    }
                }
            }
            content.rows.append(JournalRow(sequence: Int64(content.rows.count + 1), row: row))
        }
        for cell in batch.cells { content.cells[cell.key] = cell.value }
        if let snapshot = batch.snapshot { content.latest = JournalSnapshot(through: Int64(content.rows.count), bytes: snapshot) }
    }

    /// One byte of a row's value is not what was written.
    func rot(row place: Int, at offset: Int, by mask: UInt8) {
        let old = content.rows[place].row
        var value = old.value
        value[offset] ^= mask
        content.rows[place] = JournalRow(
            sequence: content.rows[place].sequence, row: JournalRow.New(key: old.key, tag: old.tag, value: value, nodes: old.nodes)
        )
    }

    // MARK: Reading

    func row(key: [UInt8]) -> JournalRow? { place(key).map { content.rows[$0] } }

    func rows(from: [UInt8], through: [UInt8], descending: Bool, limit: Int) -> [JournalRow] {
        let places: [Int]
        if let first = MemoryJournal.entryID(from), let last = MemoryJournal.entryID(through), first.generation == last.generation {
            let all = content.entries[first.generation] ?? []
            let low = min(Int(first.number.value), all.count)
            let high = Int(min(last.number.value, UInt64(all.count) &- (all.isEmpty ? 0 : 1))) + (all.isEmpty ? 0 : 1)
            places = low < high ? Array(all[low..<high]) : []
        } else {
            places = allKeys.filter { !$0.key.lexicographicallyPrecedes(from) && !through.lexicographicallyPrecedes($0.key) }
                .sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.place)
        }
        return (descending ? places.reversed() : places).prefix(limit).map { content.rows[$0] }
    }

    func rows(after sequence: Int64, limit: Int) -> [JournalRow] { Array(content.rows.dropFirst(Int(sequence)).prefix(limit)) }

    func rows(tag: Int64, before sequence: Int64, limit: Int) -> [JournalRow] {
        Array(content.rows.prefix(Int(max(0, sequence - 1))).filter { $0.row.tag == tag }.reversed().prefix(limit))
    }

    func cell(_ key: [UInt8]) -> [UInt8]? { content.cells[key] }

    func cells(prefix: [UInt8]) -> [JournalCell] {
        content.cells.filter { $0.key.starts(with: prefix) }.map { JournalCell(key: $0.key, value: $0.value) }
            .sorted { $0.key.lexicographicallyPrecedes($1.key) }
    }

    func snapshot() -> JournalSnapshot? { content.latest }

    // MARK: By entry

    func row(of id: EntryID) -> JournalRow? {
        guard let places = content.entries[id.generation], id.number.value < UInt64(places.count) else { return nil }
        return content.rows[places[Int(id.number.value)]]
    }

    /// How many entries of a generation are durable here, without a gap.
    func count(of generation: GenerationID) -> Int { content.entries[generation]?.count ?? 0 }

    /// - Precondition: the entry is here.
    func place(of id: EntryID) -> Int {
        guard let places = content.entries[id.generation], id.number.value < UInt64(places.count) else {
            preconditionFailure("only what was written can rot")
        }
        return places[Int(id.number.value)]
    }

    private func place(_ key: [UInt8]) -> Int? {
        guard let id = MemoryJournal.entryID(key) else { return content.keyed[key] }
        guard let places = content.entries[id.generation], id.number.value < UInt64(places.count) else { return nil }
        return places[Int(id.number.value)]
    }

    private var allKeys: [(key: [UInt8], place: Int)] {
        content.rows.enumerated().compactMap { place, row in row.row.key.map { ($0, place) } }
    }

    /// The entry whose row has this key: kind, station, generation, number (`FactKey.entry`).
    static func entryID(_ key: [UInt8]) -> EntryID? {
        guard key.count == 18, key[0] == 1, let station = StationNumber(key[1]) else { return nil }
        let name = word(key, 2)
        return EntryID(GenerationID(station: station, name: GenerationName(name)), EntryNumber(word(key, 10)))
    }

    private static func word(_ bytes: [UInt8], _ offset: Int) -> UInt64 {
        bytes.withUnsafeBytes { UInt64(bigEndian: $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) }
    }
}
