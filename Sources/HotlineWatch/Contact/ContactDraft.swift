public import HotlineAgreement
public import HotlineWire

/// What an officer asks for: a contact with a post, before it is checked.
public struct RequestDraft: Hashable, Sendable {
    /// How it is to be addressed: its text is the subject.
    public var letter: LetterDraft
    public var medium: Medium
    public var windows: [Window]

    public init(letter: LetterDraft, medium: Medium, windows: [Window]) {
        self.letter = letter
        self.medium = medium
        self.windows = windows
    }
}

/// What an officer states about a request for a contact, before it is checked.
public struct ContactDraft: Hashable, Sendable {
    public var about: EntryID
    public var step: ContactStep
    /// The language of its text; nil where it has none.
    public var language: LanguageNumber?

    public init(about: EntryID, step: ContactStep, language: LanguageNumber? = nil) {
        self.about = about
        self.step = step
        self.language = language
    }
}

/// Why nothing was stated about a contact.
public enum ContactRefusal: Hashable, Sendable {
    /// What it is about is no request for a contact, or not here.
    case noRequest
    /// It would be a breach.
    case breach(Breach)
    case noWindows
    case tooManyWindows(Int, max: Int)
    /// A window that is over by our clock; claimed times.
    case windowPassed(Window, now: UInt64)
    /// An answer that is asked for after the last window has begun.
    case replyByAfterWindows(UInt64)
    /// There is nothing of the other side to accept, or to confirm.
    case nothingOffered
}
