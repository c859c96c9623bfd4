import GRDB
import HotlineWire
import Testing

@testable import HotlineStore

@Suite struct CommitTests {
    @Test("What was committed is there after a restart")
    func restart() throws {
        let directory = try TestDirectory()
        try directory.journal().commit(JournalBatch(rows: [JournalRow.New("a", tag: 5)], cells: [JournalCell("c", "1")], snapshot: [9]))
        let journal = try directory.journal()
        #expect(try journal.row(key: [UInt8]("a")) == JournalRow(sequence: 1, row: JournalRow.New("a", tag: 5)))
        #expect(try journal.cell([UInt8]("c")) == [UInt8]("1"))
        #expect(try journal.snapshot() == JournalSnapshot(through: 1, bytes: [9]))
    }

    @Test("What was committed is in the files when commit returns, before anything is closed")
    func crash() throws {
        let directory = try TestDirectory()
        let copy = try TestDirectory()
        let journal = try directory.journal()
        for n in 1...20 { try journal.commit(JournalBatch(rows: [JournalRow.New("\(n)")])) }
        for name in ["journal", "journal-wal"] { try copy.write(try directory.bytes(of: name), to: name) }
        #expect(try copy.journal().rows(after: 0, limit: 100).count == 20)
    }

    @Test("A batch is stored whole or not at all")
    func atomic() throws {
        let directory = try TestDirectory()
        let before: [JournalRow]
        do {
            let journal = try directory.journal()
            try journal.commit(JournalBatch(rows: [JournalRow.New("a")], cells: [JournalCell("c", "1")], snapshot: [1]))
            before = try journal.rows(after: 0, limit: 10)
            let bad = JournalBatch(
                rows: [JournalRow.New("b"), JournalRow.New("a")], cells: [JournalCell("c", "2"), JournalCell("d", "2")], snapshot: [2])
            #expect(failure(try journal.commit(bad)) != nil)
        }
        let journal = try directory.journal()
        #expect(try journal.rows(after: 0, limit: 10) == before)
        #expect(try journal.cells(prefix: []) == [JournalCell("c", "1")])
        #expect(try journal.snapshot() == JournalSnapshot(through: 1, bytes: [1]))
    }

    @Test("A second row with a key fails the commit", arguments: [true, false])
    func duplicateKey(inOneBatch: Bool) throws {
        let directory = try TestDirectory()
        let journal = try directory.journal()
        if !inOneBatch { try journal.commit(JournalBatch(rows: [JournalRow.New("a")])) }
        let rows = [JournalRow.New("a", value: "other")] + (inOneBatch ? [JournalRow.New("a")] : [])
        #expect(
            failure(try journal.commit(JournalBatch(rows: rows)))
                == .failed(path: directory.journal, detail: "a row with this key exists"))
    }

    @Test("After a failure every commit fails with the same error, and what was committed can still be read")
    func refused() throws {
        let directory = try TestDirectory()
        let journal = try directory.journal()
        try journal.commit(JournalBatch(rows: [JournalRow.New("a")]))
        let first = failure(try journal.commit(JournalBatch(rows: [JournalRow.New("a")])))
        #expect(first != nil)
        #expect(failure(try journal.commit(JournalBatch(rows: [JournalRow.New("b")]))) == first)
        #expect(failure(try journal.commit(JournalBatch())) == first)
        #expect(try journal.rows(after: 0, limit: 10).map(\.row.key) == [[UInt8]("a")])
    }

    @Test("On a full medium a commit fails as full, leaves nothing of its batch and everything before it")
    func full() throws {
        let directory = try TestDirectory()
        let small = JournalBatch(rows: [JournalRow.New("small")], cells: [JournalCell("cell", "before")])
        do {
            let journal = try SQLiteJournal(path: directory.journal, pagesMax: 32)
            try journal.commit(small)
            let rows = (0..<100).map { JournalRow.New(key: [UInt8($0)], value: [UInt8](repeating: 1, count: 4096)) }
            let large = JournalBatch(rows: rows, cells: [JournalCell("cell", "after")], snapshot: [1])
            #expect(failure(try journal.commit(large)) == .full(path: directory.journal))
            #expect(failure(try journal.commit(small)) == .full(path: directory.journal))
        }
        let journal = try directory.journal()
        #expect(try journal.rows(after: 0, limit: 1000).map(\.row) == small.rows)
        #expect(try journal.cells(prefix: []) == small.cells)
        #expect(try journal.snapshot() == nil)
        try journal.commit(JournalBatch(rows: [JournalRow.New("next")]))
        #expect(try journal.rows(after: 1, limit: 10).map(\.sequence) == [2])
    }

    @Test("An empty batch writes nothing")
    func empty() throws {
        let directory = try TestDirectory()
        let journal = try directory.journal()
        try journal.commit(JournalBatch(rows: [JournalRow.New("a")]))
        let log = try directory.bytes(of: "journal-wal")
        try journal.commit(JournalBatch())
        #expect(try directory.bytes(of: "journal-wal") == log)
    }

    @Test("The connection that writes logs ahead and syncs every commit")
    func durable() throws {
        let directory = try TestDirectory()
        let journal = try directory.journal()
        #expect(try journal.pragma("journal_mode") == "wal")
        #expect(try journal.pragma("synchronous") == "2")
    }

    @Test("A connection that does not sync every commit is refused")
    func notDurable() throws {
        let directory = try TestDirectory()
        try directory.journal().close()
        let connection = try Connection.writer(path: directory.journal)
        try connection.perform { db in try db.execute(sql: "PRAGMA synchronous = NORMAL") }
        #expect(
            failure(try connection.proveDurable()) == .notDurable(path: directory.journal, synchronous: 1))
        try connection.makeDurable()
        try connection.proveDurable()
    }

    @Test("The connection trusts nothing in the file, keeps its cache small and its log short")
    func settings() throws {
        let directory = try TestDirectory()
        let journal = try directory.journal()
        #expect(try journal.pragma("trusted_schema") == "0")
        #expect(try journal.pragma("cell_size_check") == "1")
        #expect(try journal.pragma("temp_store") == "2")
        #expect(try journal.pragma("mmap_size") == "0")
        #expect(try journal.pragma("cache_size") == "-8192")
        #expect(try journal.pragma("wal_autocheckpoint") == "1000")
        #expect(try journal.pragma("secure_delete") == "0")
        try journal.close()
        #expect(try directory.journal(erasesRemoved: true).pragma("secure_delete") == "1")
    }

    @Test("The log does not grow with the journal")
    func shortLog() throws {
        let directory = try TestDirectory()
        let journal = try directory.journal()
        let value = [UInt8](repeating: 7, count: 40_000)
        for _ in 0..<60 { try journal.commit(JournalBatch(rows: (0..<10).map { _ in JournalRow.New(value: value) })) }
        #expect(try directory.bytes(of: "journal").count > 16 << 20)
        #expect(try directory.bytes(of: "journal-wal").count < 8 << 20)
    }

    @Test("Every question is answered from an index", arguments: Query.allCases)
    func plans(query: Query) throws {
        let directory = try TestDirectory()
        let plan = try directory.journal().plan(query)
        #expect(plan.allSatisfy { $0.hasPrefix("SEARCH") }, "\(plan)")
    }
}

extension SQLiteJournal {
    func pragma(_ name: String) throws -> String? {
        try connection.perform { db in try String.fetchOne(db, sql: "PRAGMA \(name)") }
    }

    func plan(_ query: Query) throws -> [String] {
        try connection.perform { db in
            let statement = try db.makeStatement(sql: "EXPLAIN QUERY PLAN " + query.rawValue)
            statement.setUncheckedArguments(StatementArguments(repeatElement(0, count: 4)))
            return try Row.fetchAll(statement).map { $0["detail"] }
        }
    }
}
