import HotlineStation
import HotlineWire

/// A journal in memory. What has been committed survives a crash; nothing else does.
final class MemoryJournal: Journal {
    private(set) var rows: [JournalRow] = []
    private var byKey: [[UInt8]: Int] = [:]
    private var cells: [[UInt8]: [UInt8]] = [:]
    private var latest: JournalSnapshot?
    private(set) var commits = 0

    init() {}

    /// A backup: what has been committed so far.
    init(copy other: MemoryJournal) {
        rows = other.rows
        byKey = other.byKey
        cells = other.cells
        latest = other.latest
    }

    func commit(_ batch: JournalBatch) throws(JournalError) {
        commits += 1
        for row in batch.rows {
            if let key = row.key {
                guard byKey[key] == nil else { throw .failed(path: "memory", detail: "a row with this key exists") }
                byKey[key] = rows.count
            }
            rows.append(JournalRow(sequence: Int64(rows.count + 1), row: row))
        }
        for cell in batch.cells { cells[cell.key] = cell.value }
        if let snapshot = batch.snapshot { latest = JournalSnapshot(through: Int64(rows.count), bytes: snapshot) }
    }

    func row(key: [UInt8]) -> JournalRow? { byKey[key].map { rows[$0] } }

    func rows(from: [UInt8], through: [UInt8], descending: Bool, limit: Int) -> [JournalRow] {
        let keys = byKey.keys.filter { !$0.lexicographicallyPrecedes(from) && !through.lexicographicallyPrecedes($0) }
            .sorted { $0.lexicographicallyPrecedes($1) != descending }
        return keys.prefix(limit).compactMap { byKey[$0].map { rows[$0] } }
    }

    func rows(after sequence: Int64, limit: Int) -> [JournalRow] { Array(rows.dropFirst(Int(sequence)).prefix(limit)) }

    func rows(tag: Int64, before sequence: Int64, limit: Int) -> [JournalRow] {
        Array(rows.filter { $0.row.tag == tag && $0.sequence < sequence }.reversed().prefix(limit))
    }

    func cell(_ key: [UInt8]) -> [UInt8]? { cells[key] }

    func cells(prefix: [UInt8]) -> [JournalCell] {
        cells.filter { $0.key.starts(with: prefix) }.map { JournalCell(key: $0.key, value: $0.value) }
            .sorted { $0.key.lexicographicallyPrecedes($1.key) }
    }

    func snapshot() -> JournalSnapshot? { latest }
}
