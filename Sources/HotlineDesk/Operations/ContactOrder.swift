/// A contact as an officer asks for it, in the agreement's own names.
public struct ContactOrder: Codable, Hashable, Sendable {
    /// To whom, from whom and how, with the subject as its text.
    public var letter: LetterOrder
    /// text, voice, visit or other.
    public var medium: String
    /// `FROM/TO`, each RFC 3339; `FROM/` and a duration such as `30m` or `2h` too.
    public var windows: [String]

    public init(letter: LetterOrder, medium: String, windows: [String]) {
        self.letter = letter
        self.medium = medium
        self.windows = windows
    }
}

/// What an officer states about a contact, besides what is stated about letters too (`ActOrder`).
public struct ContactStepOrder: Codable, Hashable, Sendable {
    public enum Step: Codable, Hashable, Sendable {
        /// A window of the other side's last offer, from 1.
        case accept(window: Int)
        case propose(windows: [String], String)
        /// Our post is at the machine for the text session.
        case open
        case say(String)
        case close
        case held(window: String)
        /// By whom: a party's mark or name.
        case missed(by: String)
        case minutes(String)
        /// The other side's last minutes are ours too.
        case confirm
    }
    /// The request's serial.
    public var about: String
    public var step: Step
    /// The language of the text, as a tag; nil for the first language of one's own party.
    public var language: String?

    public init(about: String, step: Step, language: String? = nil) {
        self.about = about
        self.step = step
        self.language = language
    }
}
