public import HotlineSeal
public import HotlineWire

/// Who is on the line, as the agreement in force says.
public struct Membership: Sendable {
    /// LH: the hash of the first agreement. Names the line for ever.
    public let line: Hash
    /// AH: the hash of the agreement in force.
    public let agreement: Hash
    public let me: StationNumber
    /// All members, this station among them, in order of station number.
    public let members: [StationPublicKeys]

    public init(line: Hash, agreement: Hash, me: StationNumber, members: [StationPublicKeys]) {
        precondition(members.contains { $0.number == me }, "a station is a member of its own line")
        self.line = line
        self.agreement = agreement
        self.me = me
        self.members = members.sorted { $0.number < $1.number }
    }

    public var peers: [StationNumber] { members.map(\.number).filter { $0 != me } }

    public func keys(of station: StationNumber) -> StationPublicKeys? { members.first { $0.number == station } }

    public func parties(offerer: StationNumber, accepter: StationNumber) -> EpochParties {
        EpochParties(line: line, offerer: offerer, accepter: accepter)
    }
}
