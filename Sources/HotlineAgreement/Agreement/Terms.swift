public import HotlineWire

/// What an agreement says, as values. A draft edits them; a signed agreement never changes.
public struct Terms: Hashable, Sendable {
    /// The name of the line, for people.
    public var line: String
    public var date: WallTime
    public var edition: Edition
    /// The text before the terms, line by line, for people alone; every byte of it is signed.
    public var preamble: [String]
    public var parties: [Party]
    public var languages: [Language]
    public var posts: [Post]
    public var channels: [Channel]
    public var deadlines: DeadlineTable
    public var flash: FlashLimits
    public var tests: LineTests
    public var contacts: [RegularContact]
    public var holdingReplies: [HoldingReply]
    public var declineReasons: [DeclineReason]
    public var glossary: [Term]
    public var phrasebook: [Signal]
    public var forms: [Form]

    public init(
        line: String, date: WallTime, edition: Edition = .first, preamble: [String], parties: [Party], languages: [Language], posts: [Post],
        channels: [Channel], deadlines: DeadlineTable, flash: FlashLimits, tests: LineTests, contacts: [RegularContact] = [],
        holdingReplies: [HoldingReply], declineReasons: [DeclineReason] = [], glossary: [Term] = [], phrasebook: [Signal] = [],
        forms: [Form] = []
    ) {
        self.line = line
        self.date = date
        self.edition = edition
        self.preamble = preamble
        self.parties = parties
        self.languages = languages
        self.posts = posts
        self.channels = channels
        self.deadlines = deadlines
        self.flash = flash
        self.tests = tests
        self.contacts = contacts
        self.holdingReplies = holdingReplies
        self.declineReasons = declineReasons
        self.glossary = glossary
        self.phrasebook = phrasebook
        self.forms = forms
    }

    /// The date of the first agreement of the line: the time from which claimed times count.
    public var epoch: WallTime {
        switch edition {
        case .first: date
        case .amendment(let amendment): amendment.epoch
        }
    }
}
