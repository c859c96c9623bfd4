import HotlineWire

/// Lengths of time as an agreement writes them: a whole number and one of `s`, `m`, `h`, `d`.
enum SpanText {
    static func span(_ text: some StringProtocol) -> Span? {
        guard let unit = units.first(where: { $0.letter == text.last }), let count = WholeNumber.value(text.dropLast()), count > 0 else {
            return nil
        }
        let seconds = Int64(count) * unit.seconds
        return seconds <= Limits.spanSecondsMax ? .seconds(seconds) : nil
    }

    /// In the largest unit that gives a whole number.
    static func text(_ span: Span) -> String {
        let seconds = span.nanoseconds / 1_000_000_000
        guard let unit = units.first(where: { seconds.isMultiple(of: $0.seconds) && seconds > 0 }) else { return "\(seconds)s" }
        return "\(seconds / unit.seconds)\(unit.letter)"
    }

    static let form = "a length of time such as 90s, 10m, 3h or 7d, at most 366d"

    private static let units: [(letter: Character, seconds: Int64)] = [("d", 86_400), ("h", 3600), ("m", 60), ("s", 1)]
}
