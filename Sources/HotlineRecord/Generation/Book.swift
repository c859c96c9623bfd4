public import HotlineWire

/// One station's record as this station holds it: generations that follow one another, and the branches that restores and
/// clones have left; the complete ones as heads only.
///
/// ```
///   opened ─▶ live ─ complete, as is all before it, and followed ─▶ closed
///              ▲                                                      │
///              └───────── an entry beyond its end came late ──────────┘
/// ```
public struct Book: Sendable {
    public let station: StationNumber
    /// Every generation, in the order in which they were opened here.
    public private(set) var order: [GenerationID] = []
    /// Generations that can still grow here, in the same order.
    public private(set) var live: [Generation] = []
    /// Where each of them stands there.
    private var places: [GenerationID: Int] = [:]
    private var closed: [GenerationID: Closed] = [:]
    /// Which generations follow a generation, and how far it had come when they began.
    private var successors: [GenerationID: [Successor]] = [:]
    /// Generations whose ancestors are complete, each as its successor states.
    private var founded: Set<GenerationID> = []
    /// Our own generations that came back to us: never one that we write.
    public private(set) var takenBack: Set<GenerationID> = []
    private var appends: UInt64 = 0

    /// A generation, and what its opening states of the one before it.
    public struct Successor: Hashable, Sendable {
        public let generation: GenerationID
        public let stated: Head
    }

    /// What stays in memory of a generation that is complete.
    public struct Closed: Hashable, Sendable {
        public let head: Head
        public let serialBase: UInt64
        public let predecessor: Head?
        public let basis: Basis?
        public internal(set) var signed: RecordSize
        public internal(set) var signedProvisionally: RecordSize
        /// How much of it a full checkpoint of this station says that it holds.
        public internal(set) var cosigned: RecordSize
        /// For an entry beyond its end that comes late.
        public let seen: SeenSoFar
    }

    public init(station: StationNumber) { self.station = station }

    // MARK: What it has

    /// The generation that is written now, as far as the record shows it: the last that no other one follows. Openings
    /// may arrive in another order than they were written in.
    public var current: Generation? { live.last { !takenBack.contains($0.id) && !isFollowed($0.id, by: { _ in true }) } }

    /// Whether a generation follows that ends this one. What came back to us does not end what we write: it is a twin's, who
    /// went on from the same place.
    private func isFollowed(_ id: GenerationID, by counts: (Successor) -> Bool) -> Bool {
        let isTakenBack = takenBack.contains(id)
        return (successors[id] ?? []).contains { (isTakenBack || !takenBack.contains($0.generation)) && counts($0) }
    }

    public func generation(_ id: GenerationID) -> Generation? { places[id].map { live[$0] } }

    public func closed(_ id: GenerationID) -> Closed? { closed[id] }

    public func isKnown(_ id: GenerationID) -> Bool { closed[id] != nil || places[id] != nil }

    /// What a generation stands on; nil where it is not here.
    public func basis(of id: GenerationID, line: Hash) -> Basis? {
        if let generation = generation(id) { return generation.opening.basis(on: line) }
        return closed[id].map { $0.basis ?? Basis(agreement: line) }
    }

    /// How much of a generation is held without a gap.
    public func size(of id: GenerationID) -> RecordSize? { generation(id)?.size ?? closed[id]?.head.size }

    /// How much of a generation its author has signed, by strength; a full signature covers every light one before it.
    public func signed(_ id: GenerationID) -> [CheckpointStrength: RecordSize] {
        if let done = closed[id] { return [.full: done.signed, .light: done.signedProvisionally] }
        guard let generation = generation(id) else { return [:] }
        return [.full: generation.signedFull, .light: generation.signedProvisionally]
    }

    /// The head of a generation as it stands.
    public func head(of id: GenerationID) -> Head? { generation(id)?.head ?? closed[id]?.head }

    /// Every generation with its size, in the order in which the author wrote them, as their serials tell it: openings may
    /// arrive in another one.
    public var sizes: [(id: GenerationID, size: RecordSize)] {
        // What came back was written before what follows the restore.
        let based = order.enumerated().map { place, id in (id: id, key: (serialBase(of: id) ?? 0, takenBack.contains(id) ? 0 : 1, place)) }
        return based.sorted { $0.key < $1.key }.map { ($0.id, size(of: $0.id) ?? .zero) }
    }

    /// Entries of the record, over all generations.
    public var entryCount: UInt64 { order.reduce(0) { $0 + (size(of: $1)?.value ?? 0) } }

    /// The head of the generation before it, as its opening states it.
    public func predecessor(of id: GenerationID) -> Head? {
        if let done = closed[id] { return done.predecessor }
        return generation(id)?.opening.predecessor
    }

    /// The generations that follow this one.
    public func successors(of id: GenerationID) -> [Successor] { successors[id] ?? [] }

    /// The generations that this one follows, the nearest first, each as its successor states it.
    public func ancestors(of id: GenerationID) -> some Sequence<Head> {
        // Never more steps than there are generations: what a peer states may form a circle.
        sequence(state: (id: id, left: order.count)) { state -> Head? in
            guard state.left > 0, let next = predecessor(of: state.id) else { return nil }
            state = (next.generation, state.left - 1)
            return next
        }
    }

    /// Whether every ancestor of this generation is complete, as its successor states. It says nothing of the branches
    /// that a restore or a clone has left.
    public func isChainComplete(before id: GenerationID) -> Bool { founded.contains(id) }

    /// Where the entries with this serial stand: a restore may have made two of one. The latest opened here comes first.
    public func entryIDs(serial: UInt64) -> [EntryID] {
        order.reversed().compactMap { id in
            guard let base = serialBase(of: id), let size = size(of: id), serial > base, serial - base - 1 < size.value else { return nil }
            return EntryID(id, EntryNumber(serial - base - 1))
        }
    }

    public func serial(of id: EntryID) -> UInt64? { serialBase(of: id.generation).map { $0 &+ id.number.value &+ 1 } }

    private func serialBase(of id: GenerationID) -> UInt64? { generation(id)?.opening.serialBase ?? closed[id]?.serialBase }

    /// Whether an opening shows that its author was restored from a backup or runs twice: another generation follows the
    /// same predecessor, or the predecessor as stated lacks what is held of it here (record.md, REC-12).
    public func isRestoreOrClone(_ id: GenerationID, _ opening: Opening) -> Bool {
        guard let stated = opening.predecessor else { return order.contains { $0 != id } }
        if let held = size(of: stated.generation), held > stated.size { return true }
        return successors[stated.generation]?.contains { $0.generation != id } ?? false
    }

    // MARK: How it grows

    /// - Parameter takenBack: of our own record, one that a peer has given back.
    public mutating func open(_ id: GenerationID, _ opening: Opening, takenBack isTakenBack: Bool = false) {
        precondition(!isKnown(id), "a generation is opened once")
        order.append(id)
        places[id] = live.count
        live.append(Generation(id: id, opening: opening))
        if isTakenBack { takenBack.insert(id) }
        if let stated = opening.predecessor {
            successors[stated.generation, default: []].append(Successor(generation: id, stated: stated))
        }
    }

    /// Adds the next entry of a live generation. Gives the hashes that its leaf completes.
    public mutating func append(_ entry: Entry, leaf: Hash) -> [Hash] {
        guard let index = places[entry.id.generation] else {
            preconditionFailure("an entry is appended to an open generation")
        }
        appends += 1
        let nodes = live[index].append(entry, leaf: leaf, turn: appends)
        forgetRecent()
        settle(entry.id.generation)
        return nodes
    }

    public mutating func hold(early entry: Entry) { change(entry.id.generation) { $0.hold(early: entry) } }

    /// Makes a closed generation live again, for good: something beyond its end has come.
    public mutating func reopen(_ stem: Stem) {
        guard let before = closed.removeValue(forKey: stem.id) else { preconditionFailure("a closed generation is reopened") }
        precondition(before.head == stem.head, "a generation is reopened as it was closed")
        var reopened = Generation(stem)
        reopened.reopen(before)
        let place = order.firstIndex(of: stem.id) ?? 0
        let later = Set(order[place...])
        live.insert(reopened, at: live.firstIndex { later.contains($0.id) } ?? live.count)
        notePlaces()
    }

    public mutating func note(signed head: Head, _ strength: CheckpointStrength) {
        if closed[head.generation] != nil {
            if strength == .full { closed[head.generation]?.signed.rise(to: head.size) }
            closed[head.generation]?.signedProvisionally.rise(to: head.size)
        } else {
            change(head.generation) { $0.note(signed: head.size, strength) }
        }
    }

    /// Notes that this station has signed in full that it holds so much of a generation.
    public mutating func note(cosigned head: Head) {
        if closed[head.generation] != nil {
            closed[head.generation]?.cosigned.rise(to: head.size)
        } else {
            change(head.generation) { $0.note(cosigned: head.size) }
        }
    }

    /// The heads that an opening of this station states: of the generation written now, and of the others that can grow
    /// the latest.
    public var headsToOpen: [Head] {
        let current = current?.id
        let others = live.reversed().filter { $0.id != current }.prefix(Opening.heldPerMember - 1)
        return (others.map(\.head) + (self.current.map { [$0.head] } ?? []))
    }

    /// The heads that a checkpoint of this station states: the current generation, and of the others the latest that no
    /// full checkpoint of its own has covered as they stand.
    public var headsToSign: [Head] {
        let current = current?.id
        var heads: [Head] = []
        for id in order.reversed() where id != current {
            guard heads.count < Book.otherHeadsMax else { break }
            if let done = closed[id] {
                if done.cosigned < done.head.size { heads.append(done.head) }
            } else if let generation = generation(id), generation.cosigned < generation.size {
                heads.append(generation.head)
            }
        }
        if let current = self.current { heads.append(current.head) }
        return heads
    }

    /// Keeps the text of a checkpoint far below its limit, also with fourteen other stations.
    private static let otherHeadsMax = 8

    private mutating func change(_ id: GenerationID, _ body: (inout Generation) -> Void) {
        guard let index = places[id] else { return }
        body(&live[index])
    }

    private mutating func notePlaces() {
        places = [:]
        for (place, generation) in live.enumerated() { places[generation.id] = place }
    }

    // MARK: Recovery

    mutating func restore(closed done: Closed, takenBack isTakenBack: Bool) {
        restore(done.head.generation, after: done.predecessor, takenBack: isTakenBack)
        closed[done.head.generation] = done
    }

    mutating func restore(live generation: Generation, takenBack isTakenBack: Bool) {
        restore(generation.id, after: generation.opening.predecessor, takenBack: isTakenBack)
        places[generation.id] = live.count
        live.append(generation)
    }

    private mutating func restore(_ id: GenerationID, after predecessor: Head?, takenBack isTakenBack: Bool) {
        order.append(id)
        if isTakenBack { takenBack.insert(id) }
        if let predecessor { successors[predecessor.generation, default: []].append(Successor(generation: id, stated: predecessor)) }
    }

    /// Once all generations are restored: which of them have complete ancestors.
    mutating func restoreChains() {
        for id in order where predecessor(of: id) == nil { found(id) }
    }

    // MARK: Completeness

    /// After a generation has grown: those that follow it may now have complete ancestors, and it may be complete itself.
    private mutating func settle(_ id: GenerationID) {
        found(id)
        for next in successors[id] ?? [] { found(next.generation) }
        close(id)
        if let before = predecessor(of: id) { close(before.generation) }
    }

    /// Notes that a generation's ancestors are complete where they are, and what follows from it for those after it.
    private mutating func found(_ id: GenerationID) {
        var waiting = [id]
        while let next = waiting.popLast() {
            guard isKnown(next), !founded.contains(next), hasCompletePredecessor(next) else { continue }
            founded.insert(next)
            waiting += (successors[next] ?? []).map(\.generation)
            close(next)
        }
    }

    private func hasCompletePredecessor(_ id: GenerationID) -> Bool {
        guard let stated = predecessor(of: id) else { return true }
        return founded.contains(stated.generation) && size(of: stated.generation).map { $0 >= stated.size } ?? false
    }

    /// Keeps the head alone of a generation that has all that a successor states of it, and nothing beyond a gap.
    private mutating func close(_ id: GenerationID) {
        guard founded.contains(id), let index = places[id], live[index].early.isEmpty, !live[index].isReopened,
            isFollowed(id, by: { $0.stated.size <= live[index].size })
        else { return }
        let done = live.remove(at: index)
        notePlaces()
        closed[id] = Closed(
            head: done.head, serialBase: done.opening.serialBase, predecessor: done.opening.predecessor, basis: done.opening.basis, signed: done.signedFull,
            signedProvisionally: done.signedProvisionally, cosigned: done.cosigned, seen: done.seen
        )
    }

    /// Heads and leaves of the past are remembered of the generations that grew last; of the others the store has them.
    private mutating func forgetRecent() {
        guard live.count > Book.recentMax else { return }
        let remembering = live.indices.filter { live[$0].remembers }
        guard remembering.count > Book.recentMax, let oldest = remembering.min(by: { live[$0].turn < live[$1].turn }) else { return }
        live[oldest].forgetRecent()
    }

    package static let recentMax = 8
}

extension RecordSize {
    fileprivate mutating func rise(to size: RecordSize) { self = max(self, size) }
}
