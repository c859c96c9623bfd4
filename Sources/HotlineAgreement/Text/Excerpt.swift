/// What a problem shows of a faulty text: short, and with nothing in it that could move a cursor or hide a letter.
enum Excerpt {
    static func of(_ text: some StringProtocol) -> String {
        var shown = ""
        for scalar in text.unicodeScalars.prefix(Limits.excerptMax) {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
                shown += "\\u{" + String(scalar.value, radix: 16) + "}"
            default: shown.unicodeScalars.append(scalar)
            }
        }
        return text.unicodeScalars.count > Limits.excerptMax ? "'\(shown)…'" : "'\(shown)'"
    }
}
