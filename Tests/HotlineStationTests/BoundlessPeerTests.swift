import HotlineLine
import HotlineRecord
import HotlineSeal
import HotlineStation
import HotlineWire
import Testing

@Suite("A peer that would wear a station out")
struct BoundlessPeerTests {
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
}
