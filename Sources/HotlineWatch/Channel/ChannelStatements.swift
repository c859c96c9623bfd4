public import HotlineAgreement
public import HotlineRecord
public import HotlineWire

/// What the parties have stated about channels: of each party and channel the last statement that counts (docs/spec/watch.md, WAT-14).
public struct ChannelStatements: Sendable {
    private var words = LatestWords()

    public init() {}

    /// Takes an entry in that has just become durable here; whatever it is.
    public mutating func apply(_ entry: Entry, at: WallTime, _ agreement: Agreement) {
        guard let statement = ChannelStatements.statement(entry, agreement) else { return }
        words.say(UInt16(statement.change.rawValue), of: entry.header.channel, in: entry.id, at: at)
    }

    /// As they stand.
    ///
    /// - Parameter order: asked for only where a party has spoken in more than one generation.
    public func suspensions(_ order: () -> RecordOrder) -> Suspensions {
        var held: [StationNumber: [UInt8: Suspensions.Suspension]] = [:]
        for (place, word) in words.latest(order) where word.value == UInt16(ChannelStatement.Change.suspended.rawValue) {
            held[place.party, default: [:]][place.thing] = Suspensions.Suspension(entry: word.entry, at: word.at)
        }
        return Suspensions(held)
    }

    /// What an entry states about a channel that may be suspended; nil for any other entry, and for one that says nothing that counts.
    public static func statement(_ entry: Entry, _ agreement: Agreement) -> ChannelStatement? {
        let header = entry.header
        guard EntryKind(rawValue: header.kind) == .channel, let channel = ChannelNumber(header.channel).flatMap({ agreement.channel($0) }),
            channel.suspension != .never, header.precedence == .immediate, !header.exercise, header.fromPost == 0, header.toPost == 0
        else { return nil }
        return try? ChannelStatement(content: entry.content)
    }

    public func encode(into encoder: inout Encoder) { words.encode(into: &encoder) }

    public init(_ decoder: inout Decoder) throws(WireError) { words = try LatestWords(&decoder) }
}
