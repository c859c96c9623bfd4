import HotlineStation
import HotlineWire

/// A journal as a value: a copy of it is a backup.
struct MemoryStore {
    private(set) var rows: [JournalRow] = []
    private var byKey: [[UInt8]: Int] = [:]
    private var cells: [[UInt8]: [UInt8]] = [:]
    private(set) var snapshot: JournalSnapshot?

    mutating func commit(_ batch: JournalBatch) {
        for row in batch.rows {
            if let key = row.key {
                check(byKey.updateValue(rows.count, forKey: key) == nil, "a row is written once")
            }
            rows.append(JournalRow(sequence: Int64(rows.count + 1), row: row))
        }
        for cell in batch.cells { cells[cell.key] = cell.value }
        if let bytes = batch.snapshot { snapshot = JournalSnapshot(through: Int64(rows.count), bytes: bytes) }
    }

    func row(key: [UInt8]) -> JournalRow? { byKey[key].map { rows[$0] } }

    func rows(from: [UInt8], through: [UInt8]) -> [JournalRow] {
        byKey.keys.filter { !$0.lexicographicallyPrecedes(from) && !through.lexicographicallyPrecedes($0) }
            .sorted { $0.lexicographicallyPrecedes($1) }.compactMap { byKey[$0].map { rows[$0] } }
    }

    func cell(_ key: [UInt8]) -> [UInt8]? { cells[key] }

    func cells(prefix: [UInt8]) -> [JournalCell] {
        cells.filter { $0.key.starts(with: prefix) }.map { JournalCell(key: $0.key, value: $0.value) }
            .sorted { $0.key.lexicographicallyPrecedes($1.key) }
    }
}
