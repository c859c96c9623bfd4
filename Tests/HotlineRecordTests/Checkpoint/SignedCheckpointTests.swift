import HotlineRecord
import HotlineSeal
import HotlineWire
import Testing

@Suite("Signed checkpoints")
struct SignedCheckpointTests {
    private let keys: StationPrivateKeys
    private let publicKeys: StationPublicKeys

    init() throws {
        (keys, publicKeys) = try Fixture.keys(station: 1)
    }

    private func sign(_ checkpoint: Checkpoint, _ strength: CheckpointStrength) throws -> UnverifiedCheckpoint {
        UnverifiedCheckpoint(checkpoint: checkpoint, strength: strength, signature: try keys.sign(checkpoint.text, strength: strength))
    }

    @Test("REC-5: a checkpoint verifies under its signer's key of its strength", arguments: CheckpointStrength.allCases)
    func verifies(strength: CheckpointStrength) throws {
        let unverified = try sign(CheckpointTests.example, strength)
        #expect(try unverified.verified(by: publicKeys).unverified == unverified)
        var decoder = Decoder(unverified.encoded)
        #expect(try UnverifiedCheckpoint(&decoder) == unverified)
        try decoder.finish()
    }

    @Test("REC-5: another signer, another text, another strength or another signature does not verify")
    func refused() throws {
        let good = try sign(CheckpointTests.example, .light)
        let (_, others) = try Fixture.keys(station: 2)
        #expect(throws: SealError.notVerified) { try good.verified(by: others) }
        let renumbered = StationPublicKeys(number: Fixture.station(2), station: publicKeys.station, light: publicKeys.light)
        #expect(throws: SealError.notVerified) { try good.verified(by: renumbered) }
        let other = Checkpoint(line: Fixture.line, agreement: Fixture.line, head: CheckpointTests.head(1, 0xAB, 43), held: [])
        #expect(throws: SealError.notVerified) {
            try UnverifiedCheckpoint(checkpoint: other, strength: .light, signature: good.signature).verified(by: publicKeys)
        }
        #expect(throws: SealError.notVerified) {
            try UnverifiedCheckpoint(checkpoint: good.checkpoint, strength: .full, signature: good.signature).verified(by: publicKeys)
        }
        for bit in 0..<good.signature.count * 8 {
            let changed = UnverifiedCheckpoint(checkpoint: good.checkpoint, strength: .light, signature: good.signature.flipping(bit: bit))
            #expect(throws: SealError.notVerified) { try changed.verified(by: publicKeys) }
        }
    }

    @Test("ENC-4: an encoded checkpoint cut short at any byte is refused")
    func cut() throws {
        let bytes = try sign(CheckpointTests.example, .light).encoded
        for count in 0..<bytes.count {
            var decoder = Decoder(Array(bytes.prefix(count)))
            #expect(throws: WireError.self) { try UnverifiedCheckpoint(&decoder) }
        }
        var decoder = Decoder([2] + bytes.dropFirst())
        #expect(throws: WireError.invalid(what: "checkpoint strength", found: 2)) { try UnverifiedCheckpoint(&decoder) }
    }

    @Test("REC-7: two signed heads of one size with two roots are a fork, and nothing else is")
    func fork() throws {
        func signed(_ head: Head, line: Hash = Fixture.line, _ strength: CheckpointStrength = .light) throws -> SignedCheckpoint {
            try sign(Checkpoint(line: line, agreement: Fixture.line, head: head, held: []), strength).verified(by: publicKeys)
        }
        let other = Digest.sha256([1])
        let a = try signed(CheckpointTests.head(1, 5, 9))
        #expect(Fork(a, try signed(CheckpointTests.head(1, 5, 9, other))) != nil)
        #expect(Fork(a, try signed(CheckpointTests.head(1, 5, 9, other), .full)) != nil)
        #expect(Fork(a, a) == nil)
        #expect(Fork(a, try signed(CheckpointTests.head(1, 5, 9), .full)) == nil)
        #expect(Fork(a, try signed(CheckpointTests.head(1, 5, 10, other))) == nil)
        #expect(Fork(a, try signed(CheckpointTests.head(1, 6, 9, other))) == nil)
        #expect(Fork(a, try signed(CheckpointTests.head(1, 5, 9, other), line: other)) == nil)
    }
}

extension Fixture {
    /// The same keys for a station in every run.
    static func keys(station: UInt8) throws -> (StationPrivateKeys, StationPublicKeys) {
        var random = SeededGenerator(seed: 1000 + UInt64(station))
        let keys = StationPrivateKeys(
            station: try CompositePrivateKey(seed: random.bytes(CompositePrivateKey.seedSize)),
            light: try LightPrivateKey(seed: random.bytes(LightPrivateKey.seedSize))
        )
        return (
            keys,
            StationPublicKeys(number: Fixture.station(station), station: try keys.station.publicKey, light: try keys.light.publicKey)
        )
    }
}
