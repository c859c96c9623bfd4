import HotlineRecord
import HotlineSeal
import HotlineWire
import Testing

@testable import HotlineLine

@Suite("What the other side knows of a salt of ours")
struct SendingSaltTests {
    @Test("FRM-6: a word of a process that is gone, which comes late, does not keep the names from the one that is there")
    func lastWord() throws {
        let (me, other) = (try #require(StationNumber(1)), try #require(StationNumber(2)))
        let start = try #require(StartSalt([1, 2, 3, 4, 5, 6]))
        let secret = EpochSecret(epoch: EpochNumber(1), bytes: [UInt8](repeating: 1, count: 32))
        var salt = SendingSalt(secret: secret, line: .zero, from: me, to: other, salt: start, framesMax: 10)
        for name in 0..<4 as Range<UInt64> { _ = salt.alias(of: GenerationID(station: other, name: GenerationName(name))) }
        salt.peerKnows(start, alias: 2, declared: 3)
        #expect(salt.known == 3)
        salt.forgetWhatPeerKnows()
        salt.peerKnows(start, alias: 2, declared: 3)
        salt.peerKnows(start, alias: 0, declared: 0)
        #expect(salt.known == 0)
        // More than there are is no word of ours.
        salt.peerKnows(start, alias: 0, declared: 5)
        #expect(salt.known == 0)
    }
}
