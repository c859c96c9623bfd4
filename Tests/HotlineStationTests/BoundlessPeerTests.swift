import HotlineLine
import HotlineRecord
import HotlineSeal
import HotlineStation
import HotlineWire
import Testing

@Suite("A peer that would wear a station out")
struct BoundlessPeerTests {
    @Test("FRM-9: a peer that says it holds all of an object and does not acknowledge it is sent it again in its time, and costs no turn between")
    func heldWhole() throws {
        let forger = try Forger(seed: 811)
        forger.world.faults = .init(lossPercent: 100)
        try forger.send([forger.name(0, forger.generation)])
        // Longer than one frame.
        try forger.world.send(1, String(repeating: "long ", count: 20_000))
        for object in 1...10 as ClosedRange<UInt64> {
            try forger.send((100_000...100_100).map { .held(object: object, bytes: $0) })
        }
        var turns = 0
        let delivery = { forger.victim.station.deliveries[0] }
        let sent = delivery().statistics.framesSent
        try forger.world.run(for: .seconds(20)) {
            turns += 1
            return turns > 2_000
        }
        #expect(turns < 400)
        #expect(delivery().statistics.framesSent > sent)
        #expect(forger.violations.isEmpty)
    }

    @Test("SEAL-18: an epoch's number above 2^60 is refused, or one offer would leave no number for ever after")
    func highestEpoch() throws {
        let world = try World(seed: 812)
        let victim = world.ends[1]
        try victim.feed([.bearer(.up(world.bearers[0].0), peer: world.ends[0].number)], at: world.now)
        let membership = world.ends[0].station.membership
        let keys = try #require(try Sides.shared().keys.first { $0.0 == membership.me }).1
        let parties = membership.parties(offerer: membership.me, accepter: victim.number)
        func offer(_ epoch: UInt64) throws {
            let offers = [try OfferSecret.generate(epoch: EpochNumber(epoch)).offer]
            let object = [1] + SignedOffers(offers: offers, signature: try keys.station.sign(SignedOffers.body(offers, parties))).encoded
            let name = Digest.sha256(object).bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            try world.inject(
                HandshakeFragment(from: membership.me, to: victim.number, object: name, offset: 0, total: object.count, bytes: object).encoded, to: 1
            )
        }
        try offer((1 << 62) - 1)
        let violations = victim.events.compactMap { if case .violation(_, let violation) = $0 { violation } else { nil } }
        #expect(violations == [.staleEpoch])
        try offer((1 << 60) - 1)
        #expect(victim.secrets.cells(prefix: [membership.me.value, UInt8(ascii: "a")]).count == 1)
    }

    @Test("LINE-17: an older checkpoint of ours that a peer repeats does not take the place of our latest, of a generation that is closed too")
    func olderCheckpoint() throws {
        let forger = try Forger(seed: 813)
        let (world, victim) = (forger.world, forger.victim)
        func signed(_ text: String) throws -> UnverifiedCheckpoint {
            try world.send(1, text)
            try world.run(for: .seconds(70))
            return try #require(checkpoints(of: victim).last)
        }
        let (older, latest) = (try signed("one"), try signed("two"))
        let generation = latest.checkpoint.head.generation
        #expect(older.checkpoint.head.size < latest.checkpoint.head.size)
        // Closed, and known to the store alone.
        for _ in 0..<3 {
            try world.restart(1)
            try world.run(for: .seconds(70))
        }
        #expect(victim.station.own.closed(generation) != nil && victim.station.latestCheckpoint(of: generation, .full) == nil)
        try forger.send([.statement(text: older.checkpoint.text, signature: older.signature)])
        #expect(checkpoints(of: victim).last { $0.checkpoint.head.generation == generation } == latest)
    }

    @Test("LINE-17: of a checkpoint over entries that are not here nothing is read, in whatever it says that it holds")
    func unheldCheckpoint() throws {
        let forger = try Forger(seed: 814)
        let (world, victim) = (forger.world, forger.victim)
        try world.send(1, "in a generation that is closed")
        try world.run(for: .seconds(5))
        let closed = try #require(victim.station.own.current?.id)
        for _ in 0..<2 {
            try world.restart(1)
            try world.run(for: .seconds(5))
        }
        #expect(victim.station.own.closed(closed) != nil)
        func checkpoint(_ size: UInt64) -> Item {
            .checkpoint(
                CheckpointItem(
                    strength: .light, generation: 0, size: RecordSize(size), held: [.init(generation: 1, size: RecordSize(1))], signature: [UInt8](repeating: 3, count: 64)
                )
            )
        }
        let names = [forger.name(0, forger.generation), forger.name(1, closed)]
        try forger.send(names + [checkpoint(forger.next + 1_000)])
        #expect(victim.station.needs.isEmpty && forger.violations.isEmpty)
        // One whose roots can be read is judged at once.
        try forger.send(names + [checkpoint(forger.next)])
        #expect(victim.station.needs.isEmpty && forger.violations == [.checkpointMismatch])
    }

    @Test("LINE-18: a fork that is told a thousand times is not kept a thousand times, and each further one is no more news")
    func manyForks() throws {
        let forger = try Forger(seed: 815)
        let head = try #require(forger.victim.station.latestCheckpoint(of: forger.generation, .light)).checkpoint.head
        for index in 0..<200 as Range<UInt8> { try forger.send([try forger.statement(size: head.size.value, root: Digest.sha256([index / 2]))]) }
        let kept = forger.victim.journal.rows.filter { if case .fork? = try? Fact($0.row.value) { true } else { false } }
        #expect(kept.count == 64)
        #expect(forger.victim.events.filter { if case .fork = $0 { true } else { false } }.count == 64)
    }

    private func checkpoints(of end: End) -> [UnverifiedCheckpoint] {
        end.journal.rows.compactMap { row in
            guard case .checkpoint(let checkpoint, _)? = try? Fact(row.row.value), checkpoint.checkpoint.signer == end.number, checkpoint.strength == .full else { return nil }
            return checkpoint
        }
    }
}
