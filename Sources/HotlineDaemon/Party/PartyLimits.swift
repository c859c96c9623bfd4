import HotlineWire

/// The limits of what a party's directory holds and of what is read from it. Beyond one of these, a file is refused.
enum PartyLimits {
    /// `sun_path` of a Unix socket is 108 bytes, the last of them zero (unix(7)).
    static let socketPathBytesMax = 107
    /// A key file: a few short lines; the longest seed is 160 bytes, 216 in base64, and a name has at most 200.
    static let keyFileBytesMax = 4096
    /// A certificate of one Ed25519 key is 250 bytes or so.
    static let certificateBytesMax = 8192
    /// Read no more of a file that claims to be a card than a card can have; the card's own parser has the exact limit.
    static let cardBytesMax = 64 * 1024
    static let agreementBytesMax = Limits.agreementBytesMax
    /// A configuration is a page; a file of another kind, named by mistake, is not read whole.
    static let configurationBytesMax = 64 * 1024
    /// Passphrases, in bytes. Six words from a list have 30; what is shorter than 12 is found by trying.
    static let passphraseBytes = 12...1024
    /// The logarithm of scrypt's N (RFC 7914). At 17 and block size 8 one try costs 128 MiB and half a second; a file that
    /// asks for more than 1 GiB is not a key of ours.
    static let scryptCostRange = 14...20
    static let scryptCost = 17
    /// Officers of one roster (AGR-46).
    static let officersMax = 64
}
