import Crypto

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// ML-DSA-65 (FIPS 204) and Ed25519 (RFC 8032) together, as id-MLDSA65-Ed25519-SHA512 of
/// draft-ietf-lamps-pq-composite-sigs: both signatures are over `prefix ‖ label ‖ len(ctx) ‖ ctx ‖ SHA-512(message)`
/// with an empty ctx, ML-DSA with the label as its context, and both must verify.
public struct CompositePublicKey: Hashable, Sendable {
    private static let latticeSize = 1952
    /// 1,952 bytes of ML-DSA-65, then 32 of Ed25519.
    public static let size = latticeSize + LightPublicKey.size
    private static let latticeSignatureSize = 3309
    /// 3,309 bytes of ML-DSA-65, then 64 of Ed25519.
    public static let signatureSize = latticeSignatureSize + LightPublicKey.signatureSize

    public let bytes: [UInt8]
    private let classical: LightPublicKey

    /// - Throws: `wrongLength`, `weakKey` for an Ed25519 half of small order, `invalidKey`.
    public init(_ bytes: [UInt8]) throws(SealError) {
        guard bytes.count == CompositePublicKey.size else {
            throw .wrongLength(what: "composite public key", found: bytes.count, expected: CompositePublicKey.size)
        }
        classical = try LightPublicKey(Array(bytes[CompositePublicKey.latticeSize...]))
        guard (try? MLDSA65.PublicKey(rawRepresentation: bytes[..<CompositePublicKey.latticeSize])) != nil else {
            throw .invalidKey(what: "ML-DSA-65 public key")
        }
        self.bytes = bytes
    }

    /// The cheaper half is checked first; neither alone counts.
    public func verifies(_ signature: [UInt8], over message: [UInt8]) -> Bool {
        #if DEBUG || SIMULATION
            if Seam.isTransparent {
                return signature == StandIn.signature(key: classicalHalf, message: message, size: CompositePublicKey.signatureSize)
            }
        #endif
        guard signature.count == CompositePublicKey.signatureSize else { return false }
        let representative = CompositeMessage.representative(of: message)
        let latticeSignature = signature[..<CompositePublicKey.latticeSignatureSize]
        let classicalSignature = Array(signature[CompositePublicKey.latticeSignatureSize...])
        guard classical.verifies(classicalSignature, over: representative),
            let lattice = try? MLDSA65.PublicKey(rawRepresentation: bytes[..<CompositePublicKey.latticeSize])
        else { return false }
        return lattice.isValidSignature(latticeSignature, for: representative, context: CompositeMessage.label)
    }

    /// The Ed25519 half, to tell equal keys in different places apart from one another.
    public var classicalHalf: [UInt8] { classical.bytes }
}

/// The private half of a `CompositePublicKey`: 64 bytes of seed, ML-DSA-65's first.
public struct CompositePrivateKey: Sendable {
    public static let seedSize = 64
    private let lattice: MLDSA65.PrivateKey
    private let classical: LightPrivateKey

    public init() throws(SealError) {
        guard let lattice = try? MLDSA65.PrivateKey() else { throw .unavailable(what: "ML-DSA-65 key") }
        self.lattice = lattice
        classical = LightPrivateKey()
    }

    public init(seed: [UInt8]) throws(SealError) {
        guard seed.count == CompositePrivateKey.seedSize else {
            throw .wrongLength(what: "composite seed", found: seed.count, expected: CompositePrivateKey.seedSize)
        }
        guard let lattice = try? MLDSA65.PrivateKey(seedRepresentation: seed[..<32], publicKey: nil) else {
            throw .invalidKey(what: "ML-DSA-65 seed")
        }
        self.lattice = lattice
        classical = try LightPrivateKey(seed: Array(seed[32...]))
    }

    public var seed: [UInt8] { Array(lattice.seedRepresentation) + classical.seed }

    public var publicKey: CompositePublicKey {
        get throws(SealError) {
            try CompositePublicKey(Array(lattice.publicKey.rawRepresentation) + (try classical.publicKey).bytes)
        }
    }

    /// Hedged: two signatures of one message differ (FIPS 204 §3.4). About a millisecond; the core asks the shell for it.
    public func sign(_ message: [UInt8]) throws(SealError) -> [UInt8] {
        #if DEBUG || SIMULATION
            if Seam.isTransparent {
                return StandIn.signature(key: (try classical.publicKey).bytes, message: message, size: CompositePublicKey.signatureSize)
            }
        #endif
        let representative = CompositeMessage.representative(of: message)
        guard let signature = try? lattice.signature(for: representative, context: CompositeMessage.label) else {
            throw .unavailable(what: "ML-DSA-65 signature")
        }
        return Array(signature) + (try classical.sign(representative))
    }
}

private enum CompositeMessage {
    static let prefix = Array("CompositeAlgorithmSignatures2025".utf8)
    static let label = Array("COMPSIG-MLDSA65-Ed25519-SHA512".utf8)

    static func representative(of message: [UInt8]) -> [UInt8] {
        prefix + label + [0] + Array(SHA512.hash(data: message))
    }
}
