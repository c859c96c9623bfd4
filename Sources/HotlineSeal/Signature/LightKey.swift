import Crypto

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The key of light checkpoints: Ed25519 (RFC 8032), 32 bytes.
public struct LightPublicKey: Hashable, Sendable {
    public static let size = 32
    public static let signatureSize = 64
    public let bytes: [UInt8]

    /// - Throws: `wrongLength`; `weakKey` for a key of small order or one that is no point.
    public init(_ bytes: [UInt8]) throws(SealError) {
        guard bytes.count == LightPublicKey.size else {
            throw .wrongLength(what: "Ed25519 public key", found: bytes.count, expected: LightPublicKey.size)
        }
        guard !SmallOrder.contains(bytes) else { throw .weakKey }
        guard (try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)) != nil else { throw .invalidKey(what: "Ed25519 public key") }
        self.bytes = bytes
    }

    public func verifies(_ signature: [UInt8], over message: [UInt8]) -> Bool {
        #if DEBUG || SIMULATION
            if Seam.isTransparent { return signature == StandIn.signature(key: bytes, message: message, size: LightPublicKey.signatureSize) }
        #endif
        guard signature.count == LightPublicKey.signatureSize,
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)
        else { return false }
        return key.isValidSignature(signature, for: message)
    }
}

/// The private half of a `LightPublicKey`: a seed of 32 bytes.
public struct LightPrivateKey: Sendable {
    public static let seedSize = 32
    private let key: Curve25519.Signing.PrivateKey

    public init() { key = Curve25519.Signing.PrivateKey() }

    public init(seed: [UInt8]) throws(SealError) {
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else {
            throw .wrongLength(what: "Ed25519 seed", found: seed.count, expected: LightPrivateKey.seedSize)
        }
        self.key = key
    }

    public var seed: [UInt8] { Array(key.rawRepresentation) }

    public var publicKey: LightPublicKey {
        get throws(SealError) { try LightPublicKey(Array(key.publicKey.rawRepresentation)) }
    }

    public func sign(_ message: [UInt8]) throws(SealError) -> [UInt8] {
        #if DEBUG || SIMULATION
            if Seam.isTransparent {
                return StandIn.signature(key: key.publicKey.rawRepresentation, message: message, size: LightPublicKey.signatureSize)
            }
        #endif
        guard let signature = try? key.signature(for: message) else { throw .unavailable(what: "Ed25519 signature") }
        return Array(signature)
    }
}
