import HotlineStore
import HotlineWire
import Testing

@Suite struct CellTests {
    @Test("A cell holds the latest of something, until it is removed")
    func latest() throws {
        let directory = try TestDirectory()
        let journal = try directory.journal()
        #expect(try journal.cell([1]) == nil)
        try journal.commit(JournalBatch(cells: [JournalCell(key: [1], value: [10])]))
        #expect(try journal.cell([1]) == [10])
        try journal.commit(JournalBatch(cells: [JournalCell(key: [1], value: [11, 12])]))
        #expect(try journal.cell([1]) == [11, 12])
        try journal.commit(JournalBatch(cells: [JournalCell(key: [1], value: nil)]))
        #expect(try journal.cell([1]) == nil)
    }

    @Test("The last of several changes to one cell in a batch counts")
    func lastInBatch() throws {
        let directory = try TestDirectory()
        let journal = try directory.journal()
        try journal.commit(
            JournalBatch(cells: [JournalCell("a", "1"), JournalCell("a", nil), JournalCell("a", "2"), JournalCell("b", nil)]))
        #expect(try journal.cells(prefix: []) == [JournalCell("a", "2")])
    }

    @Test(
        "A prefix finds the cells whose keys begin with it, in bytewise order",
        arguments: [
            ([], [[], [1], [1, 0], [1, 254, 9], [1, 255], [1, 255, 0], [2], [255], [255, 255], [255, 255, 7]]),
            ([1], [[1], [1, 0], [1, 254, 9], [1, 255], [1, 255, 0]]),
            ([1, 255], [[1, 255], [1, 255, 0]]),
            ([255], [[255], [255, 255], [255, 255, 7]]),
            ([255, 255], [[255, 255], [255, 255, 7]]),
            ([255, 255, 255], []),
            ([0], []),
        ] as [([UInt8], [[UInt8]])])
    func prefix(prefix: [UInt8], expected: [[UInt8]]) throws {
        let directory = try TestDirectory()
        let journal = try directory.journal()
        let keys: [[UInt8]] = [[2], [255, 255, 7], [1, 255, 0], [], [255], [1], [1, 254, 9], [255, 255], [1, 0], [1, 255]]
        try journal.commit(JournalBatch(cells: keys.map { JournalCell(key: $0, value: $0 + [42]) }))
        #expect(try journal.cells(prefix: prefix) == expected.map { JournalCell(key: $0, value: $0 + [42]) })
    }

    @Test("A snapshot covers the rows of its own batch and replaces the one before it")
    func snapshot() throws {
        let directory = try TestDirectory()
        let journal = try directory.journal()
        #expect(try journal.snapshot() == nil)
        try journal.commit(JournalBatch(snapshot: [1]))
        #expect(try journal.snapshot() == JournalSnapshot(through: 0, bytes: [1]))
        try journal.commit(JournalBatch(rows: [JournalRow.New("a"), JournalRow.New("b")], snapshot: [2, 2]))
        #expect(try journal.snapshot() == JournalSnapshot(through: 2, bytes: [2, 2]))
        try journal.commit(JournalBatch(rows: [JournalRow.New("c")]))
        #expect(try journal.snapshot() == JournalSnapshot(through: 2, bytes: [2, 2]))
    }

    @Test("Where removed things are erased, no file beside the journal holds them after the commit", arguments: [nil, [UInt8]("new")])
    func erased(replacement: [UInt8]?) throws {
        let directory = try TestDirectory()
        let journal = try directory.journal(erasesRemoved: true)
        let secret = [UInt8]("a secret of an epoch that is long enough to be found")
        try journal.commit(JournalBatch(cells: [JournalCell(key: [1], value: secret), JournalCell(key: [2], value: [0])]))
        #expect(try holding(secret, directory) == ["journal"])
        try journal.commit(JournalBatch(cells: [JournalCell(key: [1], value: replacement)]))
        #expect(try holding(secret, directory) == [])
        #expect(try journal.cell([2]) == [0])
    }

    private func holding(_ secret: [UInt8], _ directory: TestDirectory) throws -> [String] {
        try directory.names().sorted().filter { try directory.bytes(of: $0).firstRange(of: secret) != nil }
    }
}
