public import HotlineRecord
public import HotlineSeal
public import HotlineWire

/// Who is on the line, by every agreement that is installed here. Each record is under one of them, its author's own choice; this
/// station writes under the last.
public struct Membership: Sendable {
    public let me: StationNumber
    /// Every agreement that is installed here, and the keys that each lists.
    public let keys: LineKeys
    /// All members, this station among them, in order.
    public let members: [StationNumber]
    /// What this station's next generation stands on.
    public let basis: Basis

    /// The version of the key statement in that; 0 where there is none.
    public let keysVersion: UInt64

    public init(me: StationNumber, keys: LineKeys, keysVersion: UInt64 = 0) {
        self.keysVersion = keysVersion
        self.me = me
        self.keys = keys
        members = keys.stations
        precondition(members.contains(me), "a station is a member of its own line")
        basis = keys.latest(of: me)
    }

    /// LH: the hash of the first agreement. Names the line for ever.
    public var line: Hash { keys.line }
    /// AH: the agreement under which this station writes.
    public var agreement: Hash { basis.agreement }

    public var peers: [StationNumber] { members.filter { $0 != me } }

    /// The keys of a station for a generation on this basis; nil where what it names is not installed here.
    public func keys(of station: StationNumber, on basis: Basis) -> StationPublicKeys? { keys.keys(of: station, on: basis) }

    /// Our own keys, with which this start signs.
    public var ownKeys: StationPublicKeys {
        guard let own = keys.keys(of: me, on: basis) else { preconditionFailure("the latest agreement lists every member") }
        return own
    }

    public func parties(offerer: StationNumber, accepter: StationNumber) -> EpochParties {
        EpochParties(line: line, offerer: offerer, accepter: accepter)
    }
}
