import HotlineSeal
public import HotlineWire

/// RFC 6962 §2.1 and RFC 9162 §2.1 over stored hashes: roots, inclusion and consistency proofs, proving and checking in pairs.
///
/// The hashes of every perfect subtree are stored with the leaf that completes it (`Frontier.append`), so a root or a
/// proof takes a number of reads logarithmic in the size.
public enum Tree {
    /// Reads the hash of the perfect subtree of `2^level` leaves that starts at leaf `index << level`. It was completed
    /// by, and stored with, entry `((index + 1) << level) - 1`.
    public typealias Reader<Failure: Error> = (_ level: Int, _ index: UInt64) throws(Failure) -> Hash

    /// RFC 6962 §2.1: SHA-256(0x01 ‖ left ‖ right).
    public static func node(_ left: Hash, _ right: Hash) -> Hash { Digest.sha256(prefix: 1, left.bytes, right.bytes) }

    public static func root<Failure>(size: RecordSize, _ read: Reader<Failure>) throws(Failure) -> Hash {
        guard size.value > 0 else { return Digest.sha256([]) }
        return try subtree(0, size.value, read)
    }

    /// The audit path of RFC 9162 §2.1.3.1.
    ///
    /// - Precondition: `number` lies in a tree of `size`.
    public static func proveInclusion<Failure>(of number: EntryNumber, in size: RecordSize, _ read: Reader<Failure>) throws(Failure) -> [Hash] {
        precondition(number.value < size.value, "an inclusion proof is of an entry that the tree has")
        var path: [Hash] = []
        var low: UInt64 = 0
        var high = size.value
        while high - low > 1 {
            let middle = low + split(high - low)
            if number.value < middle {
                path.append(try subtree(middle, high, read))
                high = middle
            } else {
                path.append(try subtree(low, middle, read))
                low = middle
            }
        }
        return path.reversed()
    }

    /// The root that a leaf and its audit path give, or nil where the path has a wrong length (RFC 9162 §2.1.3.2).
    public static func root(leaf: Hash, number: EntryNumber, size: RecordSize, path: [Hash]) -> Hash? {
        guard number.value < size.value else { return nil }
        var index = number.value
        var last = size.value - 1
        var hash = leaf
        for sibling in path {
            guard last > 0 else { return nil }
            if index & 1 == 1 || index == last {
                hash = node(sibling, hash)
                while index & 1 == 0 && index != 0 {
                    index >>= 1
                    last >>= 1
                }
            } else {
                hash = node(hash, sibling)
            }
            index >>= 1
            last >>= 1
        }
        return last == 0 ? hash : nil
    }

    /// RFC 9162 §2.1.4.1.
    ///
    /// - Precondition: `0 < old <= new`.
    public static func proveConsistency<Failure>(from old: RecordSize, to new: RecordSize, _ read: Reader<Failure>) throws(Failure) -> [Hash] {
        precondition(old.value > 0 && old <= new, "a consistency proof is from a smaller head to a larger one")
        var path: [Hash] = []
        var low: UInt64 = 0
        var high = new.value
        var whole = true
        while old.value != high {
            let middle = low + split(high - low)
            if old.value <= middle {
                path.append(try subtree(middle, high, read))
                high = middle
            } else {
                path.append(try subtree(low, middle, read))
                low = middle
                whole = false
            }
        }
        if !whole { path.append(try subtree(low, high, read)) }
        return path.reversed()
    }

    /// Whether the head of size `new` extends the head of size `old` (RFC 9162 §2.1.4.2).
    public static func checkConsistency(old: RecordSize, oldRoot: Hash, new: RecordSize, newRoot: Hash, path: [Hash]) -> Bool {
        guard old.value > 0, old <= new else { return false }
        if old == new { return path.isEmpty && oldRoot == newRoot }
        var rest = path[...]
        if old.value.nonzeroBitCount == 1 { rest.insert(oldRoot, at: rest.startIndex) }
        guard let first = rest.popFirst() else { return false }
        var index = old.value - 1
        var last = new.value - 1
        while index & 1 == 1 {
            index >>= 1
            last >>= 1
        }
        var oldHash = first
        var newHash = first
        for hash in rest {
            guard last > 0 else { return false }
            if index & 1 == 1 || index == last {
                oldHash = node(hash, oldHash)
                newHash = node(hash, newHash)
                while index & 1 == 0 && index != 0 {
                    index >>= 1
                    last >>= 1
                }
            } else {
                newHash = node(newHash, hash)
            }
            index >>= 1
            last >>= 1
        }
        return last == 0 && oldHash == oldRoot && newHash == newRoot
    }

    /// The hash of leaves `low..<high`, where `low` is a multiple of the smallest power of two that is at least their count.
    private static func subtree<Failure>(_ low: UInt64, _ high: UInt64, _ read: Reader<Failure>) throws(Failure) -> Hash {
        let count = high - low
        if count.nonzeroBitCount == 1 {
            let level = count.trailingZeroBitCount
            return try read(level, low >> UInt64(level))
        }
        let middle = low + split(count)
        return node(try subtree(low, middle, read), try subtree(middle, high, read))
    }

    /// The largest power of two below `count` (RFC 6962 §2.1).
    private static func split(_ count: UInt64) -> UInt64 { 1 << UInt64(63 - (count - 1).leadingZeroBitCount) }
}
