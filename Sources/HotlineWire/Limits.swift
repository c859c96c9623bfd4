/// The byte limits of the wire format. Beyond one of these, bytes from a peer are a violation.
public enum Limits {
    /// The content of an entry (docs/spec/entries.md); what stands around it is under a kibibyte. Large enough for any
    /// letter, small enough that four half-received ones per peer cost one mebibyte.
    public static let entryBytesMax = 256 * 1024
    /// References of one entry.
    public static let referencesMax = 16
    /// Stations of one line; `seen` of an entry names every other member at most once.
    public static let stationsMax = 15
    /// An agreement with its signatures.
    public static let agreementBytesMax = 1024 * 1024
    /// A frame on a wide bearer (TLS, file, relay).
    public static let frameBytesMax = 64 * 1024
    /// A frame on a radio modem.
    public static let radioFrameBytesMax = 256
    /// Items in one frame: a frame full of one-byte items must not cost more than a frame full of entries.
    public static let itemsPerFrameMax = 512
    /// Ranges in one acknowledgement.
    public static let ackRangesMax = 16
    /// One object that travels in fragments: an entry, or a batch of offers or accepts.
    public static let objectBytesMax = entryBytesMax + 1024
    /// The text of one checkpoint: a line per generation held, of fourteen other stations.
    public static let checkpointTextBytesMax = 16 * 1024
    /// Generations on one page of what a peer holds of our record.
    public static let holdingsMax = 16
    /// Epochs offered or accepted under one signature.
    public static let epochBatchMax = 64
}
