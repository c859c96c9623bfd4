import Foundation
import GRDB
import HotlineWire
import Testing

@testable import HotlineStore

@Suite struct OpeningTests {
    @Test("A later version is told, and the file is not touched")
    func newer() throws {
        let directory = try TestDirectory()
        let later = Schema(steps: Schema.current.steps + ["CREATE TABLE later (x INTEGER)"])
        try SQLiteJournal(path: directory.journal, schema: later).close()
        let before = try directory.bytes()

        let expected = JournalError.newer(path: directory.journal, found: 2, supported: 1)
        #expect(failure(try SQLiteJournal(path: directory.journal)) == expected)
        #expect(failure(try SQLiteJournalReader(path: directory.journal)) == expected)
        #expect(try directory.bytes() == before)
    }

    @Test("A journal of an earlier version is brought up to date with everything in it")
    func earlier() throws {
        let directory = try TestDirectory()
        do {
            let journal = try directory.journal()
            try journal.commit(JournalBatch(rows: [JournalRow.New("a")], cells: [JournalCell("c", "1")]))
        }
        let later = Schema(steps: Schema.current.steps + ["CREATE TABLE later (x INTEGER)"])
        #expect(failure(try SQLiteJournalReader(path: directory.journal, schema: later))?.isFailed == true)
        let journal = try SQLiteJournal(path: directory.journal, schema: later)
        #expect(try journal.pragma("user_version") == "2")
        #expect(try journal.rows(after: 0, limit: 10).map(\.row) == [JournalRow.New("a")])
        #expect(try journal.cells(prefix: []) == [JournalCell("c", "1")])
    }

    @Test("A migration that fails leaves the journal as it was")
    func failedMigration() throws {
        let directory = try TestDirectory()
        try directory.journal().commit(JournalBatch(rows: [JournalRow.New("a")]))
        let later = Schema(steps: Schema.current.steps + ["CREATE TABLE later (x INTEGER)", "CREATE TABLE rows (x INTEGER)"])
        #expect(failure(try SQLiteJournal(path: directory.journal, schema: later))?.isFailed == true)
        #expect(try directory.journal().rows(after: 0, limit: 10).count == 1)
    }

    @Test("What is not a database is damaged, and not touched")
    func notADatabase() throws {
        let directory = try TestDirectory()
        let text = Data(String(repeating: "This is not a database. ", count: 1000).utf8)
        try directory.write(text)
        #expect(failure(try SQLiteJournal(path: directory.journal))?.isDamaged == true)
        #expect(failure(try SQLiteJournalReader(path: directory.journal))?.isDamaged == true)
        #expect(try directory.bytes() == text)
    }

    @Test("The database of another application is damaged, and not touched")
    func otherApplication() throws {
        let directory = try TestDirectory()
        let other = try DatabaseQueue(path: directory.journal)
        try other.inDatabase { db in try db.execute(sql: "CREATE TABLE rows (seq INTEGER PRIMARY KEY); PRAGMA user_version = 1") }
        try other.close()
        let before = try directory.bytes()
        #expect(failure(try SQLiteJournal(path: directory.journal))?.isDamaged == true)
        #expect(try directory.bytes() == before)
    }

    @Test("A file that is cut off is damaged", arguments: [0, 50, 100, 4096, 8192, 20_000])
    func cutOff(length: Int) throws {
        let directory = try TestDirectory()
        do {
            let journal = try directory.journal()
            try journal.commit(JournalBatch(rows: (0..<100).map { JournalRow.New("\($0)", value: String(repeating: "x", count: 1000)) }))
        }
        try directory.write(try directory.bytes().prefix(length))
        #expect(failure(try SQLiteJournal(path: directory.journal))?.isDamaged == true)
        #expect(failure(try SQLiteJournalReader(path: directory.journal))?.isDamaged == true)
    }

    @Test("Beside a file that was emptied the log stays as it is, for whoever repairs it")
    func emptied() throws {
        let directory = try TestDirectory()
        let crashed = try TestDirectory()
        let journal = try directory.journal()
        try journal.commit(JournalBatch(rows: [JournalRow.New("a")]))
        let log = try directory.bytes(of: "journal-wal")
        try crashed.write(Data())
        try crashed.write(log, to: "journal-wal")
        #expect(failure(try SQLiteJournal(path: crashed.journal))?.isDamaged == true)
        #expect(failure(try SQLiteJournalReader(path: crashed.journal))?.isDamaged == true)
        #expect(try crashed.bytes(of: "journal-wal") == log)
    }

    @Test("A log whose file is missing is damage, not a new journal")
    func missingFile() throws {
        let directory = try TestDirectory()
        try directory.write(Data([1, 2, 3]), to: "journal-wal")
        #expect(failure(try SQLiteJournal(path: directory.journal))?.isDamaged == true)
        #expect(try directory.names() == ["journal-wal", "journal.lock"])
    }

    @Test(
        "Tables, triggers or rows other than the journal's own are damage",
        arguments: [
            "CREATE TABLE more (x INTEGER)",
            "CREATE TRIGGER hidden AFTER INSERT ON rows BEGIN DELETE FROM cells; END",
            "DROP INDEX rows_by_key",
            "DELETE FROM rows WHERE seq = 1",
            "UPDATE snapshot SET through = 4",
            "UPDATE snapshot SET through = -1",
            "PRAGMA application_id = 1",
            "PRAGMA user_version = 0",
        ])
    func tampered(sql: String) throws {
        let directory = try TestDirectory()
        do {
            let journal = try directory.journal()
            try journal.commit(JournalBatch(rows: (1...3).map { JournalRow.New("\($0)") }, snapshot: [1]))
            try journal.connection.perform { db in try db.execute(sql: sql) }
        }
        #expect(failure(try SQLiteJournal(path: directory.journal))?.isDamaged == true)
    }

    @Test("A row that is missing among others is damage when they are read")
    func gap() throws {
        let directory = try TestDirectory()
        let journal = try directory.journal()
        try journal.commit(JournalBatch(rows: (1...5).map { JournalRow.New("\($0)") }))
        try journal.connection.perform { db in try db.execute(sql: "DELETE FROM rows WHERE seq = 3") }
        #expect(try journal.rows(after: 3, limit: 10).map(\.sequence) == [4, 5])
        #expect(
            failure(try journal.rows(after: 1, limit: 10))
                == .damaged(path: directory.journal, detail: "row 3 is missing"))
        #expect(failure(try journal.rows(after: 2, limit: 10))?.isDamaged == true)
    }

    @Test("The statistics of ANALYZE are no damage")
    func statistics() throws {
        let directory = try TestDirectory()
        do {
            let journal = try directory.journal()
            try journal.commit(JournalBatch(rows: [JournalRow.New("a")]))
            try journal.connection.perform { db in try db.execute(sql: "ANALYZE") }
        }
        #expect(try directory.journal().rows(after: 0, limit: 10).count == 1)
    }

    @Test("What is left of a creation that was cut short does not stand in the way")
    func unfinished() throws {
        let directory = try TestDirectory()
        for name in ["journal.new", "journal.new-wal", "journal.new-journal"] { try directory.write(Data("unfinished".utf8), to: name) }
        let journal = try directory.journal()
        try journal.commit(JournalBatch(rows: [JournalRow.New("a")]))
        #expect(try directory.names() == ["journal", "journal-wal", "journal-shm", "journal.lock"])
    }

    @Test("All files are for the owner alone, when they are made and when they were found otherwise")
    func modes() throws {
        let directory = try TestDirectory()
        for start in ["created", "found"] {
            let journal = try directory.journal()
            try journal.commit(JournalBatch(cells: [JournalCell("start", start)]))
            for name in ["journal", "journal-wal", "journal-shm", "journal.lock"] {
                #expect(try directory.mode(of: name) == 0o600, "\(name), \(start)")
            }
            try journal.close()
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: directory.journal)
            try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: directory.journal + ".lock")
        }
    }

    @Test("Where there is no directory, opening fails and makes none")
    func noDirectory() throws {
        let directory = try TestDirectory()
        #expect(failure(try SQLiteJournal(path: directory.path + "/none/journal"))?.isFailed == true)
        #expect(failure(try SQLiteJournalReader(path: directory.journal))?.isFailed == true)
        #expect(try directory.names() == [])
    }

    @Test("A directory in the journal's place is damage")
    func directoryInPlace() throws {
        let directory = try TestDirectory()
        try FileManager.default.createDirectory(atPath: directory.journal, withIntermediateDirectories: false)
        #expect(failure(try SQLiteJournal(path: directory.journal))?.isDamaged == true)
    }

    @Test("A closed journal has left its log, and commits nothing")
    func closed() throws {
        let directory = try TestDirectory()
        let journal = try directory.journal()
        try journal.commit(JournalBatch(rows: [JournalRow.New("a")]))
        try journal.close()
        #expect(try directory.names() == ["journal", "journal.lock"])
        #expect(failure(try journal.commit(JournalBatch(rows: [JournalRow.New("b")])))?.isFailed == true)
        #expect(failure(try journal.rows(after: 0, limit: 1))?.isFailed == true)
        #expect(try directory.journal().rows(after: 0, limit: 10).count == 1)
    }
}
