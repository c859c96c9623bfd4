public import HotlineRecord
public import HotlineSeal
public import HotlineWire

/// What came of a frame that only the peer can have made.
public enum Arrival: Sendable {
    /// An entry of the peer, its names resolved. What it means for the record is the station's to decide.
    case entry(ArrivingEntry)
    /// The peer has told what it holds of a generation of ours; both are names, `held` counts for `receiver` alone.
    case acknowledgement(receiver: GenerationName, of: GenerationID, HeldEntries, chainComplete: Bool)
    /// The peer has answered our challenge and writes this generation now.
    case current(GenerationName)
    case checkpoint(strength: CheckpointStrength, head: GenerationSize, held: [GenerationSize], signature: [UInt8])
    /// A checkpoint with its text written out.
    case statement(UnverifiedCheckpoint)
    /// Signed offers with epochs that we may accept: the shell makes the accept.
    case offers(SignedOffers, object: UInt64)
    /// A signed offer with numbers that are used up: the shell signs what they must be above.
    case staleOffers(object: Hash, highest: EpochNumber)
    /// The peer's station asks for something of its own record.
    case question(TailQuestion)
    /// The peer's answer: what it holds of our record.
    case holdings(total: UInt64, from: UInt64, [Holding])
    /// An entry of our own record, as the peer says.
    case returned(Entry)
    /// The peer holds of our record what we do not have, or may.
    case lacking
    /// Epochs have been confirmed by both sides.
    case banked([EpochNumber])
    /// Valid bytes under a valid key that break a rule.
    case violation(Violation)
}

/// What the peer did that its own side of the protocol forbids. Recorded and shown, never a crash.
public enum Violation: Error, Hashable, Sendable {
    /// An authentic frame whose content is not of the format.
    case malformed(WireError)
    /// One alias for two generations.
    case renamed
    /// An entry of somebody else's record.
    case foreignEntry
    /// An acknowledgement of more than we have written, or of another's record.
    case acknowledgedUnwritten
    /// A signed object whose signature does not verify.
    case badSignature
    /// An epoch number that was used before, or is not the peer's to offer.
    case staleEpoch
    /// An accept or a confirmation that does not prove the secret.
    case unproved
    /// A checkpoint that does not fit what we hold under its author's own entries.
    case checkpointMismatch
    /// A checkpoint whose sizes fall.
    case checkpointShrinks
    /// A generation that does not begin with an opening entry, or opens twice.
    case badOpening
    /// An entry that speaks of itself, of later ones of its generation, or of its own station as seen.
    case unholdable
    /// One number with two contents: kept, shown as 'conflict, unproved'.
    case conflict
    /// Entries of our own record, given back, that are not those we have signed.
    case falseReturn
}

extension Violation {
    /// Its number in the journal.
    public var code: UInt8 {
        switch self {
        case .malformed: 1
        case .renamed: 2
        case .foreignEntry: 3
        case .acknowledgedUnwritten: 4
        case .badSignature: 5
        case .staleEpoch: 6
        case .unproved: 7
        case .checkpointMismatch: 8
        case .checkpointShrinks: 9
        case .badOpening: 10
        case .conflict: 11
        case .falseReturn: 12
        case .unholdable: 13
        }
    }
}
