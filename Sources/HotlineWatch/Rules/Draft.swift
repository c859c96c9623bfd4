public import HotlineAgreement
public import HotlineWire

/// What an officer hands in, before it is checked.
public enum Draft: Hashable, Sendable {
    case letter(LetterDraft)
    /// A statement about a letter, or about a request for a contact.
    case act(ActDraft)
    case channel(ChannelDraft)
    case request(RequestDraft)
    case contact(ContactDraft)
    case presence(PresenceDraft)
    /// What enough officers have signed.
    case release(ReleaseDraft)
    /// Our officers and their keys, from here on.
    case roster(Roster)

    /// The letter or the request that it speaks of; nil where it speaks of none.
    public var about: EntryID? {
        switch self {
        case .act(let draft): draft.about
        case .contact(let draft): draft.about
        case .letter, .channel, .request, .presence, .release, .roster: nil
        }
    }

    /// Whether it is judged by what the journal holds.
    public var isAboutThePast: Bool {
        switch self {
        case .act, .contact, .release, .roster: true
        case .letter, .channel, .request, .presence: false
        }
    }
}
