import HotlineLine
import HotlineRecord
public import HotlineWire

/// The durable form of a fact: its kind in the first byte.
extension Fact {
    private enum Kind {
        static let entry: UInt8 = 1
        static let early: UInt8 = 2
        static let checkpoint: UInt8 = 3
        static let current: UInt8 = 4
        static let acknowledged: UInt8 = 5
        static let conflict: UInt8 = 6
        static let fork: UInt8 = 7
        static let violation: UInt8 = 8
        static let reopened: UInt8 = 9
        static let claimed: UInt8 = 10
        static let returned: UInt8 = 11
        static let verified: UInt8 = 12
        static let stated: UInt8 = 13
    }

    /// The row that holds it. `nodes` are the hashes that its entry completed.
    public func row(nodes: [UInt8]?) -> JournalRow.New {
        JournalRow.New(key: key, tag: tag, value: encoded, nodes: nodes)
    }

    var key: [UInt8]? {
        switch self {
        case .entry(let entry, _): FactKey.entry(entry.id)
        case .early(let entry, _): FactKey.early(entry.id)
        case .returned(let entry, let peer, _): FactKey.returned(by: peer, entry.id)
        case .checkpoint, .current, .acknowledged, .conflict, .fork, .violation, .reopened, .claimed, .verified, .stated: nil
        }
    }

    private var tag: Int64? {
        switch self {
        case .entry(let entry, _): FactTag.entries(of: entry.id.author, kind: entry.header.kind)
        case .early, .current, .reopened, .claimed, .returned, .verified, .stated: nil
        case .checkpoint(let checkpoint, _): FactTag.checkpoints(by: checkpoint.checkpoint.signer)
        case .acknowledged(let acknowledged): FactTag.acknowledgements(by: acknowledged.peer)
        case .conflict, .fork: FactTag.evidence
        case .violation: FactTag.violations
        }
    }

    private var encoded: [UInt8] {
        var encoder = Encoder()
        switch self {
        case .entry(let entry, let at):
            encoder.put(byte: Kind.entry)
            encoder.put(at)
            encoder.put(raw: entry.encoded)
        case .early(let entry, let at):
            encoder.put(byte: Kind.early)
            encoder.put(at)
            encoder.put(raw: entry.encoded)
        case .checkpoint(let checkpoint, let at):
            encoder.put(byte: Kind.checkpoint)
            encoder.put(at)
            encoder.put(raw: checkpoint.encoded)
        case .current(let peer, let name):
            encoder.put(byte: Kind.current)
            encoder.put(peer)
            encoder.put(name)
        case .acknowledged(let acknowledged):
            encoder.put(byte: Kind.acknowledged)
            encoder.put(acknowledged.at)
            encoder.put(acknowledged.peer)
            encoder.put(acknowledged.receiver)
            encoder.put(acknowledged.generation)
            encoder.put(byte: acknowledged.chainComplete ? 1 : 0)
            encoder.put(acknowledged.entries)
        case .conflict(let entry, let at):
            encoder.put(byte: Kind.conflict)
            encoder.put(at)
            encoder.put(raw: entry.encoded)
        case .fork(let first, let second, let at):
            encoder.put(byte: Kind.fork)
            encoder.put(at)
            encoder.put(raw: first.encoded)
            encoder.put(raw: second.encoded)
        case .violation(let peer, let code, let at):
            encoder.put(byte: Kind.violation)
            encoder.put(at)
            encoder.put(peer)
            encoder.put(byte: code)
        case .reopened(let stem):
            encoder.put(byte: Kind.reopened)
            encoder.put(stem)
        case .claimed(let stem, let peer):
            encoder.put(byte: Kind.claimed)
            encoder.put(peer)
            encoder.put(stem)
        case .returned(let entry, let peer, let at):
            encoder.put(byte: Kind.returned)
            encoder.put(at)
            encoder.put(peer)
            encoder.put(raw: entry.encoded)
        case .verified(let part, let strength, let peer):
            encoder.put(byte: Kind.verified)
            encoder.put(peer)
            encoder.put(part.generation)
            encoder.put(part.size)
            encoder.put(byte: strength.rawValue)
        case .stated(let checkpoint, let at):
            encoder.put(byte: Kind.stated)
            encoder.put(at)
            encoder.put(raw: checkpoint.encoded)
        }
        return encoder.bytes
    }

    public init(_ value: [UInt8]) throws(WireError) {
        var decoder = Decoder(value)
        let kind = try decoder.byte()
        switch kind {
        case Kind.entry:
            let at = try decoder.wall()
            self = .entry(try Entry(&decoder), at: at)
        case Kind.early:
            let at = try decoder.wall()
            self = .early(try Entry(&decoder), at: at)
        case Kind.checkpoint:
            let at = try decoder.wall()
            self = .checkpoint(try UnverifiedCheckpoint(&decoder), at: at)
        case Kind.current:
            self = .current(peer: try decoder.station(), try decoder.generationName())
        case Kind.acknowledged:
            self = .acknowledged(try Acknowledged(&decoder))
        case Kind.conflict:
            let at = try decoder.wall()
            self = .conflict(try Entry(&decoder), at: at)
        case Kind.fork:
            let at = try decoder.wall()
            self = .fork(try UnverifiedCheckpoint(&decoder), try UnverifiedCheckpoint(&decoder), at: at)
        case Kind.violation:
            let at = try decoder.wall()
            self = .violation(peer: try decoder.station(), code: try decoder.byte(), at: at)
        case Kind.reopened:
            self = .reopened(try decoder.stem())
        case Kind.claimed:
            let peer = try decoder.station()
            self = .claimed(try decoder.stem(), by: peer)
        case Kind.returned:
            let at = try decoder.wall()
            let peer = try decoder.station()
            self = .returned(try Entry(&decoder), by: peer, at: at)
        case Kind.verified:
            let peer = try decoder.station()
            let part = GenerationSize(try decoder.generationID(), try decoder.recordSize())
            let strength = try decoder.byte()
            guard let strength = CheckpointStrength(rawValue: strength) else { throw .invalid(what: "strength", found: UInt64(strength)) }
            self = .verified(part, strength, by: peer)
        case Kind.stated:
            let at = try decoder.wall()
            self = .stated(try UnverifiedCheckpoint(&decoder), at: at)
        default:
            throw .invalid(what: "fact", found: UInt64(kind))
        }
        try decoder.finish()
    }
}

extension Fact.Acknowledged {
    fileprivate init(_ decoder: inout Decoder) throws(WireError) {
        at = try decoder.wall()
        peer = try decoder.station()
        receiver = try decoder.generationName()
        generation = try decoder.generationID()
        chainComplete = try decoder.byte() == 1
        entries = try decoder.heldEntries()
    }
}

extension Encoder {
    mutating func put(_ wall: WallTime) { put(uint64: UInt64(bitPattern: wall.milliseconds)) }

    mutating func put(_ entries: HeldEntries) {
        put(entries.size)
        put(varint: UInt64(entries.beyond.count))
        for range in entries.beyond {
            put(varint: range.lowerBound)
            put(varint: range.upperBound)
        }
    }
}

extension Decoder {
    mutating func wall() throws(WireError) -> WallTime { WallTime(milliseconds: Int64(bitPattern: try uint64())) }

    mutating func heldEntries() throws(WireError) -> HeldEntries {
        let size = try recordSize()
        var beyond: [Range<UInt64>] = []
        for _ in 0..<(try count(of: "ranges", max: Limits.ackRangesMax)) {
            let low = try varint()
            let high = try varint()
            guard low < high else { throw .nonCanonical }
            beyond.append(low..<high)
        }
        return HeldEntries(size: size, beyond: beyond)
    }
}
