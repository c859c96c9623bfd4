public import HotlineLine
public import HotlineRecord
public import HotlineWire

/// Something that must be durable before anything follows from it. What the station is, it is by its facts: recovery
/// applies the same ones again.
public enum Fact: Hashable, Sendable {
    /// The next entry of a generation, our own or a peer's.
    case entry(Entry, at: WallTime)
    /// An entry of a peer that lies beyond a gap.
    case early(Entry, at: WallTime)
    /// A checkpoint of ours or of a peer, verified.
    case checkpoint(UnverifiedCheckpoint, at: WallTime)
    case current(peer: StationNumber, GenerationName)
    case acknowledged(Acknowledged)
    /// A second content under one number: kept for ever, shown as 'conflict, unproved'.
    case conflict(Entry, at: WallTime)
    /// Two signed heads that cannot both be true.
    case fork(UnverifiedCheckpoint, UnverifiedCheckpoint, at: WallTime)
    case violation(peer: StationNumber, code: UInt8, at: WallTime)
    /// A closed generation goes on.
    case reopened(Stem)
    /// A peer has more of a generation of ours than we do: its claim begins where ours ends.
    case claimed(Stem, by: StationNumber)
    /// The next entry of a claim.
    case returned(Entry, by: StationNumber, at: WallTime)
    /// Our own signature covers so much of a claim.
    case verified(GenerationSize, CheckpointStrength, by: StationNumber)
    /// A verified checkpoint, with a text of its own, of a head that is not what is held, or not yet.
    case stated(UnverifiedCheckpoint, at: WallTime)

    /// What a peer's station says it holds of ours.
    public struct Acknowledged: Hashable, Sendable {
        public let peer: StationNumber
        public let receiver: GenerationName
        public let generation: GenerationID
        public let entries: HeldEntries
        public let chainComplete: Bool
        public let at: WallTime
    }

    /// The entry that it holds, where it holds one.
    var entry: Entry? {
        switch self {
        case .entry(let entry, _), .early(let entry, _), .conflict(let entry, _), .returned(let entry, _, _): entry
        case .checkpoint, .current, .acknowledged, .fork, .violation, .reopened, .claimed, .verified, .stated: nil
        }
    }

    /// Whether it may wait for the next commit: losing it loses nothing that the peer will not say again.
    public var isLazy: Bool {
        switch self {
        case .current, .acknowledged, .violation: true
        case .entry, .early, .checkpoint, .conflict, .fork, .reopened, .claimed, .returned, .verified, .stated: false
        }
    }
}

/// Where facts lie in the journal.
public enum FactKey {
    public static func entry(_ id: EntryID) -> [UInt8] { key(1, id) }
    static func early(_ id: EntryID) -> [UInt8] { key(2, id) }
    static func returned(by peer: StationNumber, _ id: EntryID) -> [UInt8] { key(3, id) + [peer.value] }

    /// Entries of a generation lie side by side, in order.
    private static func key(_ kind: UInt8, _ id: EntryID) -> [UInt8] {
        var encoder = Encoder(reserving: 18)
        encoder.put(byte: kind)
        encoder.put(id.generation)
        encoder.put(uint64: id.number.value)
        return encoder.bytes
    }

    /// The cell with the latest checkpoint of a generation and strength.
    static func checkpoint(_ generation: GenerationID, _ strength: CheckpointStrength) -> [UInt8] {
        var encoder = Encoder()
        encoder.put(raw: checkpoints)
        encoder.put(generation)
        encoder.put(byte: strength.rawValue)
        return encoder.bytes
    }
    public static let checkpoints = Array("checkpoint/".utf8)

    /// The cell that says that an entry speaks of another; they lie side by side for the one that is spoken of.
    static func reference(to id: EntryID, from other: EntryID) -> JournalCell {
        var encoder = Encoder()
        encoder.put(raw: references(to: id))
        encoder.put(other)
        return JournalCell(key: encoder.bytes, value: [])
    }

    static func references(to id: EntryID) -> [UInt8] {
        var encoder = Encoder()
        encoder.put(raw: Array("reference/".utf8))
        encoder.put(id.generation)
        encoder.put(uint64: id.number.value)
        return encoder.bytes
    }

    /// The entry that speaks of it.
    static func speaker(_ key: [UInt8]) -> EntryID? {
        var decoder = Decoder(Array(key.dropFirst("reference/".utf8.count + 17)))
        return try? decoder.entryID()
    }
}

/// What rows are found by besides their key.
public enum FactTag {
    public static func entries(of author: StationNumber, kind: UInt8) -> Int64 { Int64(author.value) << 8 | Int64(kind) }
    public static func acknowledgements(by peer: StationNumber) -> Int64 { 0x1_0000 | Int64(peer.value) }
    public static func checkpoints(by signer: StationNumber) -> Int64 { 0x2_0000 | Int64(signer.value) }
    public static let evidence: Int64 = 0x3_0000
    public static let violations: Int64 = 0x4_0000
}
