import HotlineRecord
import HotlineWire
import Testing

@Suite("What an author has seen")
struct SeenTests {
    private static let far = GenerationID(station: Fixture.station(2), name: GenerationName(9))

    @Test("ENT-3, REC-26: an entry that has seen less than one before it is a problem")
    func export() throws {
        let two = try RecordOfTwo()
        var other = two.open(2, 0xB1)
        for number in 1...4 { two.write([UInt8(number)], in: &other) }
        func problems(_ heads: [(GenerationID, UInt64)?]) -> [ExportProblem.Fault] {
            var written = two.open(1, 0xA1)
            for (number, head) in heads.enumerated() {
                two.write([UInt8(number)], in: &written, seen: head.map { [Entry.Seen(generation: $0.0, size: RecordSize($0.1))] } ?? [])
            }
            return two.verify(two.export([written, other], [])).problems.map(\.fault)
        }
        #expect(problems([(other.id, 3), (other.id, 3), (other.id, 4), (Self.far, 1), (Self.far, 2)]).isEmpty)
        #expect(problems([(other.id, 3), (other.id, 2), (other.id, 3)]) == [.seenFalls])
        #expect(problems([(other.id, 3), nil, (other.id, 3)]).isEmpty)
        #expect(problems([(other.id, 3), nil, (other.id, 2)]) == [.seenFalls])
        #expect(problems([(other.id, 3), (Self.far, 1), (other.id, 4), (Self.far, 1)]) == [.seenFalls])
    }

    @Test("ENT-3: what a station states next never falls, whatever it has of the others, and outlives a snapshot")
    func forward() throws {
        let near = GenerationID(station: Self.far.station, name: GenerationName(1))
        let third = Entry.Seen(generation: GenerationID(station: Fixture.station(3), name: GenerationName(1)), size: RecordSize(1))
        func seen(_ id: GenerationID, _ size: UInt64) -> Entry.Seen { Entry.Seen(generation: id, size: RecordSize(size)) }
        var generation = Generation(
            id: GenerationID(station: Fixture.station(1), name: GenerationName(1)),
            opening: Opening(predecessor: nil, held: [], blinds: Fixture.secret(1), serialBase: 0)
        )
        func write(_ heads: [Entry.Seen]) {
            let id = EntryID(generation.id, generation.size.next)
            let header = EntryHeader(kind: 1, precedence: .routine)
            generation.append(Entry(id: id, agreement: Fixture.line, header: header, references: [], seen: heads, content: []), leaf: Hash.zero)
        }
        write([seen(near, 3)])
        write([seen(Self.far, 1), third])
        var encoder = Encoder()
        generation.encode(into: &encoder)
        var decoder = Decoder(encoder.bytes)
        let restored = try Generation(&decoder)
        for state in [generation.seen, restored.seen] {
            #expect(state.forward(to: [seen(near, 9)]) == [seen(Self.far, 1), third])
            #expect(state.forward(to: []) == [seen(Self.far, 1), third])
            #expect(state.forward(to: [seen(Self.far, 2), third]) == [seen(Self.far, 2), third])
            #expect(state.falls(to: [seen(near, 9), third]) && !state.falls(to: [seen(Self.far, 1), third]))
        }
    }
}
