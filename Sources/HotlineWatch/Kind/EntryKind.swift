/// What an entry states. The number is what stands in its header; one that is not here is kept all the same and shown
/// as 'unknown kind n'.
public enum EntryKind: UInt8, Sendable, CaseIterable {
    /// The beginning of a generation (HotlineRecord's `Opening`).
    case opening = 0
    /// A text to a post.
    case letter = 1
    /// What a restored station may lack (HotlineRecord's `Declaration`).
    case declaration = 2
    /// What it has taken back (HotlineRecord's `Recovered`).
    case recovery = 3
    /// That another agreement is in force for its author's record (HotlineRecord's `InForce`).
    case inForce = 4
    /// The party's officers and their release keys (HotlineAgreement's `Roster`).
    case roster = 5
    /// A text to a post, with a reply-by time of its own.
    case letterByTime = 6
    /// How far a letter of the other side has got (`Receipt`).
    case receipt = 7
    /// An answer to it that the agreement authorises in advance, by its number.
    case holdingReply = 8
    /// What became of it (`LetterOutcome`).
    case outcome = 9
    /// That a channel is suspended, or resumed (`ChannelStatement`).
    case channel = 10
    /// That a post asks for a contact with another (`ContactRequest`).
    case contactRequest = 11
    /// What is stated about such a request, besides receipts, holding replies and outcomes (`ContactStep`).
    case contactStatement = 12
    /// That officers have released a statement, signed with their light keys (`Attestation`).
    case lightRelease = 13
    /// The same with their composite keys.
    case release = 14
    /// Whether a post is manned, or that this is asked (`PresenceStatement`).
    case presence = 15

    /// Whether it is a letter, of either kind.
    public var isLetter: Bool {
        switch self {
        case .letter, .letterByTime: true
        case .opening, .declaration, .recovery, .inForce, .roster, .receipt, .holdingReply, .outcome, .channel, .contactRequest, .contactStatement, .lightRelease, .release,
            .presence:
            false
        }
    }

    /// Whether it may state something about a request for a contact.
    public var isAboutContacts: Bool {
        switch self {
        case .receipt, .holdingReply, .outcome, .contactStatement: true
        case .opening, .letter, .letterByTime, .declaration, .recovery, .inForce, .roster, .channel, .contactRequest, .lightRelease, .release, .presence: false
        }
    }
}
