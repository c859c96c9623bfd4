public import HotlineRecord
public import HotlineWire

/// Delivery to and from one peer: what the peer has, what it lacks, which path next. Knows nothing of letters.
///
/// Exactly once and in order is the record's work: entries are named for ever, and an entry that is held is never held
/// twice. Delivery repeats until it is told that an entry is durable on the other side.
///
/// ```
///   composed ─▶ outbox ─ room ─▶ window ─ path has room ─▶ sent ─ acknowledged ─▶ gone
///                                  ▲                         │
///                                  └── time out, path falls ─┘
/// ```
public struct Delivery: Sendable {
    public let membership: Membership
    public let peer: StationNumber
    let seed: StartSeed

    public internal(set) var epochs: EpochBook
    var handshake = Handshake()

    public internal(set) var paths: [Path]
    var sending: SendingSalt?
    /// Counts the salts of this start; names each for the cargo packed under it.
    var saltCount: UInt64 = 0
    var receiving = ReceivingSalts()
    var challengeCount: UInt64 = 0
    var objectCount: UInt64 = 0

    var outbox = Outbox()
    var window = Window()
    /// The generation of the peer that our acknowledgements of it are for: the one that answered our last challenge, in
    /// this start or an earlier one.
    public internal(set) var current: GenerationName?
    /// Whether it has answered in this start.
    public internal(set) var isCurrentConfirmed = false
    /// What the peer last said it holds, of each generation of ours that it has not closed.
    var held: [GenerationID: HeldEntries] = [:]

    var assembly = Assembly()
    var ackOwed = false
    var knownOwed: Int?
    var heldOwed: [UInt64: Int] = [:]
    var checkpoints: [CheckpointStrength: OutgoingCheckpoint] = [:]
    var statements: [UnverifiedCheckpoint] = []
    /// A full checkpoint of ours covers what came in the epochs that both have left.
    var erasureDue = false

    public internal(set) var statistics = DeliveryStatistics()

    /// The last checkpoint of one strength, until another replaces it.
    struct OutgoingCheckpoint: Sendable {
        let checkpoint: UnverifiedCheckpoint
        var isDue: Bool
    }

    public init(membership: Membership, peer: StationNumber, seed: StartSeed, paths: [(BearerID, BearerProfile)], epochs: EpochBook) {
        self.membership = membership
        self.peer = peer
        self.seed = seed
        self.paths = paths.map { Path(id: $0.0, profile: $0.1) }.sorted { ($0.profile.cost, $0.id) < ($1.profile.cost, $1.id) }
        self.epochs = epochs
    }

    /// Entries of ours that the peer has not acknowledged.
    public var backlog: UInt64 { outbox.count + UInt64(window.count) }

    /// Whether the peer has said that it durably holds this entry of ours.
    public func isAcknowledged(_ id: EntryID) -> Bool { !window.contains(id) && !outbox.contains(id) }

    public var isUp: Bool { paths.contains(where: \.isUp) }

    // MARK: The record's side

    /// A new entry of ours.
    public mutating func offer(_ entry: Entry) {
        let precedence = entry.header.precedence
        if outbox.isEmpty(precedence), window.room(for: precedence) > 0 {
            window.add(entry)
        } else {
            outbox.add(entry.id, precedence)
        }
    }

    /// During recovery: an entry of ours whose content is not at hand.
    public mutating func recall(_ id: EntryID, _ precedence: Precedence) { outbox.add(id, precedence) }

    /// Something of the peer's became durable, or came again: it is owed an acknowledgement.
    public mutating func owe() { ackOwed = true }

    /// A checkpoint of ours to send; it replaces the one before it of that strength.
    public mutating func offer(_ checkpoint: SignedCheckpoint, isDue: Bool = true) {
        checkpoints[checkpoint.strength] = OutgoingCheckpoint(checkpoint: checkpoint.unverified, isDue: isDue)
        if checkpoint.strength == .full { erasureDue = true }
    }

    /// A checkpoint to send with its text: one that proves something.
    public mutating func state(_ checkpoint: SignedCheckpoint) {
        guard statements.count < LineLimits.assemblies else { return }
        statements.append(checkpoint.unverified)
    }

    // MARK: The bearers' side

    public mutating func rise(_ bearer: BearerID, at now: Instant) {
        change(bearer) { $0.stands(at: now) }
        window.forget(bearer)
        sending?.forgetWhatPeerKnows()
        ackOwed = true
        for strength in CheckpointStrength.allCases { checkpoints[strength]?.isDue = true }
        handshake.offers?.begin(at: now)
        handshake.accepts?.begin(at: now)
        handshake.confirmations?.begin(at: now)
    }

    public mutating func fall(_ bearer: BearerID) {
        change(bearer) { $0.falls() }
        window.forget(bearer)
    }

    public mutating func left(_ bearer: BearerID, bytes: Int) {
        change(bearer) { $0.outstanding = max(0, $0.outstanding - bytes) }
    }

    mutating func change(_ bearer: BearerID, _ body: (inout Path) -> Void) {
        guard let index = paths.firstIndex(where: { $0.id == bearer }) else { return }
        body(&paths[index])
    }

    // MARK: Acknowledgements, applied after they are decided and in recovery

    /// The peer writes another generation now: what an earlier one of it acknowledged counts no more.
    public mutating func apply(current name: GenerationName, own: Book) {
        isCurrentConfirmed = true
        guard name != current else { return }
        current = name
        held = [:]
        window.removeAll()
        outbox.removeAll()
        for (generation, size) in own.sizes {
            outbox.add(Outbox.Run(generation: generation, first: 0, count: size.value), .routine)
        }
    }

    /// Whether this acknowledgement says more than is known.
    public func isNews(_ generation: GenerationID, _ entries: HeldEntries, chainComplete: Bool, own: Book) -> Bool {
        guard held[generation] == entries else { return true }
        return chainComplete && earlier(than: generation, own).contains { held[$0] != nil }
    }

    public mutating func apply(receiver: GenerationName, of generation: GenerationID, _ entries: HeldEntries, chainComplete: Bool, own: Book) {
        if current != receiver {
            // In recovery: rows tell the generation with its first acknowledgement.
            current = receiver
            held = [:]
        }
        held[generation] = entries
        outbox.drop(generation, from: 0, to: entries.size.value)
        for range in entries.beyond { outbox.drop(generation, from: range.lowerBound, to: range.upperBound) }
        var complete: Set<GenerationID> = []
        if chainComplete {
            complete = Set(earlier(than: generation, own))
            outbox.drop(generations: complete)
            for done in complete { held[done] = nil }
        }
        _ = window.remove { id in
            complete.contains(id.generation) || (id.generation == generation && entries.contains(id.number))
        }
    }

    /// Generations with something outstanding that come before this one in our record.
    private func earlier(than generation: GenerationID, _ own: Book) -> [GenerationID] {
        let outstanding = Set(held.keys).union(outbox.generations).union(window.generations).subtracting([generation])
        guard !outstanding.isEmpty, own.current?.id != generation else { return Array(outstanding) }
        return own.sizes.map(\.id).prefix { $0 != generation }.filter(outstanding.contains)
    }
}

/// Counted since the start.
public struct DeliveryStatistics: Hashable, Sendable {
    public internal(set) var framesSent: UInt64 = 0
    public internal(set) var frameBytesSent: UInt64 = 0
    public internal(set) var framesReceived: UInt64 = 0
    public internal(set) var frameBytesReceived: UInt64 = 0
    /// Frames that did not open: junk, replays, other lines, keys of the past.
    public internal(set) var framesDropped: UInt64 = 0
    public internal(set) var entriesSent: UInt64 = 0
    public internal(set) var entriesResent: UInt64 = 0
    public internal(set) var violations: UInt64 = 0
}
