/// Bytes as lower-case hexadecimal.
public enum Hex {
    private static let digits = Array("0123456789abcdef".utf8)

    public static func string(_ bytes: some Sequence<UInt8>) -> String { String(decoding: text(bytes), as: UTF8.self) }

    /// The same as UTF-8.
    public static func text(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(2 * bytes.underestimatedCount)
        for byte in bytes {
            out.append(digits[Int(byte >> 4)])
            out.append(digits[Int(byte & 15)])
        }
        return out
    }

    /// The bytes of lower-case hexadecimal; nil for anything else, upper case included: one value has one form.
    public static func bytes(_ text: some StringProtocol) -> [UInt8]? { bytes(text: Array(text.utf8)[...]) }

    /// The same of a text that is at hand as UTF-8.
    public static func bytes(text source: ArraySlice<UInt8>) -> [UInt8]? {
        guard source.count.isMultiple(of: 2) else { return nil }
        var out: [UInt8] = []
        out.reserveCapacity(source.count / 2)
        for index in stride(from: source.startIndex, to: source.endIndex, by: 2) {
            guard let high = nibble(source[index]), let low = nibble(source[index + 1]) else { return nil }
            out.append(high << 4 | low)
        }
        return out
    }

    private static func nibble(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
