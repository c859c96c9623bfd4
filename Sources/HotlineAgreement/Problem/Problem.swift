/// One mistake in a text: where, what belongs there, what stands there, and what to do.
public struct Problem: Hashable, Sendable, CustomStringConvertible {
    /// Counted from 1; 0 speaks of the whole file.
    public let line: Int
    public let expected: String
    /// Never longer than a line, with every control character as an escape.
    public let found: String
    public let hint: String

    public init(line: Int, expected: String, found: String, hint: String) {
        self.line = line
        self.expected = expected
        self.found = found
        self.hint = hint
    }

    /// A line break in a title, a date with milliseconds: written and read back, it says something else.
    static func otherwise(_ what: String) -> Problem {
        Problem(
            line: 0, expected: "\(what) that read back as they were written", found: "others",
            hint: "Texts hold no line breaks, dates no milliseconds, and no line of the preamble is a heading."
        )
    }

    public var description: String { "line \(line): expected \(expected), found \(found)\n  \(hint)" }
}
