public import HotlineAgreement

/// What an officer hands in, before it is checked.
public enum Draft: Hashable, Sendable {
    case letter(LetterDraft)
    /// A statement about a letter, or about a request for a contact.
    case act(ActDraft)
    case channel(ChannelDraft)
    case request(RequestDraft)
    case contact(ContactDraft)
    /// What enough officers have signed.
    case release(ReleaseDraft)
    /// Our officers and their keys, from here on.
    case roster(Roster)

    /// Whether it is judged by what the journal holds.
    public var isAboutThePast: Bool {
        switch self {
        case .act, .contact, .release, .roster: true
        case .letter, .channel, .request: false
        }
    }
}
