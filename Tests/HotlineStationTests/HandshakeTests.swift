import HotlineLine
import HotlineSeal
import HotlineStation
import HotlineWire
import Testing

@Suite("A handshake that somebody meddles with")
struct HandshakeTests {
    /// Two stations that have not met yet, and the frames that stood on the wire while two others, with the same keys, did.
    private let world: World
    private var victim: End { world.ends[1] }

    init() throws { world = try World(seed: 501) }

    private func send(_ object: [UInt8], to index: Int) throws {
        let name = Digest.sha256(object).bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let from = world.ends[1 - index].number
        let fragment = HandshakeFragment(from: from, to: world.ends[index].number, object: name, offset: 0, total: object.count, bytes: object)
        try world.inject(fragment.encoded, to: index)
    }

    private func offers(_ epochs: [UInt64], by index: Int) throws -> (secrets: [OfferSecret], object: [UInt8]) {
        let secrets = try epochs.map { try OfferSecret.generate(epoch: EpochNumber($0)) }
        let offers = try secrets.map { try $0.offer }
        let membership = world.ends[index].station.membership
        let body = SignedOffers.body(offers, membership.parties(offerer: membership.me, accepter: world.ends[1 - index].number))
        let keys = try #require(try Sides.shared().keys.first { $0.0 == membership.me }).1
        return (secrets, [1] + SignedOffers(offers: offers, signature: try keys.station.sign(body)).encoded)
    }

    private func violations(_ end: End) -> [Violation] { end.events.compactMap { if case .violation(_, let violation) = $0 { violation } else { nil } } }

    private var banked: Int { victim.station.deliveries[0].epochs.bankedCount }

    private func cells(_ end: End, _ name: Character) -> Int {
        end.secrets.cells(prefix: [end.station.deliveries[0].peer.value, name.asciiValue ?? 0]).filter { $0.value != nil }.count
    }

    @Test("SEAL-11, SEAL-20: the accepter banks nothing before a confirmation proves the secret")
    func accepter() throws {
        try world.ends[1].feed([.bearer(.up(world.bearers[0].0), peer: world.ends[0].number)], at: world.now)
        let (secrets, object) = try offers([1], by: 0)
        try send(object, to: 1)
        #expect(cells(victim, "a") == 1, "the accept is kept")
        #expect(banked == 0 && victim.station.deliveries[0].epochs.sendingEpoch == nil)
        // A confirmation by somebody who saw the frames and has no secret. It is not signed, so it accuses nobody.
        let dropped = victim.station.deliveries[0].statistics.framesDropped
        let junk = Confirmations.Confirmation(epoch: secrets[0].epoch, acceptHash: Digest.sha256([1]), proof: [UInt8](repeating: 7, count: 32))
        try send([3] + Confirmations([junk]).encoded, to: 1)
        #expect(violations(victim) == [] && victim.station.deliveries[0].statistics.framesDropped == dropped + 1)
        #expect(banked == 0 && cells(victim, "b") == 0)
    }

    @Test("SEAL-11: the offerer banks nothing on an accept that is not signed by the peer or whose proof is wrong")
    func offerer() throws {
        try world.ends[0].feed([.bearer(.up(world.bearers[0].0), peer: victim.number)], at: world.now)
        let frames = world.ends[0].outbound.map(\.frame)
        let offered = try #require(
            try frames.compactMap { frame -> SignedOffers? in
                guard case .handshake(let fragment) = try UnverifiedFrame(frame), fragment.offset == 0, fragment.total == fragment.bytes.count else {
                    return nil
                }
                return try SignedOffers(Array(fragment.bytes.dropFirst()))
            }.first
        )
        let membership = victim.station.membership
        let parties = membership.parties(offerer: world.ends[0].number, accepter: membership.me)
        let keys = try #require(try Sides.shared().keys.first { $0.0 == membership.me }).1
        let stranger = try CompositePrivateKey()
        let accept = try EpochAgreement.accept(offered.offers[0], parties).accept
        let broken = Accept(
            epoch: accept.epoch, offerHash: accept.offerHash, encapsulation: accept.encapsulation, ciphertext: accept.ciphertext,
            proof: [UInt8](repeating: 1, count: 32)
        )
        let delivery = { world.ends[0].station.deliveries[0] }
        try send([2] + SignedAccepts(accepts: [accept], signature: try stranger.sign(SignedAccepts.body([accept], parties))).encoded, to: 0)
        #expect(delivery().epochs.bankedCount == 0 && violations(world.ends[0]).isEmpty, "not the peer's: dropped")
        try send([2] + SignedAccepts(accepts: [broken], signature: try keys.station.sign(SignedAccepts.body([broken], parties))).encoded, to: 0)
        #expect(delivery().epochs.bankedCount == 0 && violations(world.ends[0]) == [.unproved])
        try send([2] + SignedAccepts(accepts: [accept], signature: try keys.station.sign(SignedAccepts.body([accept], parties))).encoded, to: 0)
        #expect(delivery().epochs.bankedCount == 1, "the true one is taken all the same")
    }

    @Test("SEAL-12, LINE-20: an epoch's number is not accepted twice, nor below the highest, nor of the wrong parity")
    func numbers() throws {
        try world.connect()
        try world.run(for: .seconds(2))
        for number in [1, 2] as [UInt64] {
            try send(try offers([number], by: 0).object, to: 1)
            #expect(victim.station.deliveries[0].epochs.bankedCount == 1)
        }
        try send(try offers([5, 3], by: 0).object, to: 1)
        #expect(violations(victim) == [.staleEpoch, .staleEpoch], "a number that is used up may be an old offer that anybody replays")
        #expect(cells(victim, "a") == 0)
        let object = try offers([7], by: 0).object
        try send(object, to: 1)
        let accepted = victim.secrets.cells(prefix: [world.ends[0].number.value, UInt8(ascii: "a")]).map(\.value)
        try send(object, to: 1)
        #expect(victim.secrets.cells(prefix: [world.ends[0].number.value, UInt8(ascii: "a")]).map(\.value) == accepted, "the same accept again")
        #expect(violations(victim).count == 2)
    }
}
