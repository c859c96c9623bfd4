public import HotlineWire

/// One generation of a record as a station holds it: its head and what is needed to extend it. Its entries are in the store.
public struct Generation: Sendable {
    public let id: GenerationID
    public let opening: Opening
    public private(set) var frontier: Frontier
    /// Entries held beyond the first gap, by number. Only another station's record has any.
    public private(set) var early: [EntryNumber: Entry] = [:]
    public private(set) var earlyBytes = 0
    /// The largest size that the author has signed, by strength.
    public private(set) var signed: [CheckpointStrength: RecordSize] = [:]
    /// How much of it a full checkpoint of this station says that it holds.
    public private(set) var cosigned: RecordSize = .zero
    /// Whether it was closed and has gone on: it is not closed again.
    private(set) var isReopened = false
    /// What its author has stated to have seen, in the entries without a gap.
    public private(set) var seen = SeenSoFar()
    private var recent = RecentHeads()
    /// When it last grew, counted in the entries of its book.
    private(set) var turn: UInt64 = 0

    public init(id: GenerationID, opening: Opening) {
        self.init(Stem(id: id, opening: opening, frontier: Frontier()))
    }

    /// As the store has it.
    public init(_ stem: Stem) {
        id = stem.id
        opening = stem.opening
        frontier = stem.frontier
    }

    public var size: RecordSize { frontier.size }
    public var head: Head { Head(generation: id, size: size, root: frontier.root) }

    /// The root at an earlier size, where it is recent enough to be remembered.
    public func root(at size: RecordSize) -> Hash? {
        size == self.size ? frontier.root : recent.root(at: size)
    }

    /// The leaf of an entry, where it is recent enough to be remembered.
    public func leaf(of number: EntryNumber) -> Hash? { recent.leaf(of: number) }

    /// What a person sees as the entry's serial: it runs through all generations of the record.
    public func serial(of number: EntryNumber) -> UInt64 { opening.serialBase + number.value + 1 }

    /// Adds the next entry; gives the hashes that its leaf completes (`Frontier.append`).
    /// - Parameter turn: when it grows, counted in the entries of its book.
    @discardableResult
    public mutating func append(_ entry: Entry, leaf: Hash, turn: UInt64 = 0) -> [Hash] {
        precondition(entry.id.number == size.next, "a record is appended to in order")
        if let held = early.removeValue(forKey: entry.id.number) { earlyBytes -= held.content.count }
        self.turn = turn
        seen.take(entry.seen)
        let nodes = frontier.append(leaf: leaf)
        recent.add(leaf: leaf, root: frontier.root, size: size)
        return nodes
    }

    /// Whether what its author has seen would fall, were this one held with all that is (docs/spec/entries.md, ENT-10).
    public func falls(with entry: Entry) -> Bool {
        guard entry.id.number >= size.next, early[entry.id.number] == nil else { return false }
        guard !early.isEmpty else { return seen.falls(to: entry.seen) }
        var seen = seen
        for next in (early.values + [entry]).sorted(by: { $0.id.number < $1.id.number }) {
            if seen.falls(to: next.seen) { return true }
            seen.take(next.seen)
        }
        return false
    }

    public mutating func hold(early entry: Entry) {
        guard entry.id.number > size.next, early[entry.id.number] == nil else { return }
        early[entry.id.number] = entry
        earlyBytes += entry.content.count
    }

    /// Notes a checkpoint of the author. Sizes never shrink.
    public mutating func note(signed size: RecordSize, _ strength: CheckpointStrength) {
        signed[strength] = max(size, signed[strength] ?? .zero)
    }

    mutating func note(cosigned size: RecordSize) { cosigned = max(cosigned, size) }

    /// Goes on where it was closed, with what was known of it meanwhile.
    mutating func reopen(_ closed: Book.Closed) {
        isReopened = true
        seen = closed.seen
        note(signed: closed.signed, .full)
        note(signed: closed.signedProvisionally, .light)
        note(cosigned: closed.cosigned)
    }

    package var remembers: Bool { !recent.isEmpty }

    mutating func forgetRecent() { recent = RecentHeads() }

    public var signedFull: RecordSize { signed[.full] ?? .zero }
    /// A full signature covers every light one before it.
    public var signedProvisionally: RecordSize { max(signed[.light] ?? .zero, signedFull) }
}

extension Generation {
    /// The state for a snapshot. Early entries have rows of their own and are read back from them.
    public func encode(into encoder: inout Encoder) {
        encoder.put(id)
        encoder.put(prefixed: opening.encoded)
        encoder.put(raw: frontier.encoded)
        for strength in CheckpointStrength.allCases { encoder.put(signed[strength] ?? .zero) }
        encoder.put(cosigned)
        encoder.put(seen)
        encoder.put(byte: isReopened ? 1 : 0)
        let held = early.keys.sorted()
        encoder.put(varint: UInt64(held.count))
        for number in held { if let entry = early[number] { encoder.put(prefixed: entry.encoded) } }
    }

    public init(_ decoder: inout Decoder) throws(WireError) {
        id = try decoder.generationID()
        opening = try Opening(try decoder.prefixed("opening", max: Limits.entryBytesMax))
        frontier = try Frontier(&decoder)
        for strength in CheckpointStrength.allCases {
            let size = try decoder.recordSize()
            if size > .zero { signed[strength] = size }
        }
        cosigned = try decoder.recordSize()
        seen = try decoder.seenSoFar()
        isReopened = try decoder.byte() == 1
        for _ in 0..<(try decoder.count(of: "early entries", max: 4096)) {
            let entry = try Entry(try decoder.prefixed("entry", max: Limits.objectBytesMax))
            early[entry.id.number] = entry
            earlyBytes += entry.content.count
        }
    }
}

/// The last heads and leaves of a generation, for checkpoints and duplicates that arrive a little late.
private struct RecentHeads: Sendable {
    /// At 20,000 entries a second this is 50 ms; what is older is read from the store.
    private static let span = 1024
    private var ring: [(size: UInt64, leaf: Hash, root: Hash)] = []

    var isEmpty: Bool { ring.isEmpty }

    mutating func add(leaf: Hash, root: Hash, size: RecordSize) {
        let slot = (size.value, leaf, root)
        let index = Int((size.value - 1) % UInt64(RecentHeads.span))
        if index < ring.count {
            ring[index] = slot
        } else if index == ring.count {
            ring.append(slot)
        } else {
            // After a recovery from a snapshot the ring begins in its middle.
            ring += Array(repeating: (0, leaf, root), count: index - ring.count)
            ring.append(slot)
        }
    }

    func root(at size: RecordSize) -> Hash? { slot(size)?.root }
    func leaf(of number: EntryNumber) -> Hash? { slot(number.sizeThrough)?.leaf }

    private func slot(_ size: RecordSize) -> (size: UInt64, leaf: Hash, root: Hash)? {
        guard size.value > 0 else { return nil }
        let index = Int((size.value - 1) % UInt64(RecentHeads.span))
        guard index < ring.count, ring[index].size == size.value else { return nil }
        return ring[index]
    }
}
