import HotlineSeal
import HotlineWire
import Testing

@Suite("Composite keys")
struct CompositeKeyTests {
    private static let latticeSignature = 3309
    private let message = Array("hotline/1 test\n".utf8)

    @Test("SEAL-3: a signature of both halves verifies, over its own message and key alone")
    func verifies() throws {
        let key = try Fixture.keys(1).station
        let publicKey = try key.publicKey
        let signature = try key.sign(message)
        #expect(publicKey.bytes.count == 1984)
        #expect(signature.count == 3373)
        #expect(publicKey.verifies(signature, over: message))
        #expect(!publicKey.verifies(signature, over: message + [0]))
        #expect(!(try Fixture.keys(2).station.publicKey).verifies(signature, over: message))
        #expect(!publicKey.verifies(Array(signature.dropLast()), over: message))
        #expect(!publicKey.verifies(signature + [0], over: message))
        #expect(!publicKey.verifies([], over: message))
    }

    @Test("SEAL-3: a signature with either half of another key, or of another message, is refused")
    func swapped() throws {
        let key = try Fixture.keys(1).station
        let publicKey = try key.publicKey
        let good = try key.sign(message)
        let strange = try Fixture.keys(2).station.sign(message)
        let other = try key.sign(message + [1])
        for wrong in [strange, other] {
            #expect(!publicKey.verifies(Array(wrong.prefix(Self.latticeSignature)) + good.suffix(64), over: message))
            #expect(!publicKey.verifies(Array(good.prefix(Self.latticeSignature)) + wrong.suffix(64), over: message))
        }
        // Both are hedged signatures of one message by one key: their halves may be mixed.
        let again = try key.sign(message)
        #expect(again != good)
        #expect(publicKey.verifies(Array(again.prefix(Self.latticeSignature)) + good.suffix(64), over: message))
    }

    @Test("SEAL-3: a changed bit anywhere in a signature is refused")
    func changed() throws {
        let key = try Fixture.keys(1).station
        let publicKey = try key.publicKey
        let signature = try key.sign(message)
        var random = SeededGenerator(seed: 30)
        let sampled = (0..<300).map { _ in Int.random(in: 0..<Self.latticeSignature * 8, using: &random) }
        for bit in sampled + Array(Self.latticeSignature * 8..<signature.count * 8) {
            try #require(!publicKey.verifies(signature.flipping(bit: bit), over: message))
        }
    }

    @Test("SEAL-3: a bare Ed25519 signature of the message is not taken for the composite's half")
    func bare() throws {
        var random = SeededGenerator(seed: 1)
        let seed = random.bytes(CompositePrivateKey.seedSize)
        let key = try CompositePrivateKey(seed: seed)
        let light = try LightPrivateKey(seed: Array(seed.suffix(32)))
        let good = try key.sign(message)
        #expect((try light.publicKey).bytes == (try key.publicKey).classicalHalf)
        #expect(!(try key.publicKey).verifies(Array(good.prefix(Self.latticeSignature)) + (try light.sign(message)), over: message))
    }

    @Test("SEAL-4: the seed is 64 bytes and gives the same key again; other lengths are refused")
    func seed() throws {
        let key = try Fixture.keys(3).station
        #expect(key.seed.count == 64)
        #expect(try CompositePrivateKey(seed: key.seed).publicKey == (try key.publicKey))
        #expect(throws: SealError.wrongLength(what: "composite seed", found: 63, expected: 64)) {
            try CompositePrivateKey(seed: Array(key.seed.dropLast()))
        }
        #expect(throws: SealError.wrongLength(what: "composite public key", found: 1983, expected: 1984)) {
            try CompositePublicKey(Array(try key.publicKey.bytes.dropLast()))
        }
    }

    @Test("A light signature does not pass for a full one, nor a full one for a light one")
    func strengths() throws {
        let fixture = try Fixture()
        let keys = try fixture.publicKeys(fixture.keysOfOne, number: fixture.one)
        let light = try fixture.keysOfOne.sign(message, strength: .light)
        let full = try fixture.keysOfOne.sign(message, strength: .full)
        #expect(light.count == CheckpointStrength.light.signatureBytes && full.count == CheckpointStrength.full.signatureBytes)
        #expect(keys.verifies(light, over: message, strength: .light) && keys.verifies(full, over: message, strength: .full))
        #expect(!keys.verifies(light, over: message, strength: .full) && !keys.verifies(full, over: message, strength: .light))
        #expect(!keys.verifies(Array(full.suffix(64)), over: message, strength: .light))
    }
}
