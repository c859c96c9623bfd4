import HotlineSeal
import HotlineWire
import Testing

@Suite("Weak Ed25519 keys")
struct SmallOrderTests {
    /// Every encoding, canonical or not, with either sign bit, that decodes to a point of the torsion subgroup of
    /// edwards25519. Computed from the curve equation: L times points of the curve, then all y and y + p below 2^255.
    static let torsion = [
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    ]

    @Test("SEAL-2: every encoding of a point of small order is refused as a light key", arguments: torsion)
    func light(hex: String) throws {
        let bytes = try #require(Hex.bytes(hex))
        #expect(throws: SealError.weakKey) { try LightPublicKey(bytes) }
    }

    @Test("SEAL-2: a composite key with such an Ed25519 half is refused", arguments: torsion)
    func composite(hex: String) throws {
        let good = try Fixture.keys(1).station.publicKey.bytes
        let bytes = try #require(Hex.bytes(hex))
        #expect(throws: SealError.weakKey) { try CompositePublicKey(Array(good.dropLast(32)) + bytes) }
    }

    @Test("A key of another length is refused", arguments: [0, 31, 33, 64])
    func length(count: Int) {
        #expect(throws: SealError.wrongLength(what: "Ed25519 public key", found: count, expected: 32)) {
            try LightPublicKey([UInt8](repeating: 9, count: count))
        }
    }
}
