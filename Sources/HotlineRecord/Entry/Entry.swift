import HotlineSeal
public import HotlineWire

/// One statement in a party's record, for ever. The same entry may travel in many frames; this is what is hashed and signed.
public struct Entry: Hashable, Sendable {
    public let id: EntryID
    /// AH: the agreement in force when it was written.
    public let agreement: Hash
    public let header: EntryHeader
    /// Earlier entries it speaks of, of any author; at most 16.
    public let references: [EntryID]
    /// What the author had seen of every other member, in order of station number.
    public let seen: [Seen]
    /// What it states; the watch's codec for its kind reads it.
    public let content: [UInt8]

    public init(id: EntryID, agreement: Hash, header: EntryHeader, references: [EntryID], seen: [Seen], content: [UInt8]) {
        precondition(references.count <= Limits.referencesMax, "an entry has at most 16 references")
        self.id = id
        self.agreement = agreement
        self.header = header
        self.references = references
        self.seen = seen
        self.content = content
    }

    /// 'I durably had so much of this generation.'
    public struct Seen: Hashable, Sendable {
        public let generation: GenerationID
        public let size: RecordSize
        public init(generation: GenerationID, size: RecordSize) {
            self.generation = generation
            self.size = size
        }
    }
}

/// Sixteen bytes that hide an entry's leaf from whoever holds its neighbours' proofs.
public struct Blind: Hashable, Sendable {
    public static let size = 16
    public let bytes: [UInt8]
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == Blind.size else { return nil }
        self.bytes = bytes
    }
}

/// The 32 bytes from which a generation's blinds come. They stand in its opening entry, so both ends have them.
public struct BlindSecret: Hashable, Sendable {
    public static let size = 32
    public let bytes: [UInt8]
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == BlindSecret.size else { return nil }
        self.bytes = bytes
    }

    /// The first 16 bytes of HMAC-SHA-256(secret, label ‖ number).
    public func blind(of number: EntryNumber) -> Blind {
        var message = Encoder()
        message.put(raw: Label.blind)
        message.put(uint64: number.value)
        guard let blind = Blind(Array(Digest.hmac(key: bytes, message.bytes).prefix(Blind.size))) else {
            preconditionFailure("HMAC-SHA-256 gives 32 bytes")
        }
        return blind
    }
}

extension Entry {
    /// The canonical bytes, as they are stored: everything but the label, the line and the blind, which the holder has.
    public var encoded: [UInt8] {
        var encoder = Encoder(reserving: content.count + 96)
        encoder.put(agreement)
        encoder.put(id)
        encoder.put(header)
        encoder.put(varint: UInt64(references.count))
        for reference in references { encoder.put(reference) }
        encoder.put(varint: UInt64(seen.count))
        for head in seen {
            encoder.put(head.generation)
            encoder.put(head.size)
        }
        encoder.put(prefixed: content)
        return encoder.bytes
    }

    public init(_ bytes: [UInt8]) throws(WireError) {
        var decoder = Decoder(bytes)
        try self.init(&decoder)
        try decoder.finish()
    }

    public init(_ decoder: inout Decoder) throws(WireError) {
        agreement = try decoder.hash()
        id = try decoder.entryID()
        header = try decoder.entryHeader()
        var references: [EntryID] = []
        for _ in 0..<(try decoder.count(of: "references", max: Limits.referencesMax)) { references.append(try decoder.entryID()) }
        self.references = references
        var seen: [Seen] = []
        for _ in 0..<(try decoder.count(of: "heads seen", max: Limits.stationsMax - 1)) {
            let head = Seen(generation: try decoder.generationID(), size: try decoder.recordSize())
            if let last = seen.last, last.generation.station >= head.generation.station { throw .nonCanonical }
            seen.append(head)
        }
        self.seen = seen
        content = try decoder.prefixed("content", max: Limits.entryBytesMax)
    }

    /// RFC 6962 §2.1 leaf hash, SHA-256(0x00 ‖ leaf), leaf = label ‖ LH ‖ canonical bytes ‖ blind.
    public func leafHash(line: Hash, blind: Blind) -> Hash {
        Digest.sha256(prefix: 0, Label.entry, line.bytes, encoded, blind.bytes)
    }
}
