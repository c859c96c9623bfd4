import HotlineLine
import HotlineRecord
import HotlineSeal
import HotlineStation
import HotlineWire
import Testing

/// What a peer may sign and send, and nobody may hold: a record with it could not be shown to anybody.
@Suite("A peer that would spoil the record")
struct UnholdableTests {
    private func opening(_ forger: Forger, _ generation: GenerationID, alias: UInt8, after predecessor: Head? = nil, held: [Head] = []) -> Item {
        let content = Opening(predecessor: predecessor, held: held, blinds: forger.blinds, serialBase: 0).encoded
        return .entry(
            EntryItem(
                generation: alias, number: EntryNumber(0), header: EntryHeader(kind: Opening.kind, precedence: .immediate), references: [], seen: [],
                content: content
            )
        )
    }

    @Test("ENT-10: an opening that goes on from itself or another station, or holds heads of its own, is a violation and not held")
    func openings() throws {
        let forger = try Forger(seed: 121)
        let mine = try #require(forger.victim.station.own.current)
        let other = GenerationID(station: forger.generation.station, name: GenerationName(99))
        let own = Head(generation: forger.generation, size: RecordSize(1), root: Digest.sha256([1]))
        let itself = Head(generation: other, size: RecordSize(1), root: Digest.sha256([1]))
        try forger.send([forger.name(0, other), opening(forger, other, alias: 0, after: mine.head)])
        try forger.send([opening(forger, other, alias: 0, after: itself)])
        try forger.send([opening(forger, other, alias: 0, held: [own])])
        #expect(forger.violations == [.badOpening, .badOpening, .badOpening])
        #expect(forger.victim.station.deliveries[0].statistics.violations == 3)
        #expect(forger.victim.station.book(of: other.station)?.isKnown(other) == false)
        try forger.send([opening(forger, other, alias: 0, after: own, held: [mine.head])])
        #expect(forger.violations.count == 3)
        #expect(forger.victim.station.book(of: other.station)?.isKnown(other) == true)
    }

    @Test("ENT-10: an entry that refers to itself or to a later one of its generation is a violation and not held", arguments: [0, 1, 1000])
    func references(beyond: UInt64) throws {
        let forger = try Forger(seed: 122)
        let size = forger.next
        func letter(_ number: UInt64, of alias: UInt8) -> Item {
            .entry(
                EntryItem(
                    generation: 0, number: EntryNumber(size), header: EntryHeader(kind: 1, precedence: .routine, channel: 1, fromPost: 1, toPost: 4, language: 1),
                    references: [.init(generation: alias, number: EntryNumber(number))], seen: [], content: Array("see there".utf8)
                )
            )
        }
        try forger.send([forger.name(0, forger.generation), letter(size + beyond, of: 0)])
        #expect(forger.violations == [.unholdable])
        #expect(forger.next == size)
        let elsewhere = GenerationID(station: forger.generation.station, name: GenerationName(7))
        try forger.send([forger.name(1, elsewhere), letter(size + beyond, of: 1)])
        #expect(forger.violations == [.unholdable])
        #expect(forger.next == size + 1)
    }

    @Test("ENT-3, ENT-10: an entry that has seen less than one before it is a violation and not held, also across a gap and a restart")
    func seenFalls() throws {
        let forger = try Forger(seed: 124)
        let mine = try #require(forger.victim.station.own.current).id
        let elsewhere = GenerationID(station: mine.station, name: GenerationName(7))
        func letter(_ number: UInt64, seen alias: UInt8, _ size: UInt64 = 1) -> Item {
            let seen = [CheckpointItem.Held(generation: alias, size: RecordSize(size))]
            return .entry(
                EntryItem(
                    generation: 0, number: EntryNumber(number), header: EntryHeader(kind: 1, precedence: .routine, channel: 1, fromPost: 1, toPost: 4, language: 1),
                    references: [], seen: seen, content: Array("seen".utf8)
                )
            )
        }
        let first = forger.next
        try forger.send([forger.name(0, forger.generation), forger.name(1, mine), forger.name(2, elsewhere), letter(first, seen: 1, 8)])
        for lie in [letter(first + 1, seen: 1, 7), letter(first + 2, seen: 1, 7)] { try forger.send([lie]) }
        #expect(forger.violations == [.unholdable, .unholdable])
        #expect(forger.next == first + 1)
        // Beyond a gap, and what comes to fill it.
        for item in [letter(first + 2, seen: 1, 9), letter(first + 1, seen: 1, 10), letter(first + 1, seen: 2)] { try forger.send([item]) }
        #expect(forger.violations.count == 4 && forger.next == first + 1)
        try forger.send([letter(first + 1, seen: 1, 8), letter(first + 3, seen: 2), letter(first + 4, seen: 1, 99)])
        #expect(forger.violations.count == 5 && forger.next == first + 4)
    }

    @Test("REC-8: a signed checkpoint that holds its signer's own head, or one generation twice, is a violation and not kept")
    func checkpoints() throws {
        let forger = try Forger(seed: 123)
        let mine = try #require(forger.victim.station.own.current)
        let signed = try #require(forger.victim.station.book(of: forger.generation.station)?.generation(forger.generation)?.signedProvisionally)
        try forger.send([forger.name(0, forger.generation), forger.name(1, mine.id), forger.letter(forger.next, "one more")])
        let own = try #require(forger.victim.station.book(of: forger.generation.station)?.generation(forger.generation)).head
        for held in [[own], [mine.head, mine.head]] {
            try forger.send([try forger.checkpoint(own, holding: held, aliases: held.map { $0.generation == own.generation ? 0 : 1 })])
        }
        #expect(forger.violations == [.checkpointMismatch, .checkpointMismatch])
        #expect(forger.victim.station.book(of: forger.generation.station)?.generation(forger.generation)?.signedProvisionally == signed)
        try forger.send([try forger.checkpoint(own, holding: [mine.head], aliases: [1])])
        #expect(forger.victim.station.book(of: forger.generation.station)?.generation(forger.generation)?.signedProvisionally == own.size)
    }
}
