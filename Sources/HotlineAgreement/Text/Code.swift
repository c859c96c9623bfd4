/// A short name to type: small Latin letters and digits, in parts joined by single hyphens, a letter first.
struct Code {
    let text: String

    init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, bytes.count <= Limits.codeLengthMax, Code.isLetter(first), bytes.last != Code.hyphen else {
            return nil
        }
        for (place, byte) in bytes.enumerated() {
            guard Code.isLetter(byte) || Code.isDigit(byte) || byte == Code.hyphen && bytes[place - 1] != Code.hyphen else { return nil }
        }
        self.text = String(text)
    }

    static let form = "a code of small Latin letters, digits and single hyphens, such as 'm-cgs'"

    private static let hyphen = UInt8(ascii: "-")
    private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
