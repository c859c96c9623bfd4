/// A channel as it stands.
public struct ChannelView: Codable, Hashable, Sendable {
    public let code: String
    public let title: String
    /// The most urgent first.
    public let precedences: [String]
    public let suspensions: [Suspension]
    /// What may be sent on it as it stands.
    public let passing: [String]

    public struct Suspension: Codable, Hashable, Sendable {
        public let party: String
        /// RFC 3339, our own clock.
        public let since: String
        /// The entry that states it.
        public let serial: String
        public init(party: String, since: String, serial: String) {
            self.party = party
            self.since = since
            self.serial = serial
        }
    }

    public init(code: String, title: String, precedences: [String], suspensions: [Suspension], passing: [String]) {
        self.code = code
        self.title = title
        self.precedences = precedences
        self.suspensions = suspensions
        self.passing = passing
    }
}
