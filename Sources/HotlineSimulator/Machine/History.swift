import HotlineLine
import HotlineRecord
import HotlineStation
import HotlineWire

/// Reads what a station asks for of its past.
struct History {
    let disk: MemoryJournal

    func load(_ needs: [Need]) -> Loaded {
        var loaded = Loaded()
        for need in needs {
            switch need {
            case .entry(let id):
                if let row = disk.row(of: id), case .entry(let entry, _)? = try? Fact(row.row.value) { loaded.entries[id] = entry }
            case .root(let part):
                loaded.roots[part] = root(part.generation, part.size)
            }
        }
        return loaded
    }

    /// Nil where a hash is of this very turn, and not committed yet.
    func root(_ generation: GenerationID, _ size: RecordSize) -> Hash? {
        try? Tree.root(size: size) { level, index throws(Missing) in
            let number = EntryNumber(((index + 1) << UInt64(level)) - 1)
            guard let nodes = disk.row(of: EntryID(generation, number))?.row.nodes, nodes.count >= (level + 1) * Hash.size,
                let hash = Hash(Array(nodes[level * Hash.size..<(level + 1) * Hash.size]))
            else { throw Missing() }
            return hash
        }
    }

    private struct Missing: Error {}
}
