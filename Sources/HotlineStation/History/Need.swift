public import HotlineRecord
public import HotlineWire

/// What of the past a poll needs. The shell reads it from the journal (`History`).
public enum Need: Hashable, Sendable {
    case entry(EntryID)
    /// The root of a generation at an earlier size.
    case root(GenerationSize)
    /// What is needed to extend a generation from there on.
    case stem(GenerationSize)
    /// The latest checkpoint of a generation and strength that was verified here.
    case checkpoint(GenerationID, CheckpointStrength)
    /// Checkpoints of the past of exactly this size.
    case signed(GenerationSize)
    /// A page of a generation from a number on.
    case page(EntryID)
    /// A page of what a peer says our own record holds, from a number on.
    case returned(by: StationNumber, EntryID)
    /// The root of that at an earlier size; the hashes below `base` are our own.
    case returnedRoot(by: StationNumber, GenerationSize, base: RecordSize)
}

/// What the shell has read for the needs.
public struct Loaded: Sendable {
    public internal(set) var entries: [EntryID: Entry] = [:]
    public internal(set) var roots: [GenerationSize: Hash] = [:]
    var stems: [GenerationSize: Stem] = [:]
    var checkpoints: [GenerationID: [CheckpointStrength: UnverifiedCheckpoint]] = [:]
    var signed: [GenerationSize: [UnverifiedCheckpoint]] = [:]
    var pages: [EntryID: [Entry]] = [:]
    var returned: [StationNumber: [EntryID: [Entry]]] = [:]
    var returnedRoots: [StationNumber: [GenerationSize: Hash]] = [:]

    public init() {}
}
