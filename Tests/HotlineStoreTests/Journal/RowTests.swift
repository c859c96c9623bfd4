import HotlineStore
import HotlineWire
import Testing

@Suite struct RowTests {
    @Test("A row comes back as it was stored, by its key and in order")
    func roundtrip() throws {
        let directory = try TestDirectory()
        let journal = try directory.journal()
        let all = JournalRow.New(key: [0, 255, 7], tag: .min, value: [1, 2, 3], nodes: [4, 5])
        let least = JournalRow.New(value: [0])
        try journal.commit(JournalBatch(rows: [all, least]))

        #expect(try journal.row(key: [0, 255, 7]) == JournalRow(sequence: 1, row: all))
        #expect(try journal.rows(after: 0, limit: 10) == [JournalRow(sequence: 1, row: all), JournalRow(sequence: 2, row: least)])
        #expect(try journal.row(key: [0, 255]) == nil)
    }

    @Test("Empty bytes are not the same as none")
    func emptyBytes() throws {
        let directory = try TestDirectory()
        let journal = try directory.journal()
        let empty = JournalRow.New(key: [], value: [], nodes: [])
        try journal.commit(JournalBatch(rows: [empty], cells: [JournalCell(key: [], value: [])], snapshot: []))

        #expect(try journal.row(key: [])?.row == empty)
        #expect(try journal.cell([]) == [])
        #expect(try journal.snapshot() == JournalSnapshot(through: 1, bytes: []))
    }

    @Test("A large value comes back whole")
    func largeValue() throws {
        let directory = try TestDirectory()
        let journal = try directory.journal()
        let value = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try journal.commit(JournalBatch(rows: [JournalRow.New(value: value)]))
        #expect(try journal.rows(after: 0, limit: 1).first?.row.value == value)
    }

    @Test("Sequences rise by one from 1, over commits and restarts")
    func sequences() throws {
        let directory = try TestDirectory()
        for start in 0..<3 {
            let journal = try directory.journal()
            try journal.commit(JournalBatch(rows: [JournalRow.New("a\(start)"), JournalRow.New("b\(start)")]))
            try journal.commit(JournalBatch(rows: [JournalRow.New("c\(start)")]))
        }
        #expect(try directory.journal().rows(after: 0, limit: 100).map(\.sequence) == Array(1...9))
    }

    @Test("Rows after a sequence come in order, up to the limit")
    func after() throws {
        let directory = try TestDirectory()
        let journal = try directory.journal()
        try journal.commit(JournalBatch(rows: (1...9).map { JournalRow.New("\($0)") }))
        #expect(try journal.rows(after: 3, limit: 2).map(\.sequence) == [4, 5])
        #expect(try journal.rows(after: 7, limit: 100).map(\.sequence) == [8, 9])
        #expect(try journal.rows(after: 9, limit: 100) == [])
        #expect(try journal.rows(after: -5, limit: 1).map(\.sequence) == [1])
        #expect(try journal.rows(after: 0, limit: 0) == [])
    }

    @Test("A range of keys holds both its ends, bytewise, in either order")
    func keyRange() throws {
        let directory = try TestDirectory()
        let journal = try directory.journal()
        let keys: [[UInt8]] = [[2, 0], [1], [2], [255], [2, 255], [], [3], [2, 128, 1]]
        try journal.commit(JournalBatch(rows: keys.map { JournalRow.New(key: $0, value: $0) } + [JournalRow.New(value: [9])]))

        func found(_ from: [UInt8], _ through: [UInt8], descending: Bool = false, limit: Int = 100) throws -> [[UInt8]?] {
            try journal.rows(from: from, through: through, descending: descending, limit: limit).map(\.row.key)
        }
        #expect(try found([2], [3]) == [[2], [2, 0], [2, 128, 1], [2, 255], [3]])
        #expect(try found([2], [3], descending: true) == [[3], [2, 255], [2, 128, 1], [2, 0], [2]])
        #expect(try found([2], [3], limit: 2) == [[2], [2, 0]])
        #expect(try found([2], [3], descending: true, limit: 2) == [[3], [2, 255]])
        #expect(try found([], [255]).count == keys.count)
        #expect(try found([3], [2]) == [])
    }

    @Test("Rows with a tag come latest first, from before a sequence, up to the limit")
    func tags() throws {
        let directory = try TestDirectory()
        let journal = try directory.journal()
        try journal.commit(JournalBatch(rows: (1...12).map { JournalRow.New("\($0)", tag: $0 % 3 == 0 ? nil : Int64($0 % 3)) }))
        #expect(try journal.rows(tag: 1, before: .max, limit: 100).map(\.sequence) == [10, 7, 4, 1])
        #expect(try journal.rows(tag: 1, before: 10, limit: 2).map(\.sequence) == [7, 4])
        #expect(try journal.rows(tag: 0, before: .max, limit: 100) == [])
    }

    @Test("Rows without a key do not stand in each other's way")
    func withoutKey() throws {
        let directory = try TestDirectory()
        let journal = try directory.journal()
        try journal.commit(JournalBatch(rows: [JournalRow.New(nil), JournalRow.New(nil)]))
        #expect(try journal.rows(after: 0, limit: 10).count == 2)
    }
}
