/// Text from elsewhere, made harmless for a screen.
enum Plain {
    /// One line: line feeds become spaces.
    static func line(_ text: String) -> String {
        escaped(text) { $0 == "\n" ? " " : nil }
    }

    /// Several lines, each to be put behind something of ours.
    static func lines(_ text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line(String($0)) }
    }

    /// Behind two blanks, so that no line of a text can pass for one of the page around it.
    ///
    /// - Parameter width: of the screen, where there is one.
    static func indented(_ text: String, width: Int?) -> [String] {
        let lines = lines(text).flatMap { line in width.map { Cells.wrap(line, to: $0 - 2) } ?? [line] }
        return lines.map { $0.isEmpty ? "" : "  " + $0 }
    }

    /// What would command a screen, hide, or turn the order of what is read: the C0 and C1 controls, the bidirectional
    /// controls of UAX #9, the separators of lines and paragraphs, and characters that show nothing.
    static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x1F, 0x7F...0x9F: true
        case 0x061C, 0x200E, 0x200F, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069: true
        case 0x200B, 0x2060...0x2064, 0xFEFF, 0xE0000...0xE007F: true
        default: false
        }
    }

    private static func escaped(_ text: String, instead: (Unicode.Scalar) -> String?) -> String {
        guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
        var out = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if let other = instead(scalar) {
                out.append(contentsOf: other.unicodeScalars)
            } else if isUnsafe(scalar) {
                out.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
            } else {
                out.append(scalar)
            }
        }
        return String(out)
    }
}
