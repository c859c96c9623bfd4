import HotlineWire

/// Long values: base64 (RFC 4648 §4) in lines of 72 characters.
enum Wrapped {
    static let width = 72

    /// Nil unless every line but the last is full and the whole is base64 in its one form.
    static func bytes(_ lines: [Line]) -> [UInt8]? {
        guard let last = lines.last, (1...width).contains(last.text.utf8.count),
            lines.dropLast().allSatisfy({ $0.text.utf8.count == width })
        else { return nil }
        return Base64.bytes(lines.map(\.text).joined())
    }

    static func lines(_ bytes: [UInt8], indent: Int) -> [String] {
        let text = Array(Base64.string(bytes).utf8)
        return stride(from: 0, to: text.count, by: width).map { start in
            String(repeating: " ", count: indent) + String(decoding: text[start..<min(start + width, text.count)], as: UTF8.self)
        }
    }
}
