import HotlineWire

/// The limits of an export and of the texts that prove something. Beyond one of these a file is refused before it is read.
public enum ExportLimits {
    /// All agreements and amendments together. A verifier holds them in memory to learn the keys; real ones take tens of kilobytes.
    public static let agreementsBytesMax = 16 * 1024 * 1024
    /// All rosters together; the verifier hands them on whole.
    public static let rostersBytesMax = 4 * 1024 * 1024
    /// Generations in one export: a start a day for a century and then some. Each costs the verifier under a kilobyte.
    public static let generationsMax = 65_536
    /// Heads that checkpoints and openings state, all together: what a verifier remembers until it has seen the entries.
    public static let statedHeadsMax = 524_288
    /// Problems that a report lists, and notes; more are counted. A thousand are enough to know.
    public static let findingsMax = 1000
    /// Forks that a report keeps whole.
    public static let forksMax = 100
    /// One section: an entry with what stands beside it, a checkpoint, or an agreement.
    static let entrySectionBytesMax = 1 << 19
    static let checkpointSectionBytesMax = 1 << 16
    /// A disclosure or a piece of evidence as text.
    static let proofTextBytesMax = agreementsBytesMax / 2 * 3
}
