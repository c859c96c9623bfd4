/// Lines of a text, laid out so that a page can be read down as well as across.
struct Page {
    /// Keys of up to 12 letters, and a gap.
    static let column = 14

    private(set) var lines: [String] = []

    var bytes: [UInt8] { Array((lines.joined(separator: "\n") + "\n").utf8) }

    mutating func add(_ line: String) { lines.append(line) }

    mutating func gap() { if lines.last != "" { lines.append("") } }

    mutating func heading(_ heading: Heading) {
        gap()
        lines += [heading.rawValue, ""]
    }

    /// A statement at the margin.
    mutating func head(_ key: String, _ value: String) { lines.append(Page.row(key, value)) }

    /// A statement that belongs to the one at the margin above it.
    mutating func field(_ key: String, _ value: String) { lines.append("  " + Page.row(key, value)) }

    /// One statement for each language.
    mutating func fields(_ key: String, _ wording: Wording, prefix: String = "") {
        for version in wording.versions { field(key, prefix + "\(version.language) \(Statement.quote(version.text))") }
    }

    mutating func wrapped(_ key: String, _ bytes: [UInt8]) {
        lines.append("  " + key)
        lines += Wrapped.lines(bytes, indent: 4)
    }

    static func row(_ key: String, _ value: String) -> String {
        key + String(repeating: " ", count: max(2, column - key.utf8.count)) + value
    }
}
