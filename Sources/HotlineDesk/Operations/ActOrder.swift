/// What an officer states about a letter, in the agreement's own names.
public struct ActOrder: Codable, Hashable, Sendable {
    public enum Act: Codable, Hashable, Sendable {
        /// It is in the hands of the watch.
        case take
        /// It is before the principal.
        case lay
        /// A holding reply of the agreement, by its number.
        case hold(UInt8)
        case answer(String)
        /// `reason` is a reason's code or number; the text may be empty.
        case decline(reason: String, String)
        /// Waiting for authority: until when (RFC 3339), and of which post of one's own.
        case notYet(until: String?, awaiting: String?, String)
        case withdraw(String)
        /// No answer came in time.
        case lapse
    }
    /// The letter's serial.
    public var about: String
    public var act: Act
    /// The language of the text, as a tag; nil for the first language of one's own party.
    public var language: String?

    public init(about: String, act: Act, language: String? = nil) {
        self.about = about
        self.act = act
        self.language = language
    }
}
