public import HotlineRecord
public import HotlineWire

/// Reads what a station asks for of its past from the journal.
public struct History {
    public let journal: any Journal

    public init(_ journal: any Journal) { self.journal = journal }

    public func load(_ needs: [Need]) throws(JournalError) -> Loaded {
        var loaded = Loaded()
        for need in needs {
            switch need {
            case .entry(let id):
                loaded.entries[id] = try entry(id)?.entry
            case .root(let part):
                loaded.roots[part] = try root(part)
            case .stem(let part):
                loaded.stems[part] = try stem(part)
            case .checkpoint(let generation, let strength):
                loaded.checkpoints[generation, default: [:]][strength] = try checkpoint(generation, strength)
            case .signed(let part):
                loaded.signed[part] = try signed(part)
            case .page(let from):
                loaded.pages[from] = try page(from: from, FactKey.entry)
            case .returned(let peer, let from):
                loaded.returned[peer, default: [:]][from] = try page(from: from) { FactKey.returned(by: peer, $0) }
            case .returnedRoot(let peer, let part, let base):
                loaded.returnedRoots[peer, default: [:]][part] = try root(part) { id in
                    id.number < base.next ? FactKey.entry(id) : FactKey.returned(by: peer, id)
                }
            }
        }
        return loaded
    }

    /// An entry and when it became durable here.
    public func entry(_ id: EntryID) throws(JournalError) -> (entry: Entry, at: WallTime)? {
        guard let row = try journal.row(key: FactKey.entry(id)), case .entry(let entry, let at)? = try? Fact(row.row.value) else { return nil }
        return (entry, at)
    }

    /// Entries `from..<to` of a generation with the hashes stored beside them.
    public func entries(_ generation: GenerationID, from: UInt64, to: UInt64) throws(JournalError) -> [(entry: Entry, nodes: [UInt8])] {
        guard from < to else { return [] }
        let rows = try journal.rows(
            from: FactKey.entry(EntryID(generation, EntryNumber(from))), through: FactKey.entry(EntryID(generation, EntryNumber(to - 1))),
            descending: false, limit: Int(to - from)
        )
        return rows.compactMap { row in
            guard case .entry(let entry, at: _)? = try? Fact(row.row.value) else { return nil }
            return (entry, row.row.nodes ?? [])
        }
    }

    /// The root of a generation at any size, from the hashes stored with its entries; nil where one of them is not there.
    public func root(_ part: GenerationSize) throws(JournalError) -> Hash? { try root(part, FactKey.entry) }

    private func root(_ part: GenerationSize, _ key: (EntryID) -> [UInt8]) throws(JournalError) -> Hash? {
        try found { () throws in try Tree.root(size: part.size) { (level, index) throws in try node(part.generation, level, index, key) } }
    }

    private func stem(_ part: GenerationSize) throws(JournalError) -> Stem? {
        guard let first = try entry(EntryID(part.generation, EntryNumber(0))), let opening = try? Opening(first.entry.content) else { return nil }
        let frontier = try found { () throws in
            try Frontier(size: part.size) { (level, index) throws in try node(part.generation, level, index, FactKey.entry) }
        }
        return frontier.map { Stem(id: part.generation, opening: opening, frontier: $0) }
    }

    private func checkpoint(_ generation: GenerationID, _ strength: CheckpointStrength) throws(JournalError) -> UnverifiedCheckpoint? {
        guard let value = try journal.cell(FactKey.checkpoint(generation, strength)) else { return nil }
        var decoder = Decoder(value)
        return try? UnverifiedCheckpoint(&decoder)
    }

    /// Checkpoints of this generation and size, among the latest of their signer.
    private func signed(_ part: GenerationSize) throws(JournalError) -> [UnverifiedCheckpoint] {
        var found: [UnverifiedCheckpoint] = []
        var before = Int64.max
        for _ in 0..<StationLimits.checkpointsSearched / 1_000 {
            let rows = try journal.rows(tag: FactTag.checkpoints(by: part.generation.station), before: before, limit: 1_000)
            for row in rows {
                guard case .checkpoint(let checkpoint, _)? = try? Fact(row.row.value) else { continue }
                if GenerationSize(checkpoint.checkpoint.head.generation, checkpoint.checkpoint.head.size) == part { found.append(checkpoint) }
            }
            guard let last = rows.last, rows.count == 1_000 else { break }
            before = last.sequence
        }
        return found
    }

    /// One page of consecutive entries (`TailPage`).
    private func page(from first: EntryID, _ key: (EntryID) -> [UInt8]) throws(JournalError) -> [Entry] {
        var page = TailPage()
        var entries: [Entry] = []
        while !page.isFull {
            let (number, overflow) = first.number.value.addingReportingOverflow(UInt64(entries.count))
            guard !overflow, let row = try journal.row(key: key(EntryID(first.generation, EntryNumber(number)))), let entry = (try? Fact(row.row.value))?.entry else { break }
            entries.append(entry)
            page.add(entry)
        }
        return entries
    }

    /// A hash that the journal does not hold: its entry is of this very turn, and not committed yet.
    private struct Missing: Error {}

    private func found<T>(_ body: () throws -> T) throws(JournalError) -> T? {
        do {
            return try body()
        } catch let error as JournalError {
            throw error
        } catch {
            return nil
        }
    }

    /// The hash of a perfect subtree, stored with the entry that completed it.
    private func node(_ generation: GenerationID, _ level: Int, _ index: UInt64, _ key: (EntryID) -> [UInt8]) throws -> Hash {
        let number = EntryNumber(((index + 1) << UInt64(level)) - 1)
        guard let nodes = try journal.row(key: key(EntryID(generation, number)))?.row.nodes, nodes.count >= (level + 1) * Hash.size,
            let hash = Hash(nodes[level * Hash.size..<(level + 1) * Hash.size])
        else { throw Missing() }
        return hash
    }
}
