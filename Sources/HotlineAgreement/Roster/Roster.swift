public import HotlineSeal
public import HotlineWire

/// A party's own list of its officers' release keys, by role. A party changes its staff without asking its adversary: its root key
/// signs the list, and nobody else does. Only verification makes one: `UnverifiedRoster.verified(by:on:)`.
public struct Roster: Hashable, Sendable {
    /// An entry of this kind in a party's record holds one.
    public static let kind: UInt8 = 5

    private let unverified: UnverifiedRoster
    fileprivate init(_ unverified: UnverifiedRoster) { self.unverified = unverified }

    public var party: StationNumber { unverified.party }
    /// Above that of every roster of the party before it.
    public var version: UInt64 { unverified.version }
    /// In order of code; none where all are revoked.
    public var officers: [Officer] { unverified.officers }
    /// The entry's content.
    public var content: [UInt8] { unverified.content }

    public func officer(_ code: String) -> Officer? { officers.first { $0.code == code } }
    public func officers(with role: OfficerRole) -> [Officer] { officers.filter { $0.roles.contains(role) } }

    /// One officer and the keys with which nobody else releases.
    public struct Officer: Hashable, Sendable {
        /// What the officer is called on the line; it need not say who it is.
        public let code: String
        /// In the order of `OfficerRole`, at least one.
        public let roles: [OfficerRole]
        /// Signs at once, so that a narrow bearer can carry it.
        public let light: LightPublicKey
        /// Signs for ever.
        public let composite: CompositePublicKey

        public init(code: String, roles: [OfficerRole], light: LightPublicKey, composite: CompositePublicKey) {
            self.code = code
            self.roles = OfficerRole.allCases.filter(roles.contains)
            self.light = light
            self.composite = composite
        }
    }
}

/// A roster whose form is right and whose signature nobody has checked.
public struct UnverifiedRoster: Hashable, Sendable {
    public let party: StationNumber
    public let version: UInt64
    public let officers: [Roster.Officer]
    public let signature: [UInt8]

    init(party: StationNumber, version: UInt64, officers: [Roster.Officer], signature: [UInt8]) {
        self.party = party
        self.version = version
        self.officers = officers
        self.signature = signature
    }

    /// - Throws: `notVerified` unless the party's root key signed it for this line.
    public func verified(by root: CompositePublicKey, on line: Hash) throws(RosterFault) -> Roster {
        guard root.verifies(signature, over: signedBytes(on: line)) else { throw .notVerified(party) }
        return Roster(self)
    }

    func signedBytes(on line: Hash) -> [UInt8] {
        var encoder = Label.body(Label.roster, line: line, signer: party)
        encoder.put(raw: body)
        return encoder.bytes
    }
}

/// The rosters that are in force on a line: of each party the one with the highest version.
public struct Rosters: Hashable, Sendable {
    private var inForce: [StationNumber: Roster] = [:]

    public init() {}

    public func roster(of party: StationNumber) -> Roster? { inForce[party] }

    /// In force from here on, in the order in which the entries of the party's record stand.
    ///
    /// - Throws: `stale` for a version that is not above the one in force: an old enrolment would come back after its revocation.
    public mutating func take(_ roster: Roster) throws(RosterFault) {
        if let before = inForce[roster.party], roster.version <= before.version {
            throw .stale(found: roster.version, inForce: before.version)
        }
        inForce[roster.party] = roster
    }
}

/// Why a roster does not count. The entry that holds it is kept all the same.
public enum RosterFault: Error, Hashable, Sendable {
    case malformed(WireError)
    /// A code that is none, or that is not above the one before it.
    case code(String)
    case noRole(String)
    /// One key for two officers, or for two purposes.
    case sharedKey(String)
    case notVerified(StationNumber)
    case stale(found: UInt64, inForce: UInt64)
    case seal(SealError)
}
