import HotlineLine
import HotlineRecord
import HotlineSeal
import HotlineWire
import Testing

@testable import HotlineLine
@testable import HotlineStation

/// Faults that the strategies have found, each by itself.
@Suite("What hostile peers could once do")
struct HostileFaultTests {
    @Test("LINE-10: whoever says that it has all of a letter in parts, and does not acknowledge it, neither stops the line nor keeps the loop awake")
    func wholeAndUnacknowledged() throws {
        let stage = try Stage.ready(seed: 2)
        try stage.turn()
        let peer = try Impostor(stage)
        try stage.send(String(repeating: "A long letter. ", count: 9_000))
        try stage.run(for: .milliseconds(10))
        for case .fragment(let part) in peer.read().map(\.item) { try peer.send([.held(object: part.object, bytes: part.total)]) }
        try stage.send("and a short one behind it")
        try stage.run(for: .seconds(30))
        let items = peer.read().map(\.item)
        #expect(items.contains { if case .fragment = $0 { true } else { false } }, "it comes again")
        try stage.repent()
        try stage.run(for: .seconds(60)) { stage.honest.station.deliveries.allSatisfy { $0.backlog == 0 } }
        #expect(stage.hostile.has("and a short one behind it", from: stage.honest.number))
    }

    @Test("LINE-8: acknowledgements that cover nothing that is outstanding are not made durable")
    func idleAcknowledgements() throws {
        let stage = try Stage.ready(seed: 2)
        try stage.turn()
        let peer = try Impostor(stage)
        let mine = try peer.victimGeneration
        let rows = stage.honest.journal.rows.count
        for size in [3, 1, 2, 4, 0, 3] as [UInt64] {
            let item = AcknowledgementItem(receiver: 0, author: 1, chainComplete: true, size: RecordSize(size), beyond: [])
            try peer.send([peer.naming, peer.name(1, mine), .acknowledgement(item)])
        }
        #expect(stage.honest.journal.rows.count == rows)
    }

    @Test("LINE-18: what contradicts a head is proof whichever of them came first, also over a start, and once", arguments: [false, true])
    func otherFirst(restarts: Bool) throws {
        let stage = try Stage.ready(seed: 2)
        try stage.turn()
        let peer = try Impostor(stage)
        let other = try peer.head(with: ["We do not agree."])
        try peer.send([try peer.statement(other, .full)])
        if restarts { try stage.restart() }
        try peer.send([peer.naming, peer.letter(peer.next, "We agree."), try peer.checkpoint(try peer.head(with: ["We agree."]), .light)])
        try peer.send([try peer.statement(other, .full), try peer.statement(other, .light)])
        #expect(peer.forks.count == 1)
        #expect(try ThirdMachine.verify(try #require(peer.forks.first)) == peer.me)
        #expect(try ThirdMachine.verify(stage.honest).forks.count == 1)
    }

    @Test("LINE-17: a checkpoint of which one part is not here asks the store for nothing")
    func parkedForEver() throws {
        let stage = try Stage.ready(seed: 2)
        try stage.turn()
        let peer = try Impostor(stage)
        let mine = try #require(peer.victim.own.current)
        try peer.send([peer.naming, peer.name(1, mine.id), peer.name(2, peer.another(5))])
        let held = (1...200).map { CheckpointItem.Held(generation: 1, size: RecordSize(UInt64($0 % 3 + 1))) } + [.init(generation: 2, size: RecordSize(1))]
        try peer.send([.checkpoint(CheckpointItem(strength: .light, generation: 0, size: RecordSize(peer.next), held: held, signature: [UInt8](repeating: 0, count: 64)))])
        try stage.restart()
        try peer.send([peer.naming, peer.name(1, mine.id), peer.name(2, peer.another(5))])
        try peer.send([.checkpoint(CheckpointItem(strength: .light, generation: 0, size: RecordSize(peer.next), held: held, signature: [UInt8](repeating: 0, count: 64)))])
        #expect(!stage.honest.station.needs.contains { if case .root = $0 { true } else { false } })
    }

    @Test("LINE-20: a number beyond 2^60 is never offered; whoever has none left counts anew, and both come to an epoch again")
    func noNumbersLeft() throws {
        var book = EpochBook()
        book.withdrawOffer(above: EpochNumber(1 << 60))
        let (one, other) = (try #require(StationNumber(1)), try #require(StationNumber(2)))
        #expect(book.nextOffers(1, me: one, peer: other).isEmpty && book.nextOffers(1, me: other, peer: one).isEmpty)
        let stage = try Stage.ready(seed: 3)
        try stage.turn()
        let peer = try Impostor(stage)
        let parity: UInt64 = peer.me < stage.honest.number ? 1 : 0
        try peer.handshake(try peer.offers([(1 << 60) - parity]))
        try stage.run(for: .seconds(400))
        #expect(stage.honest.station.delivery(to: peer.me)?.epochs.bankedCount == 0, "it waits for no confirmation that never comes")
        try stage.repent()
        try stage.send("under another epoch")
        try stage.run(for: .seconds(200)) { stage.hostile.has("under another epoch", from: stage.honest.number) }
        #expect(stage.hostile.has("under another epoch", from: stage.honest.number))
    }

    @Test("LINE-18: a head of a size that was signed long ago is proof too, also where the statement was read back from a snapshot")
    func longAgo() throws {
        let stage = try Stage.ready(seed: 2)
        try stage.turn()
        let peer = try Impostor(stage)
        let beyond = Head(generation: peer.generation, size: RecordSize(peer.next + 60), root: Digest.sha256([1]))
        try peer.send([peer.naming, try peer.statement(beyond, .light)])
        for index in 0..<30 { try peer.send([peer.letter(peer.next, "letter \(index)"), try peer.checkpoint(try peer.head(with: ["letter \(index)"]), .light)]) }
        let old = Head(generation: peer.generation, size: RecordSize(peer.next - 20), root: Digest.sha256([2]))
        try peer.send([try peer.statement(old, .light)])
        #expect(peer.forks.map(\.first.checkpoint.head.size) == [old.size])
        // Enough rows for a snapshot.
        for index in 0..<130 { try stage.send("letter \(index)") }
        try stage.restart()
        #expect(!stage.honest.station.statements.isEmpty)
        try peer.send([peer.naming] + (0..<30).map { peer.letter(peer.next + $0, "more") })
        #expect(RecordSize(peer.next) == beyond.size)
        try peer.send([try peer.checkpoint(try peer.head(), .light), try peer.statement(old, .light)])
        #expect(peer.forks.map(\.first.checkpoint.head.size) == [old.size, beyond.size])
    }

    @Test("FRM-6: what needs more names than a salt has left waits for the next salt")
    func aliasesRunOut() throws {
        let (me, other) = (try #require(StationNumber(1)), try #require(StationNumber(2)))
        let secret = EpochSecret(epoch: EpochNumber(1), bytes: [UInt8](repeating: 1, count: 32))
        let start = try #require(StartSalt([1, 2, 3, 4, 5, 6]))
        var salt = SendingSalt(secret: secret, line: .zero, from: me, to: other, salt: start, framesMax: 10)
        for name in 0..<239 { _ = salt.alias(of: GenerationID(station: other, name: GenerationName(UInt64(name)))) }
        #expect(!salt.isExhausted)
        var builder = FrameBuilder(salt: salt, budget: 60_000)
        let held = (1_000..<1_020).map { GenerationID(station: other, name: GenerationName(UInt64($0))) }
        let isAdded = builder.add { salt in
            .checkpoint(
                CheckpointItem(
                    strength: .light, generation: salt.alias(of: held[0]), size: RecordSize(1), held: held.map { .init(generation: salt.alias(of: $0), size: RecordSize(1)) },
                    signature: [UInt8](repeating: 0, count: 64)
                )
            )
        }
        #expect(!isAdded && builder.isEmpty && builder.salt.isExhausted)
    }

    @Test("LINE-13: one peer's late entries take no room from another's")
    func lateEntries() throws {
        func entry(_ station: UInt8, _ number: UInt64) throws -> Entry {
            let generation = GenerationID(station: try #require(StationNumber(station)), name: GenerationName(1))
            return Entry(id: EntryID(generation, EntryNumber(number)), agreement: .zero, header: Impostor.header(), references: [], seen: [], content: [])
        }
        var late = LateEntries()
        for number in 1...200 as ClosedRange<UInt64> { late.add(try entry(1, number)) }
        late.add(try entry(2, 1))
        #expect(late.waiting.count == 65 && late.waiting.last?.id.author.value == 2)
    }

    @Test("LINE-12: thousands of generations that go nowhere do not make each of them dear")
    func thousandsOfGenerations() throws {
        let station = try #require(StationNumber(1))
        let opening = Opening(predecessor: nil, held: [], blinds: try #require(BlindSecret([UInt8](repeating: 1, count: 32))), serialBase: 0)
        func seconds(_ count: UInt64) -> Double {
            var book = Book(station: station)
            let time = ContinuousClock().measure {
                for name in 0..<count { book.open(GenerationID(station: station, name: GenerationName(name)), opening) }
                for _ in 0..<4 { _ = book.sizes }
            }
            return time / .seconds(1)
        }
        _ = seconds(100)
        #expect(seconds(8_000) < 60 * max(seconds(800), 0.001), "ten times as many take about ten times as long, not a hundred")
    }
}
