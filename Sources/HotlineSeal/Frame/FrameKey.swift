import Crypto
import CryptoExtras
public import HotlineWire

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The key of all frames that one start of a station sends to one peer in one epoch.
///
/// `HKDF-SHA-256(epoch secret, salt = LH, info = label ‖ from ‖ to ‖ start salt)`; AES-256-GCM-SIV (RFC 8452), nonce the
/// frame's counter, associated data `LH ‖ epoch ‖ header with the full salt`.
public struct FrameKey: Sendable {
    private let key: SymmetricKey
    private let line: Hash
    private let epoch: EpochNumber
    private let from: StationNumber
    private let to: StationNumber
    public let salt: StartSalt

    public init(secret: EpochSecret, line: Hash, from: StationNumber, to: StationNumber, salt: StartSalt) {
        let info = Label.frame + [from.value, to.value] + salt.bytes
        key = SymmetricKey(data: Digest.hkdf(secret: secret.bytes, salt: line.bytes, info: info, count: 32))
        self.line = line
        self.epoch = secret.epoch
        self.from = from
        self.to = to
        self.salt = salt
    }

    /// A whole frame: header, ciphertext and tag. `alias` is what the peer calls this salt, once it has said so.
    public func seal(_ plaintext: [UInt8], counter: UInt16, alias: UInt8?) throws(SealError) -> [UInt8] {
        let header = FrameHeader(
            epochLow: epoch.low, from: from, to: to, salt: alias.map { .alias($0) } ?? .full(salt), counter: counter
        )
        guard
            let box = try? AES.GCM._SIV.seal(
                plaintext, using: key, nonce: nonce(counter), authenticating: associatedData(header)
            )
        else { throw .unavailable(what: "AES-256-GCM-SIV") }
        return header.encoded + box.ciphertext + box.tag
    }

    /// The plaintext. One failure, without a reason, whatever was wrong.
    public func open(_ header: FrameHeader, ciphertext: [UInt8]) throws(SealError) -> [UInt8] {
        guard ciphertext.count >= FrameHeader.tagBytes, header.from == from, header.to == to, header.epochLow == epoch.low,
            let nonce = try? nonce(header.counter),
            let box = try? AES.GCM._SIV.SealedBox(
                nonce: nonce, ciphertext: ciphertext.dropLast(FrameHeader.tagBytes), tag: ciphertext.suffix(FrameHeader.tagBytes)
            ),
            let plaintext = try? AES.GCM._SIV.open(box, using: key, authenticating: associatedData(header))
        else { throw .notOpened }
        return Array(plaintext)
    }

    /// Ten zero bytes, then the counter.
    private func nonce(_ counter: UInt16) throws -> AES.GCM._SIV.Nonce {
        try AES.GCM._SIV.Nonce(data: [UInt8](repeating: 0, count: 10) + [UInt8(counter >> 8), UInt8(truncatingIfNeeded: counter)])
    }

    private func associatedData(_ header: FrameHeader) -> [UInt8] {
        var encoder = Encoder(reserving: 64)
        encoder.put(line)
        encoder.put(uint64: epoch.value)
        encoder.put(byte: FrameHeader.version << 4 | header.kind.rawValue)
        encoder.put(byte: header.epochLow)
        encoder.put(byte: header.from.value << 4 | header.to.value)
        encoder.put(raw: salt.bytes)
        encoder.put(uint16: header.counter)
        return encoder.bytes
    }
}
