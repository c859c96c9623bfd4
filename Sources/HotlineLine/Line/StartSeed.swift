import HotlineSeal
public import HotlineWire

/// Thirty-two random bytes that the shell draws at every start. All that a start must make fresh comes from them, so the
/// core itself never asks for randomness. Held in memory only.
public struct StartSeed: Sendable {
    public static let size = 32
    private let bytes: [UInt8]

    public init?(_ bytes: [UInt8]) {
        guard bytes.count == StartSeed.size else { return nil }
        self.bytes = bytes
    }

    /// The name of the generation that this start opens.
    public var generation: GenerationName {
        GenerationName(derive("generation", count: 8).reduce(0) { $0 << 8 | UInt64($1) })
    }

    /// The secret of that generation's blinds.
    public var blinds: [UInt8] { derive("blinds", count: 32) }

    func salt(for peer: StationNumber, _ index: UInt64) -> StartSalt {
        if Canary.constantSalt.sings, let salt = StartSalt([0, 0, 0, 0, 0, UInt8(truncatingIfNeeded: index)]) { return salt }
        guard let salt = StartSalt(derive("salt \(peer) \(index)", count: StartSalt.size)) else {
            preconditionFailure("a derivation gives what was asked for")
        }
        return salt
    }

    func challenge(for peer: StationNumber, _ index: UInt64) -> UInt32 {
        derive("challenge \(peer) \(index)", count: 4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    private func derive(_ use: String, count: Int) -> [UInt8] {
        Digest.hkdf(secret: bytes, salt: [], info: Label.start + Array(use.utf8), count: count)
    }
}
