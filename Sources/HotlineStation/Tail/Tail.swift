import HotlineLine
import HotlineRecord
import HotlineWire

/// The tail of our record that a restore has cut off, as far as peers can give it back (docs/spec/line.md, 'After a start').
///
/// ```
///   start ─ peer answers our challenge ─▶ asking ─ nothing that we lack ─▶ done
///                                           │
///                                           └─ lacking ─▶ checkpoints ─▶ entries, as claims ─▶ next generation
///   claim ─ our own full signature has its root ─▶ verified ─▶ copied into our record, and stated there
///         └ a light one alone ─▶ provisional, until an officer confirms it
/// ```
struct Tail: Sendable {
    /// What peers say our record holds. Durable.
    var claims: [StationNumber: [GenerationID: Claim]] = [:]
    /// Lost generations that a declaration of ours lists because others hold them. Durable: they follow from our own entries.
    var declared: Set<GenerationID> = []
    /// What peers say our record holds beyond what they may claim: none of it comes back, and its loss is declared all the same.
    /// Forgotten at a start, which is told again.
    var unclaimed: [StationNumber: [GenerationID: RecordSize]] = [:]
    /// What we are asking for. A start begins anew.
    var quests: [StationNumber: Quest] = [:]
    /// What peers have asked us for of their records: of each the last question.
    var questions: [StationNumber: TailQuestion] = [:]

    /// What one peer is being asked.
    struct Quest: Sendable {
        /// Generations of this page that we lack something of, the latest first.
        var queue: [Holding] = []
        /// The next page of the peer's holdings; nil where there is none.
        var nextPage: UInt64?
        /// Whether the checkpoints of the first generation in the queue have been asked for.
        var hasAskedForCheckpoints = false
        /// What has come of the page asked for.
        var page = TailPage()
        /// When the last question was answered.
        var doneAt: Instant?
        /// The peer has acknowledged more since.
        var hasHint = false
    }

    /// A claim, wherever it came from.
    func claim(by peer: StationNumber, _ generation: GenerationID) -> Claim? { claims[peer]?[generation] }

    mutating func change(_ peer: StationNumber, _ generation: GenerationID, _ body: (inout Claim) -> Void) {
        guard var claim = claims[peer]?[generation] else { return }
        body(&claim)
        claims[peer]?[generation] = claim
    }

    /// Every claim, in an order that is the same everywhere.
    var inOrder: [(peer: StationNumber, generation: GenerationID, claim: Claim)] {
        claims.keys.sorted().flatMap { peer in
            (claims[peer] ?? [:]).sorted { $0.key < $1.key }.map { (peer, $0.key, $0.value) }
        }
    }
}

extension Tail {
    func encode(into encoder: inout Encoder) {
        let all = inOrder
        encoder.put(varint: UInt64(all.count))
        for (peer, generation, claim) in all {
            encoder.put(peer)
            encoder.put(generation)
            claim.encode(into: &encoder)
        }
        encoder.put(varint: UInt64(declared.count))
        for generation in declared.sorted() { encoder.put(generation) }
    }

    init(_ decoder: inout Decoder) throws(WireError) {
        for _ in 0..<(try decoder.count(of: "claims", max: .max >> 2)) {
            let peer = try decoder.station()
            let generation = try decoder.generationID()
            claims[peer, default: [:]][generation] = try Claim(&decoder)
        }
        for _ in 0..<(try decoder.count(of: "declared generations", max: .max >> 2)) { declared.insert(try decoder.generationID()) }
    }
}
