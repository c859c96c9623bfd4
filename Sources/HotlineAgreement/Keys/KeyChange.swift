public import HotlineSeal
public import HotlineWire

/// What a key statement says: which keys a party has from now on, why, and on whose word.
public struct KeyChange: Hashable, Sendable {
    /// LH.
    public var line: Hash
    /// AH: the agreement in force, whose keys for this party are replaced.
    public var agreement: Hash
    public var party: StationNumber
    /// Above that of every statement of the party before it.
    public var version: Int
    public var date: WallTime
    public var reason: Reason
    public var authority: Authority
    /// All keys of the party from now on, those that stay among them.
    public var keys: PartyKeys
    /// For the authority `recovery`: the two keys that sign, in the order in which the agreement lists their hashes.
    public var recoveryKeys: [CompositePublicKey]

    public init(
        line: Hash, agreement: Hash, party: StationNumber, version: Int, date: WallTime, reason: Reason, authority: Authority, keys: PartyKeys,
        recoveryKeys: [CompositePublicKey] = []
    ) {
        self.line = line
        self.agreement = agreement
        self.party = party
        self.version = version
        self.date = date
        self.reason = reason
        self.authority = authority
        self.keys = keys
        self.recoveryKeys = recoveryKeys
    }

    public enum Reason: String, Hashable, Sendable, CaseIterable {
        /// In order: what the old keys still do until the record has changed over counts.
        case replaced
        /// Somebody else has the old keys, or may have them: they are refused from the installation on.
        case stolen
    }

    public enum Authority: String, Hashable, Sendable, CaseIterable {
        /// The root key in force: it replaces the station, light and TLS keys, and nothing else.
        case root
        /// The next identity, whose hash is in force: its root key takes the place of a root key that is lost or stolen.
        case next
        /// Two of the three recovery keys whose hashes are in force: for when the next identity is gone as well.
        case recovery
    }

    /// What signs it, in order.
    var signers: [CompositePublicKey] {
        switch authority {
        case .root, .next: [keys.root]
        case .recovery: recoveryKeys
        }
    }
}
