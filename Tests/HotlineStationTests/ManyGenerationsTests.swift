import HotlineAgreement
import HotlineLine
import HotlineRecord
import HotlineSeal
import HotlineStation
import HotlineWire
import Testing

/// What is sent again to a peer that was restored: the entries of hundreds of starts at once.
@Suite("Entries of more generations than a salt has names")
struct ManyGenerationsTests {
    private static let bearer = BearerID(1)

    /// One end of a delivery that shares an epoch with the other already.
    private func delivery(_ me: Int, start: UInt8, over profile: BearerProfile = World.wide) throws -> Delivery {
        let sides = try Sides.shared()
        let (own, peer) = (sides.keys[me].0, sides.keys[1 - me].0)
        var key = Encoder()
        key.put(byte: peer.value)
        key.put(byte: UInt8(ascii: "b"))
        key.put(uint64: 1)
        var value = Encoder()
        value.put(EpochNumber(1))
        value.put(raw: [UInt8](repeating: 7, count: 32))
        for _ in 0..<3 { value.put(varint: 0) }
        let agreements = try #require(LineAgreements(sides.agreement))
        var delivery = Delivery(
            membership: Membership(me: own, keys: agreements.keys), peer: peer, seed: try #require(StartSeed([UInt8](repeating: start, count: 32))),
            paths: [(ManyGenerationsTests.bearer, profile)], epochs: try EpochBook(cells: [JournalCell(key: key.bytes, value: value.bytes)])
        )
        delivery.rise(ManyGenerationsTests.bearer, owing: [], at: Instant(nanoseconds: 1))
        return delivery
    }

    @Test("FRM-6: they go out under as many salts as it takes, and no alias is given twice", arguments: [1, 2, 16])
    func names(references: Int) throws {
        var (sender, receiver) = (try delivery(0, start: 1), try delivery(1, start: 2))
        func generation(_ station: StationNumber, _ name: Int) -> GenerationID { GenerationID(station: station, name: GenerationName(UInt64(name))) }
        let entries = (0..<250).map { place in
            Entry(
                id: EntryID(generation(sender.membership.me, place), EntryNumber(1)), agreement: sender.membership.line,
                header: EntryHeader(kind: 1, precedence: .routine),
                references: (0..<references).map { EntryID(generation(sender.peer, 1_000 + place * references + $0), EntryNumber(0)) },
                seen: [Entry.Seen(generation: generation(sender.peer, 1_000_000 + place), size: RecordSize(1))], content: [UInt8(place)]
            )
        }
        for entry in entries { sender.offer(entry) }
        let (own, theirs) = (Book(station: sender.membership.me), Book(station: sender.peer))
        let frames = sender.poll(own: own, theirs: theirs, loaded: [:], at: Instant(nanoseconds: 2)).frames
        var arrived: [Entry] = []
        for (bearer, frame) in frames {
            for arrival in receiver.receive(frame, over: bearer, own: theirs, at: Instant(nanoseconds: 3)) {
                guard case .entry(let entry) = arrival else { continue }
                arrived.append(entry.entry(under: sender.membership.line))
            }
        }
        #expect(arrived == entries)
        #expect(receiver.statistics.violations == 0)
    }

    @Test("FRM-6: names that go ahead of what needs them are said once in a time-out, and at once again when the peer has heard them")
    func ahead() throws {
        let radio = BearerProfile(kind: "radio", frameBytesMax: 256, windowBytes: 256, bitsPerSecond: 2400, probeInterval: .seconds(600), cost: 0)
        var (sender, receiver) = (try delivery(0, start: 1, over: radio), try delivery(1, start: 2, over: radio))
        // Twenty-one names of eleven bytes, and a checkpoint that would fit into a frame without them.
        let root = Frontier().root
        func head(_ station: StationNumber, _ name: Int) -> Head {
            Head(generation: GenerationID(station: station, name: GenerationName(UInt64(name))), size: RecordSize(1), root: root)
        }
        let sides = try Sides.shared()
        let keys = sides.keys[0].1
        let checkpoint = Checkpoint(
            line: sender.membership.line, agreement: sender.membership.line, head: head(sender.membership.me, 1), held: (0..<20).map { head(sender.peer, 100 + $0) }
        )
        let unverified = UnverifiedCheckpoint(checkpoint: checkpoint, strength: .light, signature: try keys.sign(checkpoint.text, strength: .light))
        sender.offer(try unverified.verified(by: try #require(sides.agreement.stationKeys(of: sides.keys[0].0))))
        let (own, theirs) = (Book(station: sender.membership.me), Book(station: sender.peer))
        func frames(_ delivery: inout Delivery, at seconds: Int64) -> [[UInt8]] {
            var out: [[UInt8]] = []
            // The bearer takes every frame at once.
            for _ in 0..<50 {
                let book = delivery.membership.me == own.station ? (own, theirs) : (theirs, own)
                let frames = delivery.poll(own: book.0, theirs: book.1, loaded: [:], at: Instant(nanoseconds: seconds * 1_000_000_000)).frames.map(\.frame)
                out += frames
                for frame in frames { delivery.left(ManyGenerationsTests.bearer, bytes: frame.count) }
            }
            return out
        }
        let first = frames(&sender, at: 1)
        #expect(first.count == 1)
        #expect(frames(&sender, at: 2).isEmpty)
        for frame in first { _ = receiver.receive(frame, over: ManyGenerationsTests.bearer, own: theirs, at: Instant(nanoseconds: 3)) }
        for frame in frames(&receiver, at: 3) { _ = sender.receive(frame, over: ManyGenerationsTests.bearer, own: own, at: Instant(nanoseconds: 4)) }
        var heads: [GenerationSize] = []
        for frame in frames(&sender, at: 3) {
            for case .checkpoint(_, let head, _, _) in receiver.receive(frame, over: ManyGenerationsTests.bearer, own: theirs, at: Instant(nanoseconds: 5)) {
                heads.append(head)
            }
        }
        #expect(heads == [GenerationSize(checkpoint.head.generation, RecordSize(1))])
    }

    @Test("LINE-12: after three hundred starts in vain the opening of the last one goes first, and a FLASH is there at once")
    func afterStarts() throws {
        let world = try World(seed: 802)
        for _ in 0..<300 { try world.ends[0].restart(seed: [UInt8](Digest.sha256(world.ends[0].station.snapshot).bytes), at: world.now) }
        try world.send(0, "We have no forces in that area.", .flash)
        try world.connect()
        try world.run(for: .seconds(10)) { !world.ends[1].letters(of: world.ends[0].number).isEmpty }
        #expect(world.ends[1].letters(of: world.ends[0].number) == ["We have no forces in that area."])
        #expect(world.ends[1].station.book(of: world.ends[0].number)?.sizes.count ?? 0 < 300, "the others come in their time")
    }

    @Test("LINE-12: a peer that was restored gets the opening of the generation that is written now before those of a hundred and sixty older ones")
    func afterRestore() throws {
        let world = try World(seed: 803)
        try world.connect()
        try world.run(for: .seconds(2))
        let backup = MemoryJournal(copy: world.ends[1].journal)
        for round in 0..<160 {
            // The peer starts anew now and then, and takes sixty-four generations again.
            try world.restart(round % 40 == 39 ? 1 : 0)
            try world.run(for: .milliseconds(100))
        }
        #expect(world.ends[0].station.deliveries[0].backlog == 0)
        try world.restore(1, backup)
        try world.run(for: .seconds(2))
        try world.send(0, "We have no forces in that area.", .flash)
        try world.run(for: .seconds(5)) { !world.ends[1].letters(of: world.ends[0].number).isEmpty }
        #expect(world.ends[1].letters(of: world.ends[0].number) == ["We have no forces in that area."])
    }
}
