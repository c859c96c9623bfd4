import HotlineRecord
import HotlineSeal
import HotlineWire

/// A tree with the hashes that a store would keep beside each entry, and nothing else.
struct StoredTree {
    struct Missing: Error {}

    private(set) var frontier = Frontier()
    private(set) var leaves: [Hash] = []
    private var completed: [[Hash]] = []

    init(leaves: [Hash] = []) {
        for leaf in leaves { append(leaf) }
    }

    mutating func append(_ leaf: Hash) {
        leaves.append(leaf)
        completed.append(frontier.append(leaf: leaf))
    }

    /// Where the docstring of `Tree.Reader` says that it is.
    func read(_ level: Int, _ index: UInt64) throws(Missing) -> Hash {
        let entry = Int((index + 1) << UInt64(level)) - 1
        guard completed.indices.contains(entry), completed[entry].indices.contains(level) else { throw Missing() }
        return completed[entry][level]
    }
}
