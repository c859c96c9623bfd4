public import HotlineSeal
public import HotlineWire

/// A checkpoint with a signature that nobody has checked yet.
public struct UnverifiedCheckpoint: Hashable, Sendable {
    public let checkpoint: Checkpoint
    public let strength: CheckpointStrength
    public let signature: [UInt8]
    public init(checkpoint: Checkpoint, strength: CheckpointStrength, signature: [UInt8]) {
        self.checkpoint = checkpoint
        self.strength = strength
        self.signature = signature
    }

    /// - Throws: `notVerified`.
    public func verified(by keys: StationPublicKeys) throws(SealError) -> SignedCheckpoint {
        guard keys.number == checkpoint.signer, keys.verifies(signature, over: checkpoint.text, strength: strength) else {
            throw .notVerified
        }
        return SignedCheckpoint(self)
    }

    public var encoded: [UInt8] {
        var encoder = Encoder()
        encoder.put(byte: strength.rawValue)
        encoder.put(prefixed: checkpoint.text)
        encoder.put(raw: signature)
        return encoder.bytes
    }

    public init(_ decoder: inout Decoder) throws(WireError) {
        let byte = try decoder.byte()
        guard let strength = CheckpointStrength(rawValue: byte) else { throw .invalid(what: "checkpoint strength", found: UInt64(byte)) }
        self.strength = strength
        let text = try decoder.prefixed("checkpoint text", max: Limits.checkpointTextBytesMax)
        guard let checkpoint = try? Checkpoint(text: text) else { throw .invalid(what: "checkpoint text", found: UInt64(text.count)) }
        self.checkpoint = checkpoint
        signature = try decoder.raw(strength.signatureBytes)
    }
}

/// A checkpoint that its signer has signed. Only verification makes one.
public struct SignedCheckpoint: Hashable, Sendable {
    public let unverified: UnverifiedCheckpoint
    fileprivate init(_ unverified: UnverifiedCheckpoint) { self.unverified = unverified }
    public var checkpoint: Checkpoint { unverified.checkpoint }
    public var strength: CheckpointStrength { unverified.strength }
    public var signature: [UInt8] { unverified.signature }
}

/// Two signed checkpoints of one generation that cannot both be true: proof, to anyone who holds the agreement, that
/// their signer has rewritten its record.
public struct Fork: Hashable, Sendable {
    public let first: SignedCheckpoint
    public let second: SignedCheckpoint

    /// Nil unless the two are of one signer, one generation and one size and have different roots.
    public init?(_ first: SignedCheckpoint, _ second: SignedCheckpoint) {
        let a = first.checkpoint.head
        let b = second.checkpoint.head
        guard first.checkpoint.line == second.checkpoint.line, a.generation == b.generation, a.size == b.size, a.root != b.root else {
            return nil
        }
        self.first = first
        self.second = second
    }
}
