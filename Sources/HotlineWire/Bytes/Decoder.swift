/// Reads the canonical encoding, and nothing else: another form of the same value is an error.
///
/// Every read checks the bytes that are left before it takes any, so that a length from a peer never allocates more
/// than the peer has sent.
public struct Decoder: Sendable {
    private let bytes: [UInt8]
    private let end: Int
    public private(set) var position: Int

    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
        self.position = 0
        self.end = bytes.count
    }

    /// Reads `range` of `bytes` without copying it.
    public init(_ bytes: [UInt8], in range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "a decoder reads inside its bytes")
        self.bytes = bytes
        self.position = range.lowerBound
        self.end = range.upperBound
    }

    public var remaining: Int { end - position }
    public var isAtEnd: Bool { position == end }

    public mutating func byte() throws(WireError) -> UInt8 {
        guard position < end else { throw .truncated }
        defer { position += 1 }
        return bytes[position]
    }

    /// The next byte, without taking it.
    public func peek() throws(WireError) -> UInt8 {
        guard position < end else { throw .truncated }
        return bytes[position]
    }

    public mutating func raw(_ count: Int) throws(WireError) -> [UInt8] {
        guard count >= 0, count <= remaining else { throw .truncated }
        defer { position += count }
        return Array(bytes[position..<position + count])
    }

    public mutating func varint() throws(WireError) -> UInt64 {
        let first = try byte()
        let width = 1 << Int(first >> 6)
        var value = UInt64(first & 0x3F)
        for _ in 1..<width { value = value << 8 | UInt64(try byte()) }
        guard VariableLengthInteger.width(of: value) == width else { throw .nonCanonical }
        return value
    }

    /// A variable-length integer used as a length or a count.
    public mutating func count(of what: String, max: Int) throws(WireError) -> Int {
        let value = try varint()
        guard value <= UInt64(max) else { throw .tooLarge(what: what, found: Int(clamping: value), max: max) }
        return Int(value)
    }

    /// A length-prefixed field of at most `max` bytes.
    public mutating func prefixed(_ what: String, max: Int) throws(WireError) -> [UInt8] {
        try raw(try count(of: what, max: max))
    }

    /// Length-prefixed UTF-8 of at most `max` bytes.
    public mutating func text(_ what: String, max: Int) throws(WireError) -> String {
        let field = try prefixed(what, max: max)
        guard let text = String(validating: field, as: UTF8.self) else { throw .notUTF8 }
        return text
    }

    public mutating func uint64() throws(WireError) -> UInt64 {
        var value: UInt64 = 0
        for _ in 0..<8 { value = value << 8 | UInt64(try byte()) }
        return value
    }

    public mutating func uint16() throws(WireError) -> UInt16 {
        UInt16(try byte()) << 8 | UInt16(try byte())
    }

    /// What is left, taken whole.
    public mutating func rest() -> [UInt8] {
        defer { position = end }
        return Array(bytes[position..<end])
    }

    public func finish() throws(WireError) {
        guard isAtEnd else { throw .trailing(count: remaining) }
    }
}
