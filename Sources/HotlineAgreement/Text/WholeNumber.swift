/// Whole numbers, written in decimal digits.
enum WholeNumber {
    /// Nil for signs, for leading zeros unless they are allowed, and beyond nine digits.
    static func value(_ text: some StringProtocol, leadingZeros: Bool = false) -> Int? {
        let bytes = Array(text.utf8)
        guard (1...9).contains(bytes.count), leadingZeros || bytes.count == 1 || bytes[0] != UInt8(ascii: "0") else { return nil }
        var value = 0
        for byte in bytes {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return value
    }

    static func text(_ value: Int, digits: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }
}
