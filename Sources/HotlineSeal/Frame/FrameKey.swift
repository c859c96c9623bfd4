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
        #if DEBUG || SIMULATION
            Seam.watch?.derived(secret: WordHash.of(secret.bytes), from: from, to: to)
        #endif
    }

    /// A whole frame: header, ciphertext and tag. `alias` is what the peer calls this salt, once it has said so.
    public func seal(_ plaintext: [UInt8], counter: UInt16, alias: UInt8?) throws(SealError) -> [UInt8] {
        let header = FrameHeader(
            epochLow: epoch.low, from: from, to: to, salt: alias.map { .alias($0) } ?? .full(salt), counter: counter
        )
        #if DEBUG || SIMULATION
            if let frame = sealedInSimulation(plaintext, header) { return frame }
        #endif
        guard
            let box = try? AES.GCM._SIV.seal(
                plaintext, using: key, nonce: nonce(counter), authenticating: associatedData(header)
            )
        else { throw .unavailable(what: "AES-256-GCM-SIV") }
        return header.encoded + box.ciphertext + box.tag
    }

    /// The plaintext. One failure, without a reason, whatever was wrong.
    public func open(_ header: FrameHeader, ciphertext: [UInt8]) throws(SealError) -> [UInt8] {
        #if DEBUG || SIMULATION
            if Seam.isTransparent || Seam.watch != nil { return try openInSimulation(header, ciphertext) }
        #endif
        return try authenticOpen(header, ciphertext)
    }

    private func authenticOpen(_ header: FrameHeader, _ ciphertext: [UInt8]) throws(SealError) -> [UInt8] {
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

#if DEBUG || SIMULATION
    /// The simulator's way through the same two doors.
    extension FrameKey {
        private var word: UInt64 { key.withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) } }

        private var lineWord: UInt64 { line.bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) } }

        /// All that the associated data holds.
        private func context(_ header: FrameHeader) -> UInt64 {
            WordHash.of(salt.bytes, seed: WordHash.mix(epoch.value << 32 | UInt64(header.counter) << 8 | UInt64(header.kind.rawValue)) ^ WordHash.mix(lineWord))
        }

        private func sealedInSimulation(_ plaintext: [UInt8], _ header: FrameHeader) -> [UInt8]? {
            guard Seam.isTransparent || Seam.watch != nil else { return nil }
            let frame: [UInt8]
            if Seam.isTransparent || Canary.plainFrame.sings {
                frame = header.encoded + StandIn.seal(plaintext, key: word, context: context(header))
            } else {
                guard
                    let box = try? AES.GCM._SIV.seal(plaintext, using: key, nonce: nonce(header.counter), authenticating: associatedData(header))
                else { return nil }
                frame = header.encoded + box.ciphertext + box.tag
            }
            Seam.watch?.sealed(frame, plaintext: plaintext, key: word, counter: header.counter, from: from, to: to)
            return frame
        }

        private func openInSimulation(_ header: FrameHeader, _ ciphertext: [UInt8]) throws(SealError) -> [UInt8] {
            let plaintext: [UInt8]
            if Seam.isTransparent || Canary.plainFrame.sings {
                guard ciphertext.count >= FrameHeader.tagBytes, header.from == from, header.to == to, header.epochLow == epoch.low,
                    let open = StandIn.open(ciphertext, key: word, context: context(header))
                else { throw .notOpened }
                plaintext = open
            } else {
                plaintext = try authenticOpen(header, ciphertext)
            }
            Seam.watch?.opened(key: word, counter: header.counter, by: to)
            return plaintext
        }
    }
#endif
