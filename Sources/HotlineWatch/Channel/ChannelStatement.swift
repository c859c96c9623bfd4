public import HotlineWire

/// What a party states about a channel, kind 10: the channel stands in the entry's header, the content is the change (1 byte) and
/// the reason, UTF-8 to the end (docs/spec/watch.md).
public struct ChannelStatement: Hashable, Sendable {
    public enum Change: UInt8, Sendable, CaseIterable {
        case suspended = 1
        case resumed = 2
    }
    public let change: Change
    /// UTF-8 as it was typed. A suspension says why.
    public let reason: [UInt8]

    public init(_ change: Change, reason: [UInt8]) {
        self.change = change
        self.reason = reason
    }

    public var content: [UInt8] { [change.rawValue] + reason }

    /// - Throws: where the content is not of its kind. The entry is kept all the same; it changes nothing.
    public init(content: [UInt8]) throws(WireError) {
        var decoder = Decoder(content)
        let byte = try decoder.byte()
        guard let change = Change(rawValue: byte) else { throw .invalid(what: "change of a channel", found: UInt64(byte)) }
        let reason = decoder.rest()
        guard String(validating: reason, as: UTF8.self) != nil else { throw .notUTF8 }
        guard change == .resumed || !reason.isEmpty else { throw .truncated }
        self.init(change, reason: reason)
    }
}

/// What an officer hands in about a channel, before it is checked.
public struct ChannelDraft: Hashable, Sendable {
    public var channel: UInt8
    public var change: ChannelStatement.Change
    public var language: UInt8
    public var reason: String

    public init(channel: UInt8, change: ChannelStatement.Change, language: UInt8, reason: String) {
        self.channel = channel
        self.change = change
        self.language = language
        self.reason = reason
    }
}
