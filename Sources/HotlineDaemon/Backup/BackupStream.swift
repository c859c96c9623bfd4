import Crypto
import HotlineDesk
import HotlineSeal

/// A long text under one key, piece by piece: the STREAM construction (Hoang, Reyhanitabar, Rogaway and Vizár, 2015) with
/// ChaCha20-Poly1305 (RFC 8439), laid out as in age's payload. Pieces of 64 KiB; the nonce of each is its place, 11 bytes, and
/// whether it is the last. A piece that is changed, moved, doubled or missing, and a text that is cut short, do not open.
struct BackupStream {
    static let pieceBytes = 64 * 1024
    static let tagBytes = 16
    private let key: SymmetricKey
    private var place: UInt64 = 0

    init(key: [UInt8]) { self.key = SymmetricKey(data: key) }

    mutating func seal(_ piece: [UInt8], isLast: Bool) throws(DeskError) -> [UInt8] {
        guard let nonce = nonce(isLast), let box = try? ChaChaPoly.seal(piece, using: key, nonce: nonce) else { throw BackupStream.unavailable }
        place += 1
        return Array(box.ciphertext) + Array(box.tag)
    }

    /// Nil where a bit of it, its place, its end or the key is another.
    mutating func open(_ sealed: [UInt8], isLast: Bool) -> [UInt8]? {
        guard sealed.count >= BackupStream.tagBytes, let nonce = nonce(isLast),
            let box = try? ChaChaPoly.SealedBox(nonce: nonce, ciphertext: sealed.dropLast(BackupStream.tagBytes), tag: sealed.suffix(BackupStream.tagBytes)),
            let piece = try? ChaChaPoly.open(box, using: key)
        else { return nil }
        place += 1
        return Array(piece)
    }

    private func nonce(_ isLast: Bool) -> ChaChaPoly.Nonce? {
        let number = (0..<8).map { UInt8(truncatingIfNeeded: place >> UInt64(56 - 8 * $0)) }
        return try? ChaChaPoly.Nonce(data: [0, 0, 0] + number + [isLast ? 1 : 0])
    }

    private static let unavailable = DeskError(.unavailable, "the sealing library refused", hint: "try again; if it stays so, report it")
}
