/// How many epochs are to lie ahead, made while the line is wide, for when it is not.
public struct BankOrder: Codable, Hashable, Sendable {
    /// 1 to 64.
    public let ahead: Int
    /// The mark or the name of a party; nil for every peer.
    public let party: String?

    public init(ahead: Int, party: String? = nil) {
        self.ahead = ahead
        self.party = party
    }
}
