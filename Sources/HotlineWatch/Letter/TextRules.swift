import HotlineWire

/// What a text may hold (docs/spec/entries.md): no control that could hide, reorder or overwrite what is read.
public enum TextRules {
    public static func check(_ text: String) throws(Refusal) {
        guard !text.isEmpty, !text.allSatisfy(\.isWhitespace) else { throw .emptyText }
        guard text.utf8.count <= Limits.entryBytesMax - headroom else {
            throw .longText(text.utf8.count, max: Limits.entryBytesMax - headroom)
        }
        var line = 1
        for scalar in text.unicodeScalars {
            if scalar == "\n" { line += 1 } else if isForbidden(scalar) { throw .control(scalar.value, line: line) }
        }
    }

    /// C0 and C1 controls but line feed, and the bidirectional controls of UAX #9: a sender refuses them, a receiver
    /// shows them as escapes.
    public static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A: false
        case 0x00...0x1F, 0x7F...0x9F: true
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    /// The text as a receiver shows it.
    public static func shown(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            if isForbidden(scalar) { out += "\\u{\(String(scalar.value, radix: 16))}" } else { out.unicodeScalars.append(scalar) }
        }
        return out
    }

    /// Room for the fields of an entry besides its text.
    private static let headroom = 1024
}
