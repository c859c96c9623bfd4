/// What an officer hands in, before it is checked.
public enum Draft: Hashable, Sendable {
    case letter(LetterDraft)
    /// A statement about a letter, or about a request for a contact.
    case act(ActDraft)
    case channel(ChannelDraft)
    case request(RequestDraft)
    case contact(ContactDraft)
    case presence(PresenceDraft)

    /// Whether it is judged by what the journal holds.
    public var isAboutThePast: Bool {
        switch self {
        case .act, .contact: true
        case .letter, .channel, .request, .presence: false
        }
    }
}
