import Crypto
public import HotlineWire

/// SHA-256 (FIPS 180-4), HMAC-SHA-256 (RFC 2104) and HKDF-SHA-256 (RFC 5869) over byte arrays.
public enum Digest {
    public static func sha256(_ bytes: [UInt8]) -> Hash { hash(SHA256.hash(data: bytes)) }

    /// SHA-256 over a prefix byte and the parts, without joining them first (RFC 6962 §2.1 hashes this way).
    public static func sha256(prefix: UInt8, _ parts: [UInt8]...) -> Hash {
        var hasher = SHA256()
        hasher.update(data: [prefix])
        for part in parts { hasher.update(data: part) }
        return hash(hasher.finalize())
    }

    public static func hmac(key: [UInt8], _ bytes: [UInt8]) -> [UInt8] {
        HMAC<SHA256>.authenticationCode(for: bytes, using: SymmetricKey(data: key)).withUnsafeBytes { Array($0) }
    }

    /// Compares in a time that does not depend on where the two differ.
    public static func isHMAC(_ code: [UInt8], key: [UInt8], of bytes: [UInt8]) -> Bool {
        HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: bytes, using: SymmetricKey(data: key))
    }

    public static func hkdf(secret: [UInt8], salt: [UInt8], info: [UInt8], count: Int) -> [UInt8] {
        let key = HKDF<SHA256>.deriveKey(inputKeyMaterial: SymmetricKey(data: secret), salt: salt, info: info, outputByteCount: count)
        return key.withUnsafeBytes { Array($0) }
    }

    /// Random bytes from the system. For the shell: the core is given its entropy.
    public static func random(_ count: Int) -> [UInt8] {
        // The library has no key of no bits.
        guard count > 0 else { return [] }
        return SymmetricKey(size: SymmetricKeySize(bitCount: count * 8)).withUnsafeBytes { Array($0) }
    }

    private static func hash(_ digest: SHA256Digest) -> Hash {
        guard let hash = Hash(digest.withUnsafeBytes { Array($0) }) else { preconditionFailure("SHA-256 gives 32 bytes") }
        return hash
    }
}
