import Crypto
import CryptoExtras
import Foundation
import HotlineAgreement
import HotlineDesk
import HotlineSeal
import HotlineWire

/// What stands in clear at the beginning of a backup; it is authenticated with everything after it:
///
///     hotline/1 backup
///     party W
///     created 2026-03-01T00:00:00Z
///     sealed scrypt 17 8 1 wY2…=
///
/// then an empty line. The key of the rest is HKDF-SHA-256 (RFC 5869) of what scrypt (RFC 7914) makes of the passphrase and the
/// salt, with the SHA-256 of this heading as HKDF's salt.
struct BackupHeading {
    static let title = "hotline/1 backup"
    private static let saltBytes = 16
    private static let label = Array("hotline/1 backup\n".utf8)
    /// The heading of any backup is shorter.
    static let bytesMax = 512

    let mark: String
    let created: WallTime
    private let cost: Int
    private let salt: [UInt8]

    init(mark: String, created: WallTime, cost: Int) {
        self.mark = mark
        self.created = created
        self.cost = cost
        salt = Digest.random(BackupHeading.saltBytes)
    }

    var bytes: [UInt8] {
        Array("\(BackupHeading.title)\nparty \(mark)\ncreated \(Timestamp.text(created))\nsealed scrypt \(cost) 8 1 \(Base64.string(salt))\n\n".utf8)
    }

    /// Nil where the text is not a heading in its one form. Other parameters than ours would make the program compute for an hour.
    init?(_ bytes: [UInt8]) {
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard lines.count == 6, lines[0] == BackupHeading.title, lines[1].hasPrefix("party "), lines[2].hasPrefix("created "),
            let created = Timestamp.time(String(lines[2].dropFirst(8))), lines[3].hasPrefix("sealed scrypt ")
        else { return nil }
        let words = lines[3].split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 6, let cost = Int(words[2]), PartyLimits.scryptCostRange.contains(cost), let salt = Base64.bytes(words[5]),
            salt.count == BackupHeading.saltBytes
        else { return nil }
        mark = String(lines[1].dropFirst(6))
        self.created = created
        self.cost = cost
        self.salt = salt
        guard self.bytes == bytes else { return nil }
    }

    func stream(under passphrase: Passphrase) throws(DeskError) -> BackupStream {
        let derived = try? KDF.Scrypt.deriveKey(
            from: passphrase.bytes, salt: salt, outputByteCount: 32, rounds: 1 << cost, blockSize: 8, parallelism: 1
        )
        guard let derived else {
            throw DeskError(
                .unavailable, "the passphrase could not be worked into a key", hint: "this takes 128 MiB of memory for a moment: make room and try again"
            )
        }
        let secret = derived.withUnsafeBytes { Array($0) }
        return BackupStream(key: Digest.hkdf(secret: secret, salt: Digest.sha256(bytes).bytes, info: BackupHeading.label, count: 32))
    }
}
