public import HotlineWire

/// One entry, and the proof that its author signed it; nothing of its neighbours.
///
/// It shows the entry's bytes, the blind of this entry alone, and an inclusion proof to a signed head. The hashes of the
/// neighbours in that proof hide them, because each neighbour's leaf has a blind of its own.
public struct Disclosure: Hashable, Sendable {
    /// The exact bytes of the first agreement, then of its amendments: where a reader finds the keys.
    public let agreements: [[UInt8]]
    public let entry: Entry
    public let blind: Blind
    /// From the leaf to the root (RFC 9162 §2.1.3.1).
    public let path: [Hash]
    /// A head of the entry's generation, signed by its author.
    public let checkpoint: UnverifiedCheckpoint

    /// - Throws: `opening` for an opening entry: it holds the secret of all the blinds; `notIncluded` where the path does not
    ///   lead from the entry to the checkpoint's head.
    public init(
        agreements: [[UInt8]], entry: Entry, blind: Blind, path: [Hash], checkpoint: UnverifiedCheckpoint
    ) throws(DisclosureError) {
        self.agreements = agreements
        self.entry = entry
        self.blind = blind
        self.path = path
        self.checkpoint = checkpoint
        try check()
    }

    /// What is proved, if the author signed the checkpoint on this line.
    public func verify(_ keys: LineKeys) throws(DisclosureError) -> DisclosedEntry {
        let signed: SignedCheckpoint
        let basis: Basis
        do throws(CheckpointRefusal) {
            (signed, basis) = try keys.verify(checkpoint)
        } catch {
            throw .refused(error)
        }
        guard entry.agreement == signed.checkpoint.agreement else { throw .signedUnderOtherAgreement }
        return DisclosedEntry(entry: entry, checkpoint: signed, isSignedWithStolenKeys: keys.isStolen(basis, of: entry.id.author))
    }

    private func check() throws(DisclosureError) {
        guard entry.id.number.value != 0, entry.header.kind != Opening.kind else { throw .opening }
        let head = checkpoint.checkpoint.head
        let leaf = entry.leafHash(line: checkpoint.checkpoint.line, blind: blind)
        guard head.generation == entry.id.generation,
            Tree.root(leaf: leaf, number: entry.id.number, size: head.size, path: path) == head.root
        else { throw .notIncluded }
    }
}

/// An entry that its author has signed. Only verification makes one.
public struct DisclosedEntry: Hashable, Sendable {
    public let entry: Entry
    /// Whose signature it is, how strong, and how large the record was at least.
    public let checkpoint: SignedCheckpoint

    /// Whether the keys of that signature were stolen later: it does not tell by itself who has signed.
    public let isSignedWithStolenKeys: Bool

    fileprivate init(entry: Entry, checkpoint: SignedCheckpoint, isSignedWithStolenKeys: Bool) {
        self.isSignedWithStolenKeys = isSignedWithStolenKeys
        self.entry = entry
        self.checkpoint = checkpoint
    }
}

/// Why a disclosure proves nothing.
public enum DisclosureError: Error, Hashable, Sendable {
    /// The text is not a disclosure in its one form.
    case malformed
    /// The entry opens its generation and is never disclosed.
    case opening
    /// The path does not lead from the entry to the signed head.
    case notIncluded
    case refused(CheckpointRefusal)
    /// The head is signed under another agreement than the entry names.
    case signedUnderOtherAgreement
}

extension Disclosure {
    private static let title = "hotline/1 disclosure"

    /// The disclosure as text, to be kept or printed (docs/spec/record.md).
    public var text: [UInt8] {
        var text = ProofText(title: Disclosure.title)
        for agreement in agreements { text.put("agreement", base64: agreement) }
        text.put("entry", entry.id.description)
        text.put("bytes", base64: entry.encoded)
        text.put("blind", base64: blind.bytes)
        for hash in path { text.put("path", base64: hash.bytes) }
        text.put(checkpoint)
        return text.bytes
    }

    /// Reads such a text. Only the exact form that `text` writes is accepted.
    public init(text bytes: [UInt8]) throws(DisclosureError) {
        guard var reader = ProofTextReader(bytes, title: Disclosure.title) else { throw .malformed }
        let agreements = reader.takeAll(base64: "agreement")
        guard !agreements.isEmpty, reader.take("entry") != nil, let encoded = reader.take(base64: "bytes"), let entry = try? Entry(encoded),
            let blind = reader.take(base64: "blind").flatMap({ Blind($0) })
        else { throw .malformed }
        let path = reader.takeAll(base64: "path").map { Hash($0) }
        guard let checkpoint = reader.takeCheckpoint() else { throw .malformed }
        try self.init(agreements: agreements, entry: entry, blind: blind, path: path.compactMap { $0 }, checkpoint: checkpoint)
        guard text == bytes else { throw .malformed }
    }
}
