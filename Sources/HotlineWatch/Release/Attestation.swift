import HotlineAgreement
import HotlineSeal
public import HotlineWire

/// The officers' signatures under one statement, in an entry of their own whose first reference is the statement: kind 13 with the
/// light keys, so that a narrow bearer brings them with the text, kind 14 with the composite ones, which stand for ever
/// (docs/spec/watch.md, WAT-32).
public struct Attestation: Hashable, Sendable {
    public enum Strength: Sendable, CaseIterable {
        case light, composite

        public var kind: EntryKind {
            switch self {
            case .light: .lightRelease
            case .composite: .release
            }
        }

        /// Nil for a kind that is none of them.
        public init?(_ kind: UInt8) {
            guard let strength = Strength.allCases.first(where: { $0.kind.rawValue == kind }) else { return nil }
            self = strength
        }

        /// As an attestation goes: in the way of its statement.
        public func header(about statement: EntryHeader, claimedTime: UInt64) -> EntryHeader {
            EntryHeader(
                kind: kind.rawValue, precedence: statement.precedence, exercise: statement.exercise, channel: statement.channel, fromPost: statement.fromPost,
                toPost: statement.toPost, claimedTime: claimedTime
            )
        }

        var signatureSize: Int {
            switch self {
            case .light: LightPublicKey.signatureSize
            case .composite: CompositePublicKey.signatureSize
            }
        }
    }

    public struct Signature: Hashable, Sendable {
        /// The officer's code in the roster.
        public let officer: String
        public let bytes: [UInt8]
        public init(officer: String, bytes: [UInt8]) {
            self.officer = officer
            self.bytes = bytes
        }
    }

    public let release: ReleaseID
    /// The version of the roster that has the keys.
    public let roster: UInt64
    /// In the order of the roles that the agreement names.
    public let signatures: [Signature]

    public init(release: ReleaseID, roster: UInt64, signatures: [Signature]) {
        self.release = release
        self.roster = roster
        self.signatures = signatures
    }

    public var content: [UInt8] {
        var encoder = Encoder()
        encoder.put(release)
        encoder.put(varint: roster)
        encoder.put(byte: UInt8(signatures.count))
        for signature in signatures {
            encoder.put(text: signature.officer)
            encoder.put(raw: signature.bytes)
        }
        return encoder.bytes
    }

    /// - Throws: where the content is not of its kind. The entry is kept all the same; it proves nothing.
    public init(_ strength: Strength, content: [UInt8]) throws(WireError) {
        var decoder = Decoder(content)
        let release = try decoder.releaseID()
        let roster = try decoder.varint()
        guard roster > 0 else { throw .invalid(what: "version of a roster", found: 0) }
        let count = try decoder.byte()
        guard (1...WatchLimits.releasersMax).contains(Int(count)) else { throw .invalid(what: "officers of a release", found: UInt64(count)) }
        var signatures: [Signature] = []
        for _ in 0..<count {
            let officer = try decoder.text("code of an officer", max: WatchLimits.officerCodeMax)
            signatures.append(Signature(officer: officer, bytes: try decoder.raw(strength.signatureSize)))
        }
        try decoder.finish()
        self.init(release: release, roster: roster, signatures: signatures)
    }

    /// The release id that an entry names, whatever else is wrong with it; nil for an entry of another kind.
    public static func release(_ kind: UInt8, content: [UInt8]) -> ReleaseID? {
        guard Strength(kind) != nil else { return nil }
        return ReleaseID(Array(content.prefix(ReleaseID.size)))
    }
}
