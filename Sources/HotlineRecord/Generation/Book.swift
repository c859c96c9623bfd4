public import HotlineWire

/// One station's record as this station holds it: a chain of generations, the closed ones as heads only.
public struct Book: Sendable {
    public let station: StationNumber
    /// Generations that can still grow here, in the order in which they were opened here.
    public private(set) var live: [Generation] = []
    /// Generations that are complete, as their successors state, and so are all before them.
    public private(set) var closed: [Closed] = []

    /// What stays in memory of a generation that is complete.
    public struct Closed: Hashable, Sendable {
        public let head: Head
        public let serialBase: UInt64
        public internal(set) var signed: RecordSize
        public internal(set) var signedProvisionally: RecordSize
        /// Whether a full checkpoint of this station says that it holds all of it.
        public internal(set) var isCosigned = false
    }

    public init(station: StationNumber) { self.station = station }

    /// The end of the chain: the generation that no other one follows. Openings may arrive in another order than they
    /// were written in.
    public var current: Generation? {
        live.last { generation in !live.contains { $0.opening.predecessor?.generation == generation.id } }
    }

    public func generation(_ id: GenerationID) -> Generation? { live.first { $0.id == id } }

    public func isKnown(_ id: GenerationID) -> Bool {
        live.contains { $0.id == id } || closed.contains { $0.head.generation == id }
    }

    /// How much of a generation is held without a gap.
    public func size(of id: GenerationID) -> RecordSize? {
        generation(id)?.size ?? closed.last { $0.head.generation == id }?.head.size
    }

    /// Every generation with its size, oldest first.
    public var sizes: [(id: GenerationID, size: RecordSize)] {
        closed.map { ($0.head.generation, $0.head.size) } + live.map { ($0.id, $0.size) }
    }

    /// Entries of the record, over all generations.
    public var entryCount: UInt64 { sizes.reduce(0) { $0 + $1.size.value } }

    /// Where the entry with this serial stands; the latest generation first, where a restore has made two of one.
    public func entryID(serial: UInt64) -> EntryID? {
        for generation in live.reversed() {
            if let number = Book.number(serial, base: generation.opening.serialBase, size: generation.size) {
                return EntryID(generation.id, number)
            }
        }
        for generation in closed.reversed() {
            if let number = Book.number(serial, base: generation.serialBase, size: generation.head.size) {
                return EntryID(generation.head.generation, number)
            }
        }
        return nil
    }

    public func serial(of id: EntryID) -> UInt64? {
        if let generation = generation(id.generation) { return generation.serial(of: id.number) }
        return closed.last { $0.head.generation == id.generation }.map { $0.serialBase + id.number.value + 1 }
    }

    private static func number(_ serial: UInt64, base: UInt64, size: RecordSize) -> EntryNumber? {
        guard serial > base, serial - base - 1 < size.value else { return nil }
        return EntryNumber(serial - base - 1)
    }

    public mutating func open(_ id: GenerationID, _ opening: Opening) {
        precondition(!isKnown(id), "a generation is opened once")
        live.append(Generation(id: id, opening: opening))
    }

    public mutating func append(_ entry: Entry, leaf: Hash) -> [Hash] {
        guard let index = live.firstIndex(where: { $0.id == entry.id.generation }) else {
            preconditionFailure("an entry is appended to an open generation")
        }
        let nodes = live[index].append(entry, leaf: leaf)
        closeComplete()
        return nodes
    }

    public mutating func hold(early entry: Entry) { change(entry.id.generation) { $0.hold(early: entry) } }

    public mutating func note(signed head: Head, _ strength: CheckpointStrength) {
        if let index = closed.lastIndex(where: { $0.head.generation == head.generation }) {
            if strength == .full { closed[index].signed = max(closed[index].signed, head.size) }
            closed[index].signedProvisionally = max(closed[index].signedProvisionally, head.size)
        } else {
            change(head.generation) { $0.note(signed: head.size, strength) }
        }
    }

    /// Notes that this station has signed in full that it holds so much of a generation.
    public mutating func note(cosigned head: Head) {
        guard let index = closed.lastIndex(where: { $0.head == head }) else { return }
        closed[index].isCosigned = true
    }

    /// The heads that a checkpoint of this station states: of the open generations, and of closed ones that no full
    /// checkpoint of its own has covered yet, the latest of those.
    public var headsToSign: [Head] {
        closed.filter { !$0.isCosigned }.suffix(Book.closedHeadsMax).map(\.head) + live.map(\.head)
    }

    /// Keeps the text of a checkpoint far below its limit, also with fourteen other stations.
    private static let closedHeadsMax = 8

    /// Whether everything before this generation is complete.
    public func isChainComplete(before generation: Generation) -> Bool {
        guard let predecessor = generation.opening.predecessor else { return true }
        return closed.contains { $0.head.generation == predecessor.generation }
    }

    /// Whether an opening shows that its author was restored from a backup or runs twice: another generation follows the
    /// same predecessor, or the predecessor as stated lacks what is held of it here (record.md, REC-12).
    public func isRestoreOrClone(_ id: GenerationID, _ opening: Opening) -> Bool {
        guard let stated = opening.predecessor else { return !closed.isEmpty || live.contains { $0.id != id } }
        if let held = size(of: stated.generation), held > stated.size { return true }
        if live.contains(where: { $0.id != id && $0.opening.predecessor?.generation == stated.generation }) { return true }
        return closed.dropLast().contains { $0.head.generation == stated.generation }
    }

    private mutating func change(_ id: GenerationID, _ body: (inout Generation) -> Void) {
        guard let index = live.firstIndex(where: { $0.id == id }) else { return }
        body(&live[index])
    }

    /// Moves generations that have all that their successor says they have, in the order of the chain: one whose
    /// predecessor still lacks something stays open with it. The last one of the chain stays open.
    private mutating func closeComplete() {
        while let index = live.firstIndex(where: { isChainComplete(before: $0) && isComplete($0) }) {
            let done = live.remove(at: index)
            closed.append(
                Closed(head: done.head, serialBase: done.opening.serialBase, signed: done.signedFull, signedProvisionally: done.signedProvisionally)
            )
        }
    }

    private func isComplete(_ generation: Generation) -> Bool {
        live.contains { next in
            guard let stated = next.opening.predecessor, stated.generation == generation.id else { return false }
            return generation.size >= stated.size
        }
    }
}

extension Book {
    public func encode(into encoder: inout Encoder) {
        encoder.put(station)
        encoder.put(varint: UInt64(closed.count))
        for generation in closed {
            encoder.put(generation.head)
            encoder.put(varint: generation.serialBase)
            encoder.put(generation.signed)
            encoder.put(generation.signedProvisionally)
            encoder.put(byte: generation.isCosigned ? 1 : 0)
        }
        encoder.put(varint: UInt64(live.count))
        for generation in live { generation.encode(into: &encoder) }
    }

    public init(_ decoder: inout Decoder) throws(WireError) {
        station = try decoder.station()
        for _ in 0..<(try decoder.count(of: "closed generations", max: .max >> 2)) {
            closed.append(
                Closed(
                    head: try decoder.head(), serialBase: try decoder.varint(), signed: try decoder.recordSize(),
                    signedProvisionally: try decoder.recordSize(), isCosigned: try decoder.byte() == 1
                )
            )
        }
        for _ in 0..<(try decoder.count(of: "open generations", max: .max >> 2)) { live.append(try Generation(&decoder)) }
    }
}
