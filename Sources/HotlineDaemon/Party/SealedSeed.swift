import Crypto
import CryptoExtras
import HotlineDesk
import HotlineSeal
import HotlineWire

/// A seed in a box: AES-256-GCM under a key that scrypt (RFC 7914) makes of a passphrase and a salt. The key file's
/// heading is authenticated with it, so that one box cannot stand in another's file.
struct SealedSeed: Hashable, Sendable {
    private static let blockSize = 8
    private static let parallelism = 1
    private static let saltSize = 16
    /// Nonce and tag.
    private static let overhead = 12 + 16

    /// The logarithm of scrypt's N.
    let cost: Int
    let salt: [UInt8]
    /// Nonce, ciphertext, tag.
    let box: [UInt8]

    static func seal(_ seed: [UInt8], under passphrase: Passphrase, heading: [UInt8], cost: Int) throws(DeskError) -> SealedSeed {
        let salt = Digest.random(saltSize)
        let key = try key(passphrase, salt: salt, cost: cost)
        guard let sealed = try? AES.GCM.seal(seed, using: key, authenticating: heading), let box = sealed.combined else { throw unavailable }
        return SealedSeed(cost: cost, salt: salt, box: Array(box))
    }

    /// Nil where the passphrase is another, or a bit of the file.
    func open(with passphrase: Passphrase, heading: [UInt8]) throws(DeskError) -> [UInt8]? {
        let key = try SealedSeed.key(passphrase, salt: salt, cost: cost)
        guard let sealed = try? AES.GCM.SealedBox(combined: box), let seed = try? AES.GCM.open(sealed, using: key, authenticating: heading) else {
            return nil
        }
        return Array(seed)
    }

    private init(cost: Int, salt: [UInt8], box: [UInt8]) {
        self.cost = cost
        self.salt = salt
        self.box = box
    }

    var lines: [UInt8] {
        Array("sealed scrypt \(cost) \(SealedSeed.blockSize) \(SealedSeed.parallelism) \(Base64.string(salt))\nbox \(Base64.string(box))\n".utf8)
    }

    /// Nil for other parameters than ours: a file must not make the program compute for an hour.
    init?(parameters: String, box: String, seedSize: Int) {
        let words = parameters.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 5, words[0] == "scrypt", let cost = Int(words[1]), PartyLimits.scryptCostRange.contains(cost),
            words[2] == String(SealedSeed.blockSize), words[3] == String(SealedSeed.parallelism),
            let salt = Base64.bytes(words[4]), salt.count == SealedSeed.saltSize,
            let box = Base64.bytes(box), box.count == seedSize + SealedSeed.overhead
        else { return nil }
        self.init(cost: cost, salt: salt, box: box)
    }

    private static func key(_ passphrase: Passphrase, salt: [UInt8], cost: Int) throws(DeskError) -> SymmetricKey {
        let derived = try? KDF.Scrypt.deriveKey(
            from: passphrase.bytes, salt: salt, outputByteCount: 32, rounds: 1 << cost, blockSize: blockSize, parallelism: parallelism
        )
        guard let derived else { throw unavailable }
        return derived
    }

    private static let unavailable = DeskError(
        .unavailable, "the passphrase could not be worked into a key", hint: "this takes 128 MiB of memory for a moment: make room and try again"
    )
}
