import HotlineRecord
import HotlineWire

/// What a peer says that a generation of our own record holds, and we do not have: kept as the peer's claim. It becomes ours
/// as far as our own signature covers it, and no further.
struct Claim: Sendable {
    let opening: Opening
    /// Where our own knowledge of the generation ended; nil where we knew nothing of it.
    let base: Head?
    private(set) var frontier: Frontier
    /// Bytes of content that came.
    private(set) var bytes = 0
    /// How much of it our own signature covers, by strength, as the roots show.
    var verified: [CheckpointStrength: RecordSize] = [:]
    /// It contradicts what we have signed. Found anew after a start.
    var isRefuted = false

    /// A generation that we know nothing of, with its opening entry.
    init(opening: Opening) {
        self.opening = opening
        base = nil
        frontier = Frontier()
    }

    /// One that goes on where ours ended.
    init(_ stem: Stem) {
        opening = stem.opening
        base = stem.head
        frontier = stem.frontier
    }

    var size: RecordSize { frontier.size }

    /// Entries that came.
    var count: UInt64 { size.value - (base?.size.value ?? 0) }

    mutating func append(_ entry: Entry, line: Hash) -> [Hash] {
        bytes += entry.content.count
        return frontier.append(leaf: entry.leafHash(line: line, blind: opening.blinds.blind(of: entry.id.number)))
    }
}

extension Claim {
    func encode(into encoder: inout Encoder) {
        encoder.put(prefixed: opening.encoded)
        encoder.put(byte: base == nil ? 0 : 1)
        if let base { encoder.put(base) }
        encoder.put(raw: frontier.encoded)
        encoder.put(varint: UInt64(bytes))
        for strength in CheckpointStrength.allCases { encoder.put(verified[strength] ?? .zero) }
    }

    init(_ decoder: inout Decoder) throws(WireError) {
        opening = try Opening(try decoder.prefixed("opening", max: Limits.entryBytesMax))
        base = try decoder.byte() == 1 ? try decoder.head() : nil
        frontier = try Frontier(&decoder)
        bytes = try decoder.count(of: "bytes of a claim", max: .max >> 2)
        for strength in CheckpointStrength.allCases {
            let size = try decoder.recordSize()
            if size > .zero { verified[strength] = size }
        }
    }
}
