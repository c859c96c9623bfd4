import HotlineAgreement
import HotlineLine
import HotlineRecord
import HotlineStation
import HotlineWire
import Testing

@Suite("Amendments between two stations")
struct AmendmentTests {
    private let sides: Sides
    private let world: World

    init() throws {
        sides = try Sides.shared()
        world = try World(seed: 31)
        try world.connect()
        try world.send(0, "under the first")
        try world.send(1, "the same here")
        try world.run(for: .seconds(5))
    }

    private func isSettled() -> Bool { world.ends.allSatisfy { $0.station.deliveries[0].backlog == 0 } }

    /// What each entry of an author names, as an end has stored it.
    private func entries(of author: Int, at end: Int) -> [Entry] {
        world.ends[end].journal.rows.compactMap { row in
            guard case .entry(let entry, _)? = try? Fact(row.row.value), entry.id.author == world.ends[author].number else { return nil }
            return entry
        }
    }

    @Test("ENT-30, ENT-31: a record switches at its own start; the peer that has not installed it keeps, acknowledges and holds all of it")
    func oneFirst() throws {
        let epoch = try #require(world.ends[0].station.deliveries[0].epochs.sendingEpoch)
        try world.ends[0].install(sides.amendment)
        try world.restart(0)
        for number in 1...40 { try world.send(0, "under the second \(number)", number == 7 ? .flash : .routine) }
        try world.send(1, "still under the first")
        try world.run(for: .seconds(20))
        #expect(isSettled(), "nothing in flight is stranded")
        #expect(world.ends[1].letters(of: world.ends[0].number).count == 41)
        let there = entries(of: 0, at: 1)
        #expect(there == entries(of: 0, at: 0), "what the peer has rebuilt is what was written")
        let switched = there.drop { $0.agreement == sides.agreement.hash }
        #expect(switched.count == 42 && switched.allSatisfy { $0.agreement == sides.amendment.hash })
        #expect(switched.first?.header.kind == Opening.kind)
        let stated = try InForce(try #require(switched.dropFirst().first).content)
        #expect(stated == InForce(basis: Basis(agreement: sides.amendment.hash), version: 2, keysVersion: 0))
        #expect(entries(of: 1, at: 0).allSatisfy { $0.agreement == sides.agreement.hash })
        #expect(world.ends[0].station.deliveries[0].epochs.sendingEpoch == epoch, "epochs live on")
        // What is signed under it waits here, and is no violation.
        let generation = try #require(world.ends[1].station.book(of: world.ends[0].number)?.current)
        #expect(generation.signedProvisionally == .zero)
        #expect(world.ends.allSatisfy { $0.station.deliveries[0].statistics.violations == 0 })
        #expect(!world.ends[1].events.contains { if case .violation = $0 { true } else { false } })
    }

    @Test("REC-5: once the peer has installed it too, signatures under it count, the old ones still do, and both go on")
    func bothThen() throws {
        try world.ends[0].install(sides.amendment)
        try world.restart(0)
        try world.send(0, "ahead of you")
        try world.run(for: .seconds(5))
        try world.ends[1].install(sides.amendment)
        try world.restart(1)
        try world.send(1, "now we are too")
        try world.run(for: .seconds(90))
        #expect(isSettled())
        for (end, author) in [(0, 1), (1, 0)] {
            let current = try #require(world.ends[end].station.book(of: world.ends[author].number)?.current)
            #expect(current.signedFull == current.size && current.size > .zero, "end \(end) has the other's full signature")
            #expect(entries(of: author, at: end).last?.agreement == sides.amendment.hash)
        }
        #expect(world.ends.allSatisfy { $0.station.deliveries[0].statistics.violations == 0 })
        // A later start states it no more.
        try world.restart(0)
        try world.run(for: .seconds(5))
        #expect(entries(of: 0, at: 1).count { $0.header.kind == InForce.kind } == 1)
    }

    @Test("ENT-30: entries that come in any order and several times stand under the agreement of their generation", arguments: [1, 2])
    func faults(_ seed: UInt64) throws {
        let world = try World(seed: seed)
        world.faults = World.Faults(lossPercent: 30, duplicationPercent: 30, delayMilliseconds: 1...400)
        try world.connect()
        for round in 0..<6 {
            let index = round % 2
            if round == 2 { try world.ends[0].install(sides.amendment) }
            if round == 5 { try world.ends[1].install(sides.amendment) }
            for number in 0..<8 { try world.send(index, "round \(round), letter \(number)", number == 5 ? .flash : .routine) }
            try world.run(for: .milliseconds(Int64(300)))
            try world.restart(index)
        }
        world.faults = World.Faults()
        try world.run(for: .seconds(120)) { world.ends.allSatisfy { $0.station.deliveries[0].backlog == 0 } }
        for (end, author) in [(0, 1), (1, 0)] {
            #expect(world.ends[end].letters(of: world.ends[author].number).count == 24)
            let (here, there) = (world.ends[end].station.book(of: world.ends[author].number), world.ends[author].station.own)
            #expect(here?.sizes.map(\.size) == there.sizes.map(\.size))
            #expect(here?.current?.head == there.current?.head)
        }
        #expect(world.ends.allSatisfy { $0.station.deliveries[0].statistics.violations == 0 })
    }

    @Test("ENT-30: an opening that names the first agreement, which goes without saying, is a violation")
    func notCanonical() throws {
        let forger = try Forger(seed: 77)
        let other = GenerationID(station: forger.generation.station, name: GenerationName(99))
        let opening = Opening(predecessor: nil, held: [], blinds: forger.blinds, serialBase: 0, basis: Basis(agreement: sides.agreement.line))
        let item = EntryItem(
            generation: 0, number: EntryNumber(0), header: EntryHeader(kind: 0, precedence: .immediate), references: [], seen: [],
            content: opening.encoded
        )
        try forger.send([forger.name(0, other), .entry(item)])
        #expect(forger.violations == [.badOpening])
    }
}
