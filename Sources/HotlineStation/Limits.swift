/// The bounds of a station's own state.
enum StationLimits {
    /// Entries of one peer held beyond a gap: what its window may send, FLASH included.
    static let earlyEntries = 320
    /// Bytes of them: the window's mebibyte, and a FLASH window of letters of 4 KiB.
    static let earlyBytes = 2 * 1024 * 1024
    /// Generations of one peer that may be open at once: a restart in a crisis, a few crashes in a row, a clone.
    static let liveGenerations = 8
    /// Second contents of one number that are kept, for one peer. The first of them already tells everything.
    static let conflicts = 64
    /// Violations of one peer recorded in one minute; the rest are counted.
    static let violationsPerMinute = 6
    /// Entries between two light checkpoints.
    static let entriesPerLight: UInt64 = 32
    /// Entries between two full checkpoints.
    static let entriesPerFull: UInt64 = 10_000
}
