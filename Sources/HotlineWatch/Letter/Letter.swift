public import HotlineAgreement
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
    public var text: String

    public init(
        to: PostNumber, from: PostNumber? = nil, channel: ChannelNumber? = nil, precedence: Precedence, language: LanguageNumber,
        exercise: Bool = false, references: [EntryID] = [], text: String
    ) {
        self.to = to
        self.from = from
        self.channel = channel
        self.precedence = precedence
        self.language = language
        self.exercise = exercise
        self.references = references
        self.text = text
    }
}

/// A letter that the agreement allows: kind 1. Its content is its text, UTF-8 as typed, and nothing else; all the rest
/// stands in the entry's header.
public struct Letter: Hashable, Sendable {
    public let from: PostNumber
    public let to: PostNumber
    public let channel: ChannelNumber
    public let precedence: Precedence
    public let language: LanguageNumber
    public let exercise: Bool
    public let text: String

    public var content: [UInt8] { Array(text.utf8) }

    public func header(claimedTime: UInt64) -> EntryHeader {
        EntryHeader(
            kind: EntryKind.letter.rawValue, precedence: precedence, exercise: exercise, channel: channel.value, fromPost: from.value,
            toPost: to.value, language: language.value, claimedTime: claimedTime
        )
    }

    init(
        from: PostNumber, to: PostNumber, channel: ChannelNumber, precedence: Precedence, language: LanguageNumber, exercise: Bool, text: String
    ) {
        self.from = from
        self.to = to
        self.channel = channel
        self.precedence = precedence
        self.language = language
        self.exercise = exercise
        self.text = text
    }
}
