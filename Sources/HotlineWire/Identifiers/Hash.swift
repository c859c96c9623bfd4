/// A SHA-256 value: 32 bytes. Names an agreement, a Merkle head, a leaf, a key.
public struct Hash: Hashable, Sendable, Comparable, CustomStringConvertible {
    public static let size = 32
    private let high: (UInt64, UInt64)
    private let low: (UInt64, UInt64)

    /// Nil unless there are 32 bytes.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Hash.size else { return nil }
        var words: [UInt64] = [0, 0, 0, 0]
        for (index, byte) in bytes.enumerated() { words[index / 8] = words[index / 8] << 8 | UInt64(byte) }
        high = (words[0], words[1])
        low = (words[2], words[3])
    }

    /// Thirty-two zero bytes: 'no predecessor'. Never the hash of anything known.
    public static let zero = Hash([UInt8](repeating: 0, count: size))!

    public var bytes: [UInt8] {
        var encoder = Encoder(reserving: Hash.size)
        for word in [high.0, high.1, low.0, low.1] { encoder.put(uint64: word) }
        return encoder.bytes
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
