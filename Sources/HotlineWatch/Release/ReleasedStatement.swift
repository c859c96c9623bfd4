public import HotlineRecord
import HotlineSeal
public import HotlineWire

/// What releasing officers sign: the whole statement and its release id. All that its entry says of it, but for where in the record it
/// stands, when it was written and what its author had seen, which nobody knows before it is appended (docs/spec/watch.md, WAT-31).
public struct ReleasedStatement: Hashable, Sendable {
    public let release: ReleaseID
    /// The agreement by which its posts, its channel and its language are numbered.
    public let agreement: Hash
    /// Without a claimed time.
    public let header: EntryHeader
    public let references: [EntryID]
    public let content: [UInt8]

    public init(release: ReleaseID, agreement: Hash, header: EntryHeader, references: [EntryID], content: [UInt8]) {
        self.release = release
        self.agreement = agreement
        self.header = header.timeless
        self.references = references
        self.content = content
    }

    /// What an entry says, under a release id.
    public init(_ entry: Entry, release: ReleaseID) {
        self.init(release: release, agreement: entry.agreement, header: entry.header, references: entry.references, content: entry.content)
    }

    /// - Parameter party: whose officers sign.
    public func signedBytes(line: Hash, party: StationNumber) -> [UInt8] {
        var encoder = Label.body(Label.release, line: line, signer: party)
        encode(into: &encoder)
        return encoder.bytes
    }

    /// As a draft keeps it.
    public func encode(into encoder: inout Encoder) {
        encoder.put(release)
        encoder.put(agreement)
        encoder.put(header)
        encoder.put(varint: UInt64(references.count))
        for reference in references { encoder.put(reference) }
        encoder.put(prefixed: content)
    }

    public init(_ decoder: inout Decoder) throws(WireError) {
        let release = try decoder.releaseID()
        let agreement = try decoder.hash()
        let header = try decoder.entryHeader()
        guard header.claimedTime == 0 else { throw .nonCanonical }
        var references: [EntryID] = []
        for _ in 0..<(try decoder.count(of: "references", max: Limits.referencesMax)) { references.append(try decoder.entryID()) }
        self.init(
            release: release, agreement: agreement, header: header, references: references,
            content: try decoder.prefixed("content", max: Limits.entryBytesMax)
        )
    }
}

extension EntryHeader {
    var timeless: EntryHeader { at(0) }

    public func at(_ claimedTime: UInt64) -> EntryHeader {
        EntryHeader(
            kind: kind, precedence: precedence, exercise: exercise, channel: channel, fromPost: fromPost, toPost: toPost, language: language,
            claimedTime: claimedTime
        )
    }
}
