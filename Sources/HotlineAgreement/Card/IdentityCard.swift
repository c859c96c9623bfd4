public import HotlineSeal
public import HotlineWire

/// An identity card that can be read; nobody has checked its signature.
public struct UnverifiedCard: Hashable, Sendable {
    public let identity: Identity
    /// The bytes that are signed: everything above the line `signature`.
    public let text: [UInt8]
    public let signature: [UInt8]

    /// - Throws: `malformed` with every problem found, at most twenty.
    public init(_ bytes: [UInt8]) throws(AgreementError) { (identity, text, signature) = try CardText.read(bytes) }

    /// - Throws: `notVerified` unless the root key on the card signed it.
    public func verified() throws(AgreementError) -> IdentityCard {
        guard identity.keys.root.verifies(signature, over: Label.card + text) else { throw .notVerified(nil) }
        return IdentityCard(self)
    }
}

/// An identity card signed by its own root key. Only verification makes one; that the key is the party's, two people find
/// out by reading its fingerprint to each other.
public struct IdentityCard: Hashable, Sendable {
    private let unverified: UnverifiedCard
    fileprivate init(_ unverified: UnverifiedCard) { self.unverified = unverified }

    /// - Throws: `malformed`, `notVerified`.
    public static func parse(_ bytes: [UInt8]) throws(AgreementError) -> IdentityCard { try UnverifiedCard(bytes).verified() }

    public var identity: Identity { unverified.identity }
    /// SHA-256 of the signed text.
    public var hash: Hash { Digest.sha256(unverified.text) }
    public var fingerprint: Fingerprint { Fingerprint(hash) }
    /// The whole card, as it is carried.
    public var file: [UInt8] { CardText.file(unverified.text, unverified.signature) }
}
