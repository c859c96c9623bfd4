/// Why a key, a signature or a sealed thing was not accepted.
///
/// Failures to open or to verify carry no detail on purpose: there is one path, and it tells a forger nothing.
public enum SealError: Error, Hashable, Sendable {
    case wrongLength(what: String, found: Int, expected: Int)
    /// An Ed25519 public key of small order, or not on the curve: its holder could repudiate what it signs.
    case weakKey
    /// The cryptographic library does not take these bytes as a key.
    case invalidKey(what: String)
    case notVerified
    case notOpened
    /// The library could not do it for a reason of its own; never the peer's.
    case unavailable(what: String)
}
