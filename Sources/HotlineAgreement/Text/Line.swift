/// One line of a text, without its line feed and cleaned of what is reported beside it.
struct Line {
    /// Counted from 1.
    let number: Int
    let text: String
    /// The place in the file of the line's first byte.
    let start: Int

    var isBlank: Bool { text.isEmpty }

    /// Reads a text into lines and reports every character that must not stand in it.
    ///
    /// Returns nil where it is not text at all.
    static func read(_ bytes: [UInt8], bytesMax: Int, problems: inout Problems) -> [Line]? {
        guard bytes.count <= bytesMax else {
            problems.report(
                0, expected: "at most \(bytesMax) bytes", found: "\(bytes.count)", hint: "This is not such a file, or it is damaged.")
            return nil
        }
        guard !bytes.isEmpty else {
            problems.report(0, expected: "a text", found: "an empty file", hint: "Ask for the file again.")
            return nil
        }
        var lines: [Line] = []
        var faults = CharacterFaults()
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: lineFeed) ?? bytes.count
            guard let text = String(validating: bytes[start..<end], as: UTF8.self) else {
                problems.report(
                    lines.count + 1, expected: "text in UTF-8", found: "bytes that are not UTF-8",
                    hint: "Save the file as UTF-8 without a byte order mark."
                )
                return nil
            }
            let number = lines.count + 1
            let blankBefore = lines.last.map(\.isBlank) ?? true
            lines.append(Line(number: number, text: faults.clean(text, number: number, afterBlank: blankBefore), start: start))
            start = end + 1
        }
        if bytes.last != lineFeed {
            problems.report(
                lines.count, expected: "a line feed at the end of the last line", found: "the end of the file",
                hint: "The file is cut short, or an editor left the last line open."
            )
        }
        faults.report(to: &problems)
        return lines
    }

    private static let lineFeed: UInt8 = 0x0A
}
