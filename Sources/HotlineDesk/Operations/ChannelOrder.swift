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
