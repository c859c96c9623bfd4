import HotlineWire

/// A store as the journal that a station's past is read from.
final class MemoryJournal: Journal {
    private var store: MemoryStore

    init(_ store: MemoryStore) { self.store = store }

    func commit(_ batch: JournalBatch) { store.commit(batch) }

    func row(key: [UInt8]) -> JournalRow? { store.row(key: key) }

    func rows(from: [UInt8], through: [UInt8], descending: Bool, limit: Int) -> [JournalRow] {
        let rows = store.rows(from: from, through: through)
        return Array((descending ? rows.reversed() : rows).prefix(limit))
    }

    func rows(after sequence: Int64, limit: Int) -> [JournalRow] { Array(store.rows.dropFirst(Int(sequence)).prefix(limit)) }

    func rows(tag: Int64, before sequence: Int64, limit: Int) -> [JournalRow] {
        Array(store.rows.filter { $0.row.tag == tag && $0.sequence < sequence }.reversed().prefix(limit))
    }

    func cell(_ key: [UInt8]) -> [UInt8]? { store.cell(key) }

    func cells(prefix: [UInt8]) -> [JournalCell] { store.cells(prefix: prefix) }

    func snapshot() -> JournalSnapshot? { store.snapshot }
}
