public import HotlineAgreement
public import HotlineLine
public import HotlineRecord
public import HotlineSeal
public import HotlineWatch
public import HotlineWire

/// What the world tells a station, one thing at a time.
public enum Input: Sendable {
    /// The first input of every start: opens a generation. `restored` where the record is that of a backup, or where its secrets
    /// are not those of the record (`StartMark`).
    case start(restored: Restored?)
    /// An officer's letter. `ticket` comes back with the answer.
    case compose(LetterDraft, ticket: UInt64)
    /// What an officer states about a letter. `course` is that of the letter, as the shell has read it for this very input
    /// (`History.course`); nil where there is no such letter here.
    case act(ActDraft, course: Course?, ticket: UInt64)
    /// An officer suspends a channel, or resumes it.
    case channel(ChannelDraft, ticket: UInt64)
    /// An officer asks for a contact.
    case request(RequestDraft, ticket: UInt64)
    /// What an officer states about a contact; `contact` as the shell has read it for this very input (`History.contact`), nil where
    /// there is no such request here.
    case contact(ContactDraft, contact: Contact?, ticket: UInt64)
    /// An officer says whether a post of ours is manned, or asks about one of another party.
    case presence(PresenceDraft, ticket: UInt64)
    /// What enough officers have signed.
    case release(ReleaseDraft, ReleasePast, ticket: UInt64)
    /// Our officers from here on; `inForce` is the version of the roster before, nil where there is none.
    case roster(Roster, inForce: UInt64?, ticket: UInt64)
    case bearer(BearerEvent, peer: StationNumber)
    /// What the shell was asked to sign or to make.
    case signed(Checkpoint, CheckpointStrength, signature: [UInt8])
    case offerMade(peer: StationNumber, [OfferSecret], SignedOffers)
    case acceptMade(peer: StationNumber, SignedAccepts, [EpochSecret], object: UInt64)
    case staleMade(peer: StationNumber, SignedStale)
    /// An officer vouches for a part of our record that came back under a light signature alone.
    case confirm(GenerationID)
    /// An officer wants to have so many epochs with a peer ahead.
    case bank(peer: StationNumber, ahead: Int)
    /// Sign now, without waiting for quiet.
    case order(CheckpointStrength)
}

/// What has to be durable, and what may happen then.
public struct Outcome: Sendable {
    public internal(set) var rows: [JournalRow.New] = []
    public internal(set) var cells: [JournalCell] = []
    /// For the secrets' own store; durable before the rows are.
    public internal(set) var secretCells: [JournalCell] = []
    /// Whether the effects depend on the rows being durable. Lazy facts alone may wait for the next commit.
    public internal(set) var mustCommit = false
    public internal(set) var effects: [Effect] = []
    public init() {}

}

/// What the shell does once the outcome is durable.
public enum Effect: Sendable {
    case transmit(BearerID, [UInt8])
    /// The path has not been heard for this long: make a new one.
    case reset(BearerID, silence: Span)
    case sign(Checkpoint, CheckpointStrength)
    /// One batch.
    case makeOffers(peer: StationNumber, [EpochNumber])
    case makeAccept(peer: StationNumber, SignedOffers, object: UInt64)
    /// Sign that the numbers of these offers are used up.
    case signStale(peer: StationNumber, object: Hash, highest: EpochNumber)
    case answer(ticket: UInt64, Result<Composed, Refusal>)
    case tell(Event)
}

/// An entry that was composed and is durable here.
public struct Composed: Hashable, Sendable {
    public let id: EntryID
    public let serial: UInt64
}

/// What is worth telling a person, or a test.
public enum Event: Hashable, Sendable {
    /// An entry became durable here: ours, or a peer's.
    case entry(Entry, serial: UInt64)
    /// An entry beyond a gap became durable here.
    case early(Entry)
    /// The peer's station durably holds so much of this generation of ours.
    case acknowledged(peer: StationNumber, GenerationSize)
    case signed(GenerationSize, CheckpointStrength)
    case path(peer: StationNumber, BearerID, isUp: Bool, reason: String)
    case epoch(peer: StationNumber, EpochNumber)
    /// The peer writes a generation that it did not write before.
    case current(peer: StationNumber, GenerationName)
    /// The peer was restored from a backup, or runs twice: this generation of it shows so (record.md, REC-12).
    case restored(GenerationID)
    /// Entries of ours that a restore had cut off are ours again, from this peer.
    case recovered(peer: StationNumber, GenerationSize)
    /// A light signature of ours alone covers what this peer gave back; an officer may confirm it.
    case provisional(peer: StationNumber, GenerationSize)
    case violation(peer: StationNumber, Violation)
    case conflict(EntryID)
    case fork(GenerationSize)
    case stranger(BearerID, reason: String)
}
