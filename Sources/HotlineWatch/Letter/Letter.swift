public import HotlineAgreement
public import HotlineRecord
public import HotlineWire

/// What an officer hands in: a text to a post, before it is checked.
public struct LetterDraft: Hashable, Sendable {
    public var to: PostNumber
    /// The post it speaks for; nil for the counterpart of the addressee.
    public var from: PostNumber?
    /// Nil for the first channel on which one officer may send this precedence.
    public var channel: ChannelNumber?
    public var precedence: Precedence
    /// The language of the text, as the agreement numbers it.
    public var language: LanguageNumber
    public var exercise: Bool
    public var references: [EntryID]
    /// By when an answer is asked for, in claimed time; nil for the time that the agreement gives.
    public var replyBy: UInt64?
    public var text: String

    public init(
        to: PostNumber, from: PostNumber? = nil, channel: ChannelNumber? = nil, precedence: Precedence, language: LanguageNumber,
        exercise: Bool = false, references: [EntryID] = [], replyBy: UInt64? = nil, text: String
    ) {
        self.to = to
        self.from = from
        self.channel = channel
        self.precedence = precedence
        self.language = language
        self.exercise = exercise
        self.references = references
        self.replyBy = replyBy
        self.text = text
    }
}

/// A letter that the agreement allows: kind 1, its content its text, UTF-8 as typed, and nothing else; or kind 6, its content
/// the time by which an answer is asked for (claimed time, an integer) and the text. All the rest stands in the entry's header.
public struct Letter: Hashable, Sendable {
    public let from: PostNumber
    public let to: PostNumber
    public let channel: ChannelNumber
    public let precedence: Precedence
    public let language: LanguageNumber
    public let exercise: Bool
    /// Claimed time; nil for the time that the agreement gives.
    public let replyBy: UInt64?
    public let text: String

    public var content: [UInt8] {
        var encoder = Encoder()
        if let replyBy { encoder.put(varint: replyBy) }
        encoder.put(raw: Array(text.utf8))
        return encoder.bytes
    }

    public func header(claimedTime: UInt64) -> EntryHeader { header(kind: replyBy == nil ? .letter : .letterByTime, claimedTime: claimedTime) }

    func header(kind: EntryKind, claimedTime: UInt64) -> EntryHeader {
        EntryHeader(
            kind: kind.rawValue, precedence: precedence, exercise: exercise, channel: channel.value,
            fromPost: from.value, toPost: to.value, language: language.value, claimedTime: claimedTime
        )
    }

    /// The text of a letter of either kind, UTF-8 as it was typed, unchecked; nil for what is no letter.
    public static func text(_ entry: Entry) -> [UInt8]? {
        switch EntryKind(rawValue: entry.header.kind) {
        case .letter: return entry.content
        case .letterByTime:
            var decoder = Decoder(entry.content)
            return (try? decoder.varint()) == nil ? entry.content : decoder.rest()
        case .opening, .declaration, .recovery, .inForce, .roster, .receipt, .holdingReply, .outcome, .channel, .contactRequest, .contactStatement, .lightRelease, .release,
            .presence,
            nil:
            return nil
        }
    }

    /// The time of its own by which a letter asks for an answer; nil where the agreement's counts.
    public static func replyBy(_ entry: Entry) -> UInt64? {
        guard EntryKind(rawValue: entry.header.kind) == .letterByTime else { return nil }
        var decoder = Decoder(entry.content)
        return try? decoder.varint()
    }

    init(
        from: PostNumber, to: PostNumber, channel: ChannelNumber, precedence: Precedence, language: LanguageNumber, exercise: Bool, replyBy: UInt64?,
        text: String
    ) {
        self.from = from
        self.to = to
        self.channel = channel
        self.precedence = precedence
        self.language = language
        self.exercise = exercise
        self.replyBy = replyBy
        self.text = text
    }
}
