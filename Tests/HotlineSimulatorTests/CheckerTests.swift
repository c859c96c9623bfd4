import HotlineLine
import HotlineRecord
import HotlineSeal
import HotlineWire
import Testing

@testable import HotlineSimulator

@Suite("Checkers see what they are there to see")
struct CheckerTests {
    private func generation(_ name: UInt64) throws -> GenerationID { GenerationID(station: try #require(StationNumber(1)), name: GenerationName(name)) }
    private func row(_ text: String) -> [UInt8] { [UInt8](repeating: 0, count: 9) + Array(text.utf8) }

    @Test("two contents under one number, the author's and a receiver's, and an entry that nobody wrote")
    func statements() throws {
        let id = EntryID(try generation(7), EntryNumber(3))
        var statements = Statements()
        #expect(statements.note(id, row("one"), byAuthor: true) == nil)
        #expect(statements.note(id, row("one"), byAuthor: false) == nil)
        #expect(statements.note(id, row("two"), byAuthor: false)?.promise == .transcriptsAgree)
        #expect(statements.note(id, row("two"), byAuthor: true)?.promise == .oneLeafANumber)
        #expect(statements.note(EntryID(try generation(8), EntryNumber(0)), row("three"), byAuthor: false)?.promise == .transcriptsAgree)
    }

    @Test("one key and counter for two texts; the same text again is none")
    func keys() {
        var keys = KeyUse()
        #expect(keys.note(key: 1, counter: 5, plaintext: [1]) == nil)
        #expect(keys.note(key: 1, counter: 5, plaintext: [1]) == nil)
        #expect(keys.note(key: 2, counter: 5, plaintext: [2]) == nil)
        #expect(keys.note(key: 1, counter: 5, plaintext: [2])?.promise == .noKeyTwice)
    }

    @Test("a frame that is opened again")
    func replays() {
        var opened = OpenedFrames()
        #expect(opened.note(key: 1, counter: 0) == nil)
        #expect(opened.note(key: 1, counter: 1) == nil)
        #expect(opened.note(key: 1, counter: 0)?.promise == .noReplay)
    }

    @Test("an epoch that the offerer has not opened")
    func epochs() throws {
        var epochs = EpochSecrets()
        let station = try #require(StationNumber(2))
        epochs.accept(9)
        #expect(epochs.use(9, by: station)?.promise == .epochsConfirmed)
        epochs.complete(9)
        #expect(epochs.use(9, by: station) == nil)
    }

    @Test("sizes that fall, and two roots for one size")
    func heads() throws {
        let id = try generation(7)
        func checkpoint(_ size: UInt64, _ root: UInt8) -> Checkpoint {
            Checkpoint(line: .zero, agreement: .zero, head: Head(generation: id, size: RecordSize(size), root: Digest.sha256([root])), held: [])
        }
        var heads = SignedHeads()
        #expect(heads.note(checkpoint(5, 1)) == nil)
        #expect(heads.note(checkpoint(6, 2)) == nil)
        #expect(heads.note(checkpoint(6, 3))?.promise == .signaturesGrow)
        #expect(heads.note(checkpoint(5, 1))?.promise == .signaturesGrow)
    }

    @Test("an entry told twice, and one told ahead of its place")
    func told() throws {
        let id = try generation(7)
        var told = ToldEntries([id: 2])
        #expect(told.note(EntryID(id, EntryNumber(2))) == nil)
        #expect(told.note(EntryID(id, EntryNumber(2)))?.promise == .onceInOrder)
        #expect(told.note(EntryID(id, EntryNumber(5)))?.promise == .onceInOrder)
    }

    /// A machine with three entries of one generation, signed at two, whose disk is then put back to so many.
    private func putBack(to left: Int, _ tails: inout LostTails) throws -> (machine: Machine, head: Head) {
        let machine = Machine(place: 0, number: try #require(StationNumber(1)))
        let id = try generation(7)
        let rows = (0..<3).map { JournalRow.New(key: key(EntryID(id, EntryNumber(UInt64($0)))), value: row("entry")) }
        try machine.disk.commit(JournalBatch(rows: rows))
        tails.opened(machine, id, Opening(predecessor: nil, held: [], blinds: try #require(BlindSecret([UInt8](repeating: 1, count: 32))), serialBase: 0, basis: nil))
        tails.signed(machine, GenerationSize(id, RecordSize(2)))
        let backup = MemoryJournal()
        try backup.commit(JournalBatch(rows: Array(rows.prefix(left))))
        tails.cut(machine, after: backup.content, keepingSecrets: true)
        machine.disk = backup
        return (machine, Head(generation: id, size: RecordSize(UInt64(left)), root: .zero))
    }

    @Test("what is lost, below what was signed, and neither seen nor declared")
    func tails() throws {
        var unseen = LostTails()
        let (blind, head) = try putBack(to: 1, &unseen)
        #expect(unseen.started(blind, head, notices: false)?.promise == .lostTailDeclared)
        var tails = LostTails()
        let (machine, end) = try putBack(to: 1, &tails)
        #expect(tails.started(machine, end, notices: true) == nil)
        #expect(tails.open([machine])?.promise == .lostTailDeclared)
        // It comes back.
        let id = end.generation
        try machine.disk.commit(JournalBatch(rows: (1..<3).map { JournalRow.New(key: key(EntryID(id, EntryNumber($0))), value: row("entry")) }))
        #expect(tails.open([machine]) == nil)
    }

    @Test("what is lost beyond the last mark is known to nobody; an honest start is no restore")
    func unknowable() throws {
        var tails = LostTails()
        let (machine, head) = try putBack(to: 2, &tails)
        #expect(tails.started(machine, head, notices: false) == nil)
        #expect(tails.open([machine]) == nil)
        #expect(tails.started(machine, head, notices: true)?.promise == .recovery)
    }

    @Test("a generation that has come back is not the one that was written last")
    func takenBack() throws {
        var tails = LostTails()
        let (machine, head) = try putBack(to: 2, &tails)
        #expect(tails.started(machine, head, notices: false) == nil)
        let blinds = try #require(BlindSecret([UInt8](repeating: 2, count: 32)))
        tails.opened(machine, try generation(8), Opening(predecessor: nil, held: [], blinds: blinds, serialBase: 0, basis: nil), isTakenBack: true)
        for _ in 0..<3 { tails.settled(machine) }
        #expect(tails.started(machine, head, notices: false) == nil)
    }

    private func key(_ id: EntryID) -> [UInt8] {
        var encoder = Encoder()
        encoder.put(byte: 1)
        encoder.put(id.generation)
        encoder.put(uint64: id.number.value)
        return encoder.bytes
    }

    @Test("the journal in memory takes entries in order alone, and a copy of it stays as it was")
    func journal() throws {
        let id = try generation(7)
        let journal = MemoryJournal()
        try journal.commit(JournalBatch(rows: [JournalRow.New(key: key(EntryID(id, EntryNumber(0))), value: [1])]))
        let backup = MemoryJournal(journal.content)
        try journal.commit(JournalBatch(rows: [JournalRow.New(key: key(EntryID(id, EntryNumber(1))), value: [2])]))
        #expect(throws: JournalError.self) {
            try journal.commit(JournalBatch(rows: [JournalRow.New(key: key(EntryID(id, EntryNumber(1))), value: [3])]))
        }
        #expect(journal.count(of: id) == 2)
        #expect(backup.count(of: id) == 1)
        #expect(journal.rows(from: key(EntryID(id, EntryNumber(0))), through: key(EntryID(id, EntryNumber(9))), descending: true, limit: 5).map(\.row.value) == [[2], [1]])
    }
}
