/// Writes the canonical encoding: fixed order, shortest variable-length integers (RFC 9000 §16), length-prefixed fields.
public struct Encoder: Sendable {
    public private(set) var bytes: [UInt8] = []

    public init(reserving capacity: Int = 0) {
        bytes.reserveCapacity(capacity)
    }

    public mutating func put(byte: UInt8) {
        bytes.append(byte)
    }

    /// Bytes of a length that both ends know.
    public mutating func put(raw: some Sequence<UInt8>) {
        bytes.append(contentsOf: raw)
    }

    /// The same for an array, which is the common case: it is copied whole.
    public mutating func put(raw: [UInt8]) {
        bytes += raw
    }

    /// A variable-length integer, in its shortest form.
    ///
    /// - Precondition: `value` is below 2^62 (RFC 9000 §16).
    public mutating func put(varint value: UInt64) {
        let (prefix, width) = VariableLengthInteger.form(of: value)
        for index in (0..<width).reversed() {
            let byte = UInt8(truncatingIfNeeded: value >> (8 * UInt64(index)))
            bytes.append(index == width - 1 ? byte | prefix : byte)
        }
    }

    /// A length, then that many bytes.
    public mutating func put(prefixed field: [UInt8]) {
        put(varint: UInt64(field.count))
        put(raw: field)
    }

    /// Text as UTF-8, length-prefixed.
    public mutating func put(text: String) {
        put(prefixed: Array(text.utf8))
    }

    /// Eight bytes, most significant first.
    public mutating func put(uint64 value: UInt64) {
        for shift in stride(from: 56, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(shift)))
        }
    }

    /// Two bytes, most significant first.
    public mutating func put(uint16 value: UInt16) {
        bytes.append(UInt8(value >> 8))
        bytes.append(UInt8(truncatingIfNeeded: value))
    }
}

/// RFC 9000 §16: the two highest bits of the first byte give the length, 1, 2, 4 or 8.
public enum VariableLengthInteger {
    public static let max: UInt64 = (1 << 62) - 1

    /// The prefix bits and the width in bytes of the shortest form.
    static func form(of value: UInt64) -> (prefix: UInt8, width: Int) {
        switch value {
        case 0..<(1 << 6): return (0x00, 1)
        case (1 << 6)..<(1 << 14): return (0x40, 2)
        case (1 << 14)..<(1 << 30): return (0x80, 4)
        default:
            precondition(value <= max, "a variable-length integer holds 62 bits")
            return (0xC0, 8)
        }
    }

    /// Bytes that `value` takes.
    public static func width(of value: UInt64) -> Int { form(of: value).width }
}
