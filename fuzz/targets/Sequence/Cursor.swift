/// Reads choices from the fuzzer's bytes; at their end every choice is 0.
struct Cursor {
    private var bytes: ArraySlice<UInt8>
    init(_ bytes: [UInt8]) { self.bytes = bytes[...] }

    var isAtEnd: Bool { bytes.isEmpty }
    mutating func byte() -> UInt8 { bytes.popFirst() ?? 0 }
    mutating func choice(_ count: Int) -> Int { count > 0 ? Int(byte()) % count : 0 }

    mutating func take(_ count: Int) -> [UInt8] {
        defer { bytes = bytes.dropFirst(count) }
        return Array(bytes.prefix(count))
    }

    /// A number near `base`, or one at an end of what a variable-length integer holds.
    mutating func number(near base: UInt64) -> UInt64 {
        let chosen = byte()
        switch chosen {
        case 0..<128: return base &+ UInt64(chosen)
        case 128..<192: return base &- min(base, UInt64(chosen - 128))
        case 192..<224: return UInt64(chosen - 192)
        case 224..<240: return (1 << 62) - 1 - UInt64(chosen - 224)
        default: return 1 << UInt64((chosen & 15) * 4)
        }
    }
}
