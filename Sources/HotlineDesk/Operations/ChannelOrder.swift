/// What an officer states about a channel, in the agreement's own names.
public struct ChannelOrder: Codable, Hashable, Sendable {
    /// A channel's code.
    public var channel: String
    /// Whether it is suspended; else it is resumed.
    public var isSuspended: Bool
    /// A suspension says why.
    public var reason: String
    /// The language of the reason, as a tag; nil for the first language of one's own party.
    public var language: String?

    public init(channel: String, isSuspended: Bool, reason: String, language: String? = nil) {
        self.channel = channel
        self.isSuspended = isSuspended
        self.reason = reason
        self.language = language
    }
}

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
