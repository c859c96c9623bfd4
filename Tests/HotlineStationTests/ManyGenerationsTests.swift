import HotlineAgreement
import HotlineLine
import HotlineRecord
import HotlineSeal
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
}
