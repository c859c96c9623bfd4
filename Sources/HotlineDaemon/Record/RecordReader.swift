import HotlineDesk
import HotlineRecord
import HotlineStation
import HotlineStore
import HotlineWire

/// The record of a station's directory, read while the station runs or rests. It is never written.
struct RecordReader: Sendable {
    /// Rows fetched at once: at most 16 MiB of the largest entries.
    static let rowsAtOnce = 64
    private let reader: SQLiteJournalReader

    /// - Throws: `notFound` where there is none yet; `unavailable`.
    init(_ directory: StationDirectory) throws(DeskError) {
        guard LocalFile(directory.record).exists else {
            throw DeskError(.notFound, "\(directory.path) has no record yet", hint: "the station makes it at its first start: hotline run")
        }
        do throws(JournalError) { reader = try SQLiteJournalReader(path: directory.record) } catch { throw JournalWords.error(error) }
    }

    func perform<T>(_ body: (SQLiteJournalReader) throws(JournalError) -> T) throws(DeskError) -> T {
        do throws(JournalError) { return try body(reader) } catch { throw JournalWords.error(error) }
    }

    // MARK: Generations

    /// The generations of these stations, of each the oldest first: a peer's may have come here in another order.
    func generations(of stations: [StationNumber]) throws(DeskError) -> [StoredGeneration] {
        var all: [StoredGeneration] = []
        for station in stations {
            var found: [StoredGeneration] = []
            try forEach(tag: FactTag.entries(of: station, kind: Opening.kind)) { row throws(DeskError) in
                if let generation = try generation(openedBy: row) { found.append(generation) }
                return true
            }
            all += found.sorted { ($0.opening.serialBase, $0.sequence) < ($1.opening.serialBase, $1.sequence) }
        }
        return all
    }

    private func generation(openedBy row: JournalRow) throws(DeskError) -> StoredGeneration? {
        let (entry, leaf, at) = try stored(row)
        guard entry.id.number.value == 0 else { return nil }
        guard let opening = try? Opening(entry.content) else { throw RecordReader.unreadable("The opening of generation \(entry.id.generation)") }
        let last = try perform { reader throws(JournalError) in
            try reader.rows(
                from: FactKey.entry(entry.id), through: FactKey.entry(EntryID(entry.id.generation, EntryNumber(.max))), descending: true, limit: 1
            )
        }
        let size = try last.first.map { (row) throws(DeskError) in try stored(row).entry.id.number.sizeThrough } ?? RecordSize(1)
        return StoredGeneration(id: entry.id.generation, entry: entry, opening: opening, leaf: leaf, size: size, at: at, sequence: row.sequence)
    }

    // MARK: Entries and hashes

    func entry(_ id: EntryID) throws(DeskError) -> Entry? {
        let row = try perform { reader throws(JournalError) in try reader.row(key: FactKey.entry(id)) }
        return try row.map { (row) throws(DeskError) in try stored(row).entry }
    }

    /// Entries of a generation from this number on, in order, and the hashes stored with each.
    func entries(_ generation: GenerationID, from number: EntryNumber, below size: RecordSize) throws(DeskError) -> [(entry: Entry, nodes: [UInt8])] {
        let rows = try perform { reader throws(JournalError) in
            try reader.rows(
                from: FactKey.entry(EntryID(generation, number)), through: FactKey.entry(EntryID(generation, EntryNumber(size.value - 1))),
                descending: false, limit: RecordReader.rowsAtOnce
            )
        }
        var entries: [(Entry, [UInt8])] = []
        for (row, expected) in zip(rows, number.value...) {
            let entry = try stored(row).entry
            guard entry.id == EntryID(generation, EntryNumber(expected)) else {
                throw RecordReader.unreadable("Entry \(generation)/\(expected), where \(entry.id) stands,")
            }
            entries.append((entry, row.row.nodes ?? []))
        }
        guard !entries.isEmpty else { throw RecordReader.unreadable("Entry \(generation)/\(number)") }
        return entries
    }

    /// The root at any size, from the hashes stored with the entries.
    func root(_ generation: GenerationID, _ size: RecordSize) throws(DeskError) -> Hash {
        try Tree.root(size: size) { (level, index) throws(DeskError) in try node(generation, level, index) }
    }

    /// The hash of a perfect subtree, stored with the entry that completed it.
    func node(_ generation: GenerationID, _ level: Int, _ index: UInt64) throws(DeskError) -> Hash {
        let id = EntryID(generation, EntryNumber(((index + 1) << UInt64(level)) - 1))
        let row = try perform { reader throws(JournalError) in try reader.row(key: FactKey.entry(id)) }
        guard let nodes = row?.row.nodes, nodes.count >= (level + 1) * Hash.size,
            let hash = Hash(nodes[level * Hash.size..<(level + 1) * Hash.size])
        else { throw RecordReader.unreadable("The hash of level \(level) with entry \(id)") }
        return hash
    }

    private func stored(_ row: JournalRow) throws(DeskError) -> (entry: Entry, leaf: Hash, at: WallTime) {
        guard case .entry(let entry, let at)? = try? Fact(row.row.value), let leaf = Hash((row.row.nodes ?? []).prefix(Hash.size)) else {
            throw RecordReader.unreadable("Row \(row.sequence)")
        }
        return (entry, leaf, at)
    }

    // MARK: Rows

    /// Rows with a tag, the latest first, until `body` gives false.
    func forEach(tag: Int64, _ body: (JournalRow) throws(DeskError) -> Bool) throws(DeskError) {
        var before = Int64.max
        while true {
            let rows = try perform { reader throws(JournalError) in try reader.rows(tag: tag, before: before, limit: RecordReader.rowsAtOnce) }
            guard let last = rows.last else { return }
            before = last.sequence
            for row in rows { guard try body(row) else { return } }
        }
    }

    static func unreadable(_ what: String) -> DeskError {
        DeskError(
            .notVerified, "\(what) cannot be read as it was written",
            hint: "the record's file has been damaged or changed: keep it as it is, and run hotline record verify"
        )
    }
}

/// A generation as the store has it at this moment; it may grow while one looks.
struct StoredGeneration: Sendable {
    let id: GenerationID
    let entry: Entry
    let opening: Opening
    /// Of the opening entry.
    let leaf: Hash
    let size: RecordSize
    /// When it was opened, on our clock.
    let at: WallTime
    /// Of the opening's row.
    let sequence: Int64

    /// The serials of its entries.
    var serials: ClosedRange<UInt64> { opening.serialBase + 1...opening.serialBase + size.value }

    func serial(_ number: EntryNumber) -> UInt64 { opening.serialBase + number.value + 1 }

    func number(serial: UInt64) -> EntryNumber? { serials.contains(serial) ? EntryNumber(serial - opening.serialBase - 1) : nil }
}
