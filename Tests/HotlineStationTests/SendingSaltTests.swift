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

    @Test("FRM-6: a letter in parts takes the names along that it uses, and none that others have drawn behind them")
    func namesInParts() throws {
        let (me, other) = (try #require(StationNumber(1)), try #require(StationNumber(2)))
        let secret = EpochSecret(epoch: EpochNumber(1), bytes: [UInt8](repeating: 1, count: 32))
        var salt = SendingSalt(secret: secret, line: .zero, from: me, to: other, salt: try #require(StartSalt([1, 2, 3, 4, 5, 6])), framesMax: 10)
        let own = GenerationID(station: me, name: GenerationName(99))
        _ = salt.alias(of: own)
        for name in 0..<30 as Range<UInt64> { _ = salt.alias(of: GenerationID(station: other, name: GenerationName(name))) }
        let entry = Entry(id: EntryID(own, EntryNumber(5)), agreement: .zero, header: Impostor.header(), references: [], seen: [], content: [UInt8](repeating: 7, count: 500))
        // Thirty names are three hundred bytes and more: none of them would fit beside anything else.
        var builder = FrameBuilder(salt: salt, budget: 229)
        let isDeclared = builder.declare(for: entry)
        #expect(isDeclared)
        #expect(builder.room == 229 - 11)
    }
}
