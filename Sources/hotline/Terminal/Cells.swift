/// How many cells of a screen a text takes: one for most characters, two for East Asian wide ones and emoji (UAX #11),
/// none for marks that stand above or below others.
enum Cells {
    static func count(_ text: String) -> Int {
        // Printable ASCII, the common case.
        if text.utf8.allSatisfy({ 0x20...0x7E ~= $0 }) { return text.utf8.count }
        return text.reduce(0) { $0 + count($1) }
    }

    /// Cut to so many cells, with '…' for what is left out.
    static func cut(_ text: String, to cells: Int) -> String {
        guard count(text) > cells else { return text }
        var out = ""
        var used = 0
        for character in text {
            let next = count(character)
            guard used + next <= cells - 1 else { break }
            out.append(character)
            used += next
        }
        return out + "…"
    }

    static func pad(_ text: String, to cells: Int, atStart: Bool = false) -> String {
        let blanks = String(repeating: " ", count: max(0, cells - count(text)))
        return atStart ? blanks + text : text + blanks
    }

    /// Broken between words where it can be, within a word where it must.
    static func wrap(_ text: String, to cells: Int) -> [String] {
        guard count(text) > cells else { return [text] }
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ", omittingEmptySubsequences: false).map(String.init) {
            if line.isEmpty, lines.isEmpty || !word.isEmpty {
                line = word
            } else if count(line) + 1 + count(word) <= cells {
                line += " " + word
            } else {
                lines.append(line)
                line = word
            }
            while count(line) > cells {
                let (head, tail) = split(line, at: cells)
                lines.append(head)
                line = tail
            }
        }
        return lines + [line]
    }

    private static func split(_ text: String, at cells: Int) -> (String, String) {
        var used = 0
        for index in text.indices {
            used += count(text[index])
            if used > cells, index > text.startIndex { return (String(text[..<index]), String(text[index...])) }
        }
        return (text, "")
    }

    private static func count(_ character: Character) -> Int {
        let scalars = character.unicodeScalars
        guard let first = scalars.first else { return 0 }
        if scalars.contains(where: { $0.value == 0xFE0F || $0.properties.isEmojiPresentation || isWide($0) }) { return 2 }
        return isMark(first) ? 0 : 1
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: true
        default: false
        }
    }

    /// Wide and Fullwidth of UAX #11, in blocks.
    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF, 0xA960...0xA97F: true
        case 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x17000...0x18AFF: true
        case 0x1B000...0x1B2FF, 0x1F200...0x1F2FF, 0x20000...0x3FFFD: true
        default: false
        }
    }
}
