/// A table for other programs: RFC 4180, UTF-8.
enum CommaSeparated {
    static func text(_ rows: [[String]]) -> String { rows.map { $0.map(cell).joined(separator: ",") + "\r\n" }.joined() }

    /// A spreadsheet would calculate what begins with one of these: what the other side has written is never a formula.
    private static func cell(_ text: String) -> String {
        let harmless = text.first.map { "=+-@\t\r".contains($0) } ?? false ? "'" + text : text
        return "\"" + Plain.line(harmless).replacing("\"", with: "\"\"") + "\""
    }
}
