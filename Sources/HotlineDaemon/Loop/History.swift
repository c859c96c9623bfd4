import HotlineLine
import HotlineRecord
import HotlineStation
import HotlineWire

/// Reads what a station asks for of its past from the journal.
struct History {
    let journal: any Journal

    func load(_ needs: [Need]) throws(JournalError) -> Loaded {
        var loaded = Loaded()
        for need in needs {
            switch need {
            case .entry(let id):
                if let (entry, _) = try entry(id) { loaded.entries[id] = entry }
            case .root(let part):
                loaded.roots[part] = try root(part.generation, part.size)
            }
        }
        return loaded
    }

    /// An entry and when it became durable here.
    func entry(_ id: EntryID) throws(JournalError) -> (Entry, at: WallTime)? {
        guard let row = try journal.row(key: FactKey.entry(id)), case .entry(let entry, let at)? = try? Fact(row.row.value) else { return nil }
        return (entry, at)
    }

    /// Entries `from..<to` of a generation with the hashes stored beside them.
    func entries(_ generation: GenerationID, from: UInt64, to: UInt64) throws(JournalError) -> [(entry: Entry, nodes: [UInt8])] {
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
    func root(_ generation: GenerationID, _ size: RecordSize) throws(JournalError) -> Hash? {
        do {
            return try Tree.root(size: size) { (level, index) throws in
                guard let hash = try node(generation, level, index) else { throw Missing() }
                return hash
            }
        } catch let error as JournalError {
            throw error
        } catch {
            return nil
        }
    }

    /// A hash that the journal does not hold: its entry is of this very turn, and not committed yet.
    private struct Missing: Error {}

    /// The hash of a perfect subtree, stored with the entry that completed it.
    private func node(_ generation: GenerationID, _ level: Int, _ index: UInt64) throws(JournalError) -> Hash? {
        let number = EntryNumber(((index + 1) << UInt64(level)) - 1)
        guard let nodes = try journal.row(key: FactKey.entry(EntryID(generation, number)))?.row.nodes, nodes.count >= (level + 1) * Hash.size else {
            return nil
        }
        return Hash(nodes[level * Hash.size..<(level + 1) * Hash.size])
    }
}
