import HotlineSeal
import HotlineWire

/// RFC 6962 §2.1 and RFC 9162 §2.1, written as their recursive definitions, to check the tree against. Roots once
/// computed are remembered, or the definition would take minutes.
struct NaiveTree {
    private let leaves: [Hash]
    private var known: [Range<Int>: Hash] = [:]

    init(_ leaves: [Hash]) { self.leaves = leaves }

    mutating func root(_ range: Range<Int>) -> Hash {
        guard !range.isEmpty else { return Digest.sha256([]) }
        guard range.count > 1 else { return leaves[range.lowerBound] }
        if let root = known[range] { return root }
        let (left, right) = NaiveTree.halves(range)
        let root = Digest.sha256([1] + self.root(left).bytes + self.root(right).bytes)
        known[range] = root
        return root
    }

    mutating func inclusion(_ index: Int, _ range: Range<Int>) -> [Hash] {
        guard range.count > 1 else { return [] }
        let (left, right) = NaiveTree.halves(range)
        return left.contains(index) ? inclusion(index, left) + [root(right)] : inclusion(index, right) + [root(left)]
    }

    mutating func consistency(_ old: Int, _ range: Range<Int>, whole: Bool = true) -> [Hash] {
        guard old < range.upperBound else { return whole ? [] : [root(range)] }
        let (left, right) = NaiveTree.halves(range)
        return old <= left.upperBound
            ? consistency(old, left, whole: whole) + [root(right)]
            : consistency(old, right, whole: false) + [root(left)]
    }

    /// The left half is the largest power of two below the count.
    private static func halves(_ range: Range<Int>) -> (Range<Int>, Range<Int>) {
        var half = 1
        while half * 2 < range.count { half *= 2 }
        let middle = range.lowerBound + half
        return (range.lowerBound..<middle, middle..<range.upperBound)
    }
}
