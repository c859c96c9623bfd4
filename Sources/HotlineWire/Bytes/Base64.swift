/// RFC 4648 §4 base64 with padding, read strictly: one value has one form.
public enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let values: [UInt8] = {
        var table = [UInt8](repeating: 0xFF, count: 256)
        for (value, symbol) in alphabet.enumerated() { table[Int(symbol)] = UInt8(value) }
        return table
    }()

    public static func string(_ bytes: [UInt8]) -> String { String(decoding: text(bytes), as: UTF8.self) }

    /// The same as UTF-8.
    public static func text(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let count = min(3, bytes.count - start)
            var group: UInt32 = 0
            for offset in 0..<3 { group = group << 8 | (offset < count ? UInt32(bytes[start + offset]) : 0) }
            for symbol in 0..<4 {
                out.append(symbol <= count ? alphabet[Int(group >> UInt32(18 - 6 * symbol)) & 63] : UInt8(ascii: "="))
            }
        }
        return out
    }

    /// Nil where the text has another alphabet, missing padding, white space or set bits behind the last byte.
    public static func bytes(_ text: some StringProtocol) -> [UInt8]? { bytes(text: Array(text.utf8)[...]) }

    /// The same of a text that is at hand as UTF-8.
    public static func bytes(text source: ArraySlice<UInt8>) -> [UInt8]? {
        guard source.count.isMultiple(of: 4) else { return nil }
        let padding = source.suffix(2).reversed().prefix { $0 == UInt8(ascii: "=") }.count
        var out: [UInt8] = []
        out.reserveCapacity(source.count / 4 * 3)
        for start in stride(from: source.startIndex, to: source.endIndex, by: 4) {
            let symbols = start + 4 == source.endIndex ? 4 - padding : 4
            var group: UInt32 = 0
            for offset in 0..<4 {
                let value: UInt8 = offset < symbols ? values[Int(source[start + offset])] : 0
                guard value != 0xFF else { return nil }
                group = group << 6 | UInt32(value)
            }
            let count = symbols - 1
            for offset in 0..<count { out.append(UInt8(truncatingIfNeeded: group >> UInt32(16 - 8 * offset))) }
            guard count == 3 || group & (1 << UInt32(8 * (3 - count)) - 1) == 0 else { return nil }
        }
        return out
    }
}
