import HotlineSeal
public import HotlineWire

/// The right edge of an RFC 6962 Merkle tree: the roots of the perfect subtrees that make it up, largest first. All that
/// is needed to append a leaf and to state the root; at most 62 hashes.
public struct Frontier: Hashable, Sendable {
    public private(set) var size: RecordSize = .zero
    private var roots: [Hash] = []
    /// RFC 6962 §2.1: the root; of the empty tree SHA-256 of nothing. Kept, as it is asked for far more often than it changes.
    public private(set) var root = Frontier.empty

    private static let empty = Digest.sha256([])

    public init() {}

    /// The right edge of a tree whose hashes are stored (`Tree`).
    public init<Failure>(size: RecordSize, _ read: Tree.Reader<Failure>) throws(Failure) {
        var start: UInt64 = 0
        for level in (0..<62).reversed() where size.value & (1 << UInt64(level)) != 0 {
            roots.append(try read(level, start >> UInt64(level)))
            start += 1 << UInt64(level)
        }
        self.size = size
        root = fold()
    }

    /// Adds a leaf. Gives the hashes of all subtrees that this leaf completes, the leaf's own first, then level 1, 2, ….
    public mutating func append(leaf: Hash) -> [Hash] {
        var completed = [leaf]
        var node = leaf
        var position = size.value
        while position & 1 == 1 {
            node = Tree.node(roots.removeLast(), node)
            completed.append(node)
            position >>= 1
        }
        roots.append(node)
        size = RecordSize(size.value + 1)
        root = fold()
        return completed
    }

    private func fold() -> Hash {
        guard var root = roots.last else { return Frontier.empty }
        for left in roots.dropLast().reversed() { root = Tree.node(left, root) }
        return root
    }

    public var encoded: [UInt8] {
        var encoder = Encoder()
        encoder.put(size)
        for root in roots { encoder.put(root) }
        return encoder.bytes
    }

    public init(_ decoder: inout Decoder) throws(WireError) {
        size = try decoder.recordSize()
        for _ in 0..<size.value.nonzeroBitCount { roots.append(try decoder.hash()) }
        root = fold()
    }
}
