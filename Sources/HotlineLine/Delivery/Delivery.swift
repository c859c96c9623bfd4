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
    /// What the peer's record stands on, as far as it is here; nil before its first opening.
    public var theirBasis: Basis?
    /// Whether it has answered in this start.
    public internal(set) var isCurrentConfirmed = false
    /// What the peer last said it holds, of each generation of ours that it has not closed.
    var held: [GenerationID: HeldEntries] = [:]

    var assembly = Assembly()
    /// Generations of the peer that it is owed an acknowledgement of, in the order in which they came to be.
    var acksOwed: [GenerationID] = []
    /// We hold more of the peer's record than we have told: it is told so with every probe until it asks.
    public var owesMore = false
    var knownOwed: Int?
    /// Which salt of the peer it was last told that we know, and when.
    var knownTold: (salt: StartSalt, at: Instant)?
    var heldOwed: [UInt64: Int] = [:]
    var checkpoints: [CheckpointStrength: OutgoingCheckpoint] = [:]
    var statements: [UnverifiedCheckpoint] = []
    /// What we ask the peer for of our own record, and what we give it of its own.
    var inquiry: Inquiry?
    var parcels = Parcels()
    /// How long the peer has not been heard: it may have lost the epochs that we believe in.
    var silence = Silence()
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

    /// A new entry of ours. An opening goes before all that waits: nothing else of its generation counts over there without it, be it
    /// a FLASH, and the peer opens only so many generations at once.
    public mutating func offer(_ entry: Entry) {
        let precedence = entry.header.precedence
        if outbox.isEmpty(precedence) || entry.id.number == EntryNumber(0), room(for: precedence) > 0 {
            window.add(entry)
        } else {
            outbox.add(entry.id, precedence)
        }
    }

    /// An entry of ours whose content is in the store: during recovery, and when it has come back.
    public mutating func recall(_ id: EntryID, _ precedence: Precedence) {
        guard held[id.generation]?.contains(id.number) != true else { return }
        outbox.add(id, precedence)
    }

    /// Something of this generation of the peer became durable, or came again: it is owed an acknowledgement.
    public mutating func owe(_ generation: GenerationID) {
        guard !acksOwed.contains(generation), acksOwed.count < LineLimits.acknowledgementsOwed else { return }
        acksOwed.append(generation)
    }

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

    /// - Parameter generations: of the peer, those that can grow; it is owed an acknowledgement of each.
    public mutating func rise(_ bearer: BearerID, owing generations: [GenerationID], at now: Instant) {
        change(bearer) { $0.stands(at: now) }
        window.forget(bearer)
        sending?.forgetWhatPeerKnows()
        for generation in generations { owe(generation) }
        inquiry?.begin(at: now)
        for strength in CheckpointStrength.allCases { checkpoints[strength]?.isDue = true }
        handshake.offers?.begin(at: now)
        handshake.accepts?.begin(at: now)
        handshake.confirmations?.begin(at: now)
    }

    public mutating func fall(_ bearer: BearerID, at now: Instant) {
        change(bearer) { $0.falls() }
        if !isUp { silence.pauses(at: now) }
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
        // What is written now can be read once its opening is there: that one goes first (`offer`).
        let written = own.current?.id
        if let written { outbox.add(EntryID(written, EntryNumber(0)), .immediate) }
        for (generation, size) in own.sizes where size > .zero {
            let first: UInt64 = generation == written ? 1 : 0
            outbox.add(Outbox.Run(generation: generation, first: first, count: size.value - first), .routine)
        }
    }

    /// Whether this acknowledgement covers something that is outstanding. One that says less than is known, or the same in another way,
    /// came late, and nothing has to be durable for it.
    public func isNews(_ generation: GenerationID, _ entries: HeldEntries, chainComplete: Bool, own: Book) -> Bool {
        if isOutstanding(generation, entries) { return true }
        return chainComplete
            && ancestorsOutstanding(generation, own).contains { part in
                isOutstanding(part.generation, HeldEntries(size: part.size))
                    || held[part.generation] != nil && own.size(of: part.generation) ?? .zero <= part.size
            }
    }

    private func isOutstanding(_ generation: GenerationID, _ entries: HeldEntries) -> Bool {
        window.holdsAny(of: generation, entries) || outbox.holdsAny(of: generation, entries)
    }

    public mutating func apply(receiver: GenerationName, of generation: GenerationID, _ entries: HeldEntries, chainComplete: Bool, own: Book) {
        if current != receiver {
            // In recovery: rows tell the generation with its first acknowledgement.
            current = receiver
            held = [:]
        }
        let before = held[generation]?.size ?? .zero
        held[generation] = entries
        let gap = UInt64(LineLimits.windowGapEntries)
        window.hasten(generation, from: before.value + gap, to: entries.size.value + gap)
        outbox.drop(generation, from: 0, to: entries.size.value)
        for range in entries.beyond { outbox.drop(generation, from: range.lowerBound, to: range.upperBound) }
        let complete = chainComplete ? ancestorsOutstanding(generation, own) : []
        for part in complete {
            outbox.drop(part.generation, from: 0, to: part.size.value)
            // What we took back beyond the end that the successor states is no part of the chain.
            if own.size(of: part.generation) ?? .zero <= part.size { held[part.generation] = nil }
        }
        _ = window.remove { id in
            (id.generation == generation && entries.contains(id.number))
                || complete.contains { $0.generation == id.generation && id.number < $0.size.next }
        }
    }

    /// The ancestors of a generation of ours of which something is outstanding, each as far as the chain states it.
    private func ancestorsOutstanding(_ generation: GenerationID, _ own: Book) -> [GenerationSize] {
        var outstanding = Set(held.keys).union(outbox.generations).union(window.generations).subtracting([generation])
        var found: [GenerationSize] = []
        guard !outstanding.isEmpty else { return found }
        for ancestor in own.ancestors(of: generation) where outstanding.remove(ancestor.generation) != nil {
            found.append(GenerationSize(ancestor.generation, ancestor.size))
            if outstanding.isEmpty { break }
        }
        return found
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
