import Foundation
import HotlineStore
import HotlineWire
import Testing

@Suite struct LockTests {
    @Test("A second writer in the same process is locked out, until the first one closes")
    func sameProcess() throws {
        let directory = try TestDirectory()
        let first = try directory.journal()
        #expect(failure(try SQLiteJournal(path: directory.journal)) == .locked(path: directory.journal))
        try first.commit(JournalBatch(rows: [JournalRow.New("a")]))
        try first.close()
        #expect(try directory.journal().rows(after: 0, limit: 10).count == 1)
    }

    @Test("Another name of the journal is under the same lock")
    func otherName() throws {
        let directory = try TestDirectory()
        let first = try directory.journal()
        try FileManager.default.createSymbolicLink(atPath: directory.path + "/link", withDestinationPath: directory.journal)
        #expect(failure(try SQLiteJournal(path: directory.path + "/link")) == .locked(path: directory.journal))
        try first.close()
    }

    @Test("A writer in another process locks out this one, until it is killed")
    func otherProcess() throws {
        let directory = try TestDirectory()
        let holder = Process()
        let input = Pipe()
        let output = Pipe()
        holder.executableURL = URL(fileURLWithPath: "/bin/sh")
        holder.arguments = ["-c", "exec 9>>\"$1\"; flock -n 9 || exit 1; echo held; exec cat", "sh", directory.journal + ".lock"]
        holder.standardInput = input
        holder.standardOutput = output
        try holder.run()
        // Nothing comes, and so nothing is equal, where the other one ended without the lock.
        #expect(output.fileHandleForReading.availableData == Data("held\n".utf8))

        #expect(failure(try SQLiteJournal(path: directory.journal)) == .locked(path: directory.journal))
        #expect(try directory.names() == ["journal.lock"])

        kill(holder.processIdentifier, SIGKILL)
        holder.waitUntilExit()
        try directory.journal().close()
    }

    @Test("A reader reads while the writer writes, and what is committed later too")
    func reader() throws {
        let directory = try TestDirectory()
        let journal = try directory.journal()
        try journal.commit(JournalBatch(rows: [JournalRow.New("a", tag: 1)], cells: [JournalCell("c", "1")], snapshot: [1]))
        let reader = try SQLiteJournalReader(path: directory.journal)
        #expect(try reader.rows(after: 0, limit: 10).map(\.sequence) == [1])
        try journal.commit(JournalBatch(rows: [JournalRow.New("b", tag: 1)], cells: [JournalCell("c", "2")], snapshot: [2]))

        #expect(try reader.rows(after: 0, limit: 10) == journal.rows(after: 0, limit: 10))
        #expect(try reader.row(key: [UInt8]("b")) == journal.row(key: [UInt8]("b")))
        #expect(try reader.rows(from: [], through: [255], descending: true, limit: 10).map(\.sequence) == [2, 1])
        #expect(try reader.rows(tag: 1, before: 2, limit: 10).map(\.sequence) == [1])
        #expect(try reader.cell([UInt8]("c")) == [UInt8]("2"))
        #expect(try reader.cells(prefix: [UInt8]("c")) == [JournalCell("c", "2")])
        #expect(try reader.snapshot() == JournalSnapshot(through: 2, bytes: [2]))
        try reader.check()
    }

    @Test("A reader reads a journal that nobody writes, and one whose writer was killed")
    func readerAlone() throws {
        let directory = try TestDirectory()
        let crashed = try TestDirectory()
        let journal = try directory.journal()
        try journal.commit(JournalBatch(rows: [JournalRow.New("a")]))
        for name in ["journal", "journal-wal"] { try crashed.write(try directory.bytes(of: name), to: name) }
        try journal.close()

        for path in [directory.journal, crashed.journal] {
            #expect(try SQLiteJournalReader(path: path).rows(after: 0, limit: 10).map(\.row) == [JournalRow.New("a")])
        }
        for path in [directory.journal, crashed.journal] {
            let journal = try SQLiteJournal(path: path)
            try journal.commit(JournalBatch(rows: [JournalRow.New("b")]))
            #expect(try journal.rows(after: 0, limit: 10).count == 2)
        }
    }

    @Test("A reader keeps its lock of the file when a writer comes and goes in the same process")
    func readerKeepsLock() throws {
        let directory = try TestDirectory()
        try directory.journal().close()
        let reader = try SQLiteJournalReader(path: directory.journal)
        #expect(try reader.rows(after: 0, limit: 10) == [])
        #expect(try recordLocks(of: directory.journal) > 0)
        // SQLite would let go of it with its own connections counted; any other descriptor that is closed drops it unseen.
        try directory.journal().close()
        #expect(try recordLocks(of: directory.journal) > 0)
        try reader.close()
        #expect(try recordLocks(of: directory.journal) == 0)
    }

    /// How many POSIX record locks this process holds of the file (proc_locks(5)).
    private func recordLocks(of path: String) throws -> Int {
        let inode = try #require(try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int)
        let locks = try String(contentsOfFile: "/proc/locks", encoding: .utf8)
        return locks.split(separator: "\n").count { $0.contains("POSIX") && $0.contains(":\(inode) ") }
    }

    @Test("A page that was overwritten is found by the check")
    func check() throws {
        let directory = try TestDirectory()
        do {
            let journal = try directory.journal()
            try journal.commit(JournalBatch(rows: (0..<100).map { JournalRow.New("\($0)", value: String(repeating: "x", count: 1000)) }))
        }
        var bytes = try directory.bytes()
        bytes.replaceSubrange(bytes.count - 4096..<bytes.count - 2048, with: Data(repeating: 0xAA, count: 2048))
        try directory.write(bytes)
        let reader = try SQLiteJournalReader(path: directory.journal)
        #expect(failure(try reader.check())?.isDamaged == true)
    }
}
