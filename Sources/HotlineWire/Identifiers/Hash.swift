/// A SHA-256 value: 32 bytes. Names an agreement, a Merkle head, a leaf, a key.
public struct Hash: Hashable, Sendable, Comparable, CustomStringConvertible {
    public static let size = 32
    private let high: (UInt64, UInt64)
    private let low: (UInt64, UInt64)

    /// Nil unless there are 32 bytes.
    public init?(_ bytes: some Collection<UInt8>) { self.init(Array(bytes)) }

    /// Nil unless there are 32 bytes. Not generic: every leaf and node of a tree comes through here.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == Hash.size else { return nil }
        high = (Hash.word(bytes, at: 0), Hash.word(bytes, at: 8))
        low = (Hash.word(bytes, at: 16), Hash.word(bytes, at: 24))
    }

    private static func word(_ bytes: [UInt8], at start: Int) -> UInt64 {
        var word: UInt64 = 0
        for index in start..<start + 8 { word = word << 8 | UInt64(bytes[index]) }
        return word
    }

    /// Thirty-two zero bytes: 'no predecessor'. Never the hash of anything known.
    public static let zero = Hash([UInt8](repeating: 0, count: size))!

    public var bytes: [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Hash.size)
        for index in 0..<8 {
            let shift = UInt64(56 - 8 * index)
            bytes[index] = UInt8(truncatingIfNeeded: high.0 >> shift)
            bytes[index + 8] = UInt8(truncatingIfNeeded: high.1 >> shift)
            bytes[index + 16] = UInt8(truncatingIfNeeded: low.0 >> shift)
            bytes[index + 24] = UInt8(truncatingIfNeeded: low.1 >> shift)
        }
        return bytes
    }

    public var description: String { Hex.string(bytes) }

    public static func == (a: Hash, b: Hash) -> Bool { a.high == b.high && a.low == b.low }
    public static func < (a: Hash, b: Hash) -> Bool { a.high == b.high ? a.low < b.low : a.high < b.high }
    public func hash(into hasher: inout Hasher) { hasher.combine(high.0) }
}

extension Encoder {
    public mutating func put(_ hash: Hash) { put(raw: hash.bytes) }
}

extension Decoder {
    public mutating func hash() throws(WireError) -> Hash {
        guard let hash = Hash(try raw(Hash.size)) else { throw .truncated }
        return hash
    }
}
