public import HotlineWire

/// What a station states in its own record once it writes on another basis than before: kind 4, entry 1 of the first generation
/// on that basis. The opening before it says so to machines; this entry says it to people, and can be disclosed.
public struct InForce: Hashable, Sendable {
    public static let kind: UInt8 = 4
    /// Of agreements and of key statements (docs/spec/agreement.md, AGR-10 and AGR-49).
    static let versionMax: UInt64 = 1_000_000

    public let basis: Basis
    /// The version of the agreement, as the author has read it; 1 for the first.
    public let version: UInt64
    /// The version of the key statement; 0 where there is none.
    public let keysVersion: UInt64

    public init(basis: Basis, version: UInt64, keysVersion: UInt64) {
        self.basis = basis
        self.version = version
        self.keysVersion = keysVersion
    }

    public var encoded: [UInt8] {
        var encoder = Encoder()
        encoder.put(basis)
        encoder.put(varint: version)
        encoder.put(varint: keysVersion)
        return encoder.bytes
    }

    public init(_ content: [UInt8]) throws(WireError) {
        var decoder = Decoder(content)
        basis = try decoder.basis()
        version = try decoder.varint()
        keysVersion = try decoder.varint()
        guard (basis.statement == nil) == (keysVersion == 0), keysVersion <= InForce.versionMax else { throw .invalid(what: "key statement", found: keysVersion) }
        guard (1...InForce.versionMax).contains(version) else { throw .invalid(what: "version of an agreement", found: version) }
        try decoder.finish()
    }
}
