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
    private func delivery(_ me: Int, start: UInt8) throws -> Delivery {
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
            paths: [(ManyGenerationsTests.bearer, World.wide)], epochs: try EpochBook(cells: [JournalCell(key: key.bytes, value: value.bytes)])
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
