/// The limits of what is read about a record from files.
enum RecordLimits {
    /// A disclosure or evidence: the agreement in base64, one entry, two signatures. Several amendments fit as well.
    static let proofBytesMax = 24 * 1024 * 1024
    /// Problems told of the rows of a store; a thousand are enough to know.
    static let findingsMax = 1000
}
