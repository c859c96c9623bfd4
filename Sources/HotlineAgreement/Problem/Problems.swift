/// Collects problems, at most as many as are worth telling.
struct Problems {
    private(set) var all: [Problem] = []

    mutating func report(_ line: Int, expected: String, found: String, hint: String) {
        all.append(Problem(line: line, expected: expected, found: found, hint: hint))
    }

    var isEmpty: Bool { all.isEmpty }

    /// In order of line, the first twenty.
    var error: AgreementError {
        let ordered = all.enumerated().sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }
        return .malformed(Array(ordered.map(\.element).prefix(Limits.problemsMax)))
    }
}
