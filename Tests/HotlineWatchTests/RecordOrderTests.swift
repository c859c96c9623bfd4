import HotlineAgreement
import HotlineRecord
import HotlineWatch
import HotlineWire
import Testing

@Suite("The order of a record, as its openings state it")
struct RecordOrderTests {
    private static func generation(_ name: UInt64) throws -> GenerationID { GenerationID(station: try Line.station(1), name: GenerationName(name)) }

    /// The generations in which statements stand, in order.
    private static func order(_ predecessors: [UInt64: UInt64], of names: [UInt64]) throws -> [UInt64] {
        let order = RecordOrder(
            Dictionary(uniqueKeysWithValues: try predecessors.map { (try generation($0.key), try generation($0.value)) })
        )
        let statements = try names.map { name in
            let entry = Entry(
                id: EntryID(try generation(name), EntryNumber(1)), agreement: try Line.shared().agreement.hash, header: EntryHeader(kind: 7, precedence: .routine),
                references: [EntryID(try generation(0), EntryNumber(1))], seen: [], content: [1]
            )
            return try #require(Statement(entry, at: WallTime(milliseconds: 0)))
        }
        let generations = Dictionary(uniqueKeysWithValues: try names.map { (try generation($0), $0) })
        return order.sorted(statements, \.id).compactMap { generations[$0.id.generation] }
    }

    @Test(
        "WAT-6: behind its predecessor; of two that go on from one the lower name first, with all that goes on from it; a ring cut before its lowest name",
        arguments: [
            ([9: 5, 1: 9], [5, 9, 1]), ([2: 5, 3: 5], [5, 2, 3]), ([2: 5, 3: 5, 9: 2], [5, 2, 9, 3]), ([:], [1, 2, 3]), ([4: 2], [4, 3]),
            ([3: 4, 4: 7, 7: 3], [3, 7, 4]), ([1: 4, 3: 4, 4: 3], [3, 4, 1]), ([6: 6], [5, 6]),
        ] as [([UInt64: UInt64], [UInt64])]
    )
    func order(predecessors: [UInt64: UInt64], sorted: [UInt64]) throws {
        for names in [sorted, sorted.reversed(), sorted.sorted()] { #expect(try Self.order(predecessors, of: names) == sorted) }
    }
}
