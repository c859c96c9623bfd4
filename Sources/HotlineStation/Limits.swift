import HotlineWire

/// The bounds of a station's own state.
enum StationLimits {
    /// Entries of one peer held beyond a gap: what its window may send, FLASH included.
    static let earlyEntries = 320
    /// Bytes of them: the window's mebibyte, and a FLASH window of letters of 4 KiB.
    static let earlyBytes = 2 * 1024 * 1024
    /// Generations that one peer may open in a row, and how long each one more takes: a crash that repeats itself, restores,
    /// clones. What comes sooner comes again.
    static let openingsBurst = 64
    static let openingInterval = Span.seconds(10)
    /// Entries of one peer that wait for what the store knows, and their bytes; what does not fit comes again.
    static let lateEntries = 64
    static let lateBytes = 1024 * 1024
    /// A page of a record that is given back: entries, and bytes of content, of which the last entry may have more.
    static let tailPageEntries = 64
    static let tailPageBytes = 65_536
    /// What a peer may claim of our record that no signature of ours covers: the entries of a minute, and four mebibytes.
    static let claimEntries: UInt64 = 1_000
    static let claimBytes = 4 * 1024 * 1024
    /// Generations beyond that which it may tell of, and whose loss is declared on its word, in one start.
    static let unclaimedMax = 1_000
    /// Generations of our record that a peer may tell of: more starts than a line has in a century.
    static let holdingsMax: UInt64 = 100_000
    /// Generations of a peer that are acknowledged when a path comes up; of any other it is told when it asks by sending.
    static let acknowledgedAtOnce = 16
    /// How often a peer is asked for checkpoints that it said it has.
    static let tailAttempts = 4
    /// Between two rounds of asking a peer what it holds of our record.
    static let questInterval = Span.seconds(10)
    /// Second contents of one number that are kept, for one peer. The first of them already tells everything.
    static let conflicts = 64
    /// Statements of one signer that do not fit what is held, and contradictions proved with them. One proof convicts.
    static let statements = 64
    static let proofs = 64
    /// Checkpoints of the past that are searched for one of a statement's size.
    static let checkpointsSearched = 10_000
    /// Violations of one peer recorded in one minute; the rest are counted.
    static let violationsPerMinute = 6
    /// Entries between two light checkpoints.
    static let entriesPerLight: UInt64 = 32
    /// Entries between two full checkpoints.
    static let entriesPerFull: UInt64 = 10_000
    /// Rosters of one party that are kept at hand, the latest; a statement released under an older one is shown as the word of the station.
    static let rosters = 256
    /// Rosters read at once: at most 8 MiB of the largest.
    static let rostersAtOnce = 32
}
