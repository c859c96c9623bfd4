/// Characters that must not stand in a text, by kind and line, so that a file with Windows line ends has one problem
/// and not a thousand.
struct CharacterFaults {
    enum Kind: CaseIterable {
        case byteOrderMark, carriageReturn, tab, control, direction, invisible, trailingBlank, tooLong, blankLines
    }

    private var lines: [Kind: [Int]] = [:]

    mutating func clean(_ text: String, number: Int, afterBlank: Bool) -> String {
        if text.utf8.count <= Limits.lineBytesMax, text.utf8.last.map({ $0 > 0x20 }) ?? !afterBlank,
            text.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
        {
            return text
        }
        var kept = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch CharacterFaults.kind(of: scalar, first: number == 1 && kept.isEmpty) {
            case nil: kept.append(scalar)
            case .tab?:
                note(.tab, number)
                kept.append(" ")
            case let kind?: note(kind, number)
            }
        }
        if kept.last?.properties.isWhitespace == true { note(.trailingBlank, number) }
        while kept.last?.properties.isWhitespace == true { kept.removeLast() }
        if text.utf8.count > Limits.lineBytesMax { note(.tooLong, number) }
        if kept.isEmpty && afterBlank { note(.blankLines, number) }
        return String(kept)
    }

    func report(to problems: inout Problems) {
        for kind in Kind.allCases {
            guard let found = lines[kind] else { continue }
            let rest = found.dropFirst().prefix(6).map(String.init).joined(separator: ", ")
            let more = found.count > 7 ? " and \(found.count - 7) more" : ""
            let others = rest.isEmpty ? "" : "; also on line \(rest)\(more)"
            problems.report(found[0], expected: kind.expected, found: kind.found + others, hint: kind.hint)
        }
    }

    private mutating func note(_ kind: Kind, _ line: Int) {
        if lines[kind]?.last != line { lines[kind, default: []].append(line) }
    }

    private static func kind(of scalar: Unicode.Scalar, first: Bool) -> Kind? {
        switch scalar.value {
        case 0x0D: .carriageReturn
        case 0x09: .tab
        case 0x00...0x1F, 0x7F...0x9F, 0x2028, 0x2029: .control
        // RFC 9839 names what no text protocol should take; the rest are the marks, embeddings, overrides and isolates of UAX #9.
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: .direction
        case 0xFEFF: first ? .byteOrderMark : .invisible
        case 0x00AD, 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180F, 0x200B, 0x2060...0x2065, 0x206A...0x206F, 0x2800, 0x3164, 0xFFA0: .invisible
        case 0xFE00...0xFE0F, 0xFFF0...0xFFFB, 0xFDD0...0xFDEF, 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A, 0xE0000...0xE0FFF: .invisible
        case let value where value & 0xFFFE == 0xFFFE: .invisible
        default: nil
        }
    }
}

extension CharacterFaults.Kind {
    var expected: String {
        switch self {
        case .byteOrderMark: "the title in the first byte of the file"
        case .carriageReturn: "lines that end in a line feed alone"
        case .tab: "spaces"
        case .control: "visible characters"
        case .direction: "text without direction marks"
        case .invisible: "characters that can be seen"
        case .trailingBlank: "no blank at the end of a line"
        case .tooLong: "lines of at most \(Limits.lineBytesMax) bytes"
        case .blankLines: "one blank line at most between two others, and none at the top"
        }
    }

    var found: String {
        switch self {
        case .byteOrderMark: "a byte order mark"
        case .carriageReturn: "a carriage return"
        case .tab: "a tab"
        case .control: "a control character"
        case .direction: "a bidirectional control character"
        case .invisible: "an invisible character"
        case .trailingBlank: "a trailing blank"
        case .tooLong: "a longer line"
        case .blankLines: "a blank line too many"
        }
    }

    var hint: String {
        switch self {
        case .byteOrderMark: "Save the file as UTF-8 without a byte order mark."
        case .carriageReturn: "Save the file with Unix line ends (LF); mail and Windows editors change them."
        case .tab: "Put spaces in the place of tabs."
        case .control: "Delete it; some editors show it as a box or not at all."
        case .direction: "Delete it; it makes a line look unlike what is signed."
        case .invisible: "Delete it; what nobody can see nobody can sign."
        case .trailingBlank: "Delete the blanks: every byte is signed."
        case .tooLong: "Say it in fewer words, or in two lines of the preamble."
        case .blankLines: "Delete it: every byte is signed."
        }
    }
}
