import Foundation

/// Times as a person reads them, from the RFC 3339 of the views.
struct Times: Sendable {
    let isLocal: Bool

    /// `2026-11-22 23:41:27Z`, or `2026-11-23 00:41:27+01:00`. What is not a time is shown as it is.
    func full(_ text: String) -> String {
        guard let (date, time, zone) = parts(text) else { return Plain.line(text) }
        return "\(date) \(time)\(zone)"
    }

    /// To the minute, for lists.
    func minute(_ text: String) -> String {
        guard let (date, time, zone) = parts(text) else { return Plain.line(text) }
        return "\(date) \(time.prefix(5))\(zone)"
    }

    /// `23:41:27Z`, for what has just happened.
    func clock(_ text: String) -> String {
        guard let (_, time, zone) = parts(text) else { return Plain.line(text) }
        return "\(time)\(zone)"
    }

    /// `23:41:27.123Z`, for what is measured.
    func precise(_ text: String) -> String {
        guard let (_, time, zone) = parts(text), let date = Times.date(text) else { return Plain.line(text) }
        let milliseconds = Int((date.timeIntervalSince1970 * 1000).rounded()) % 1000
        return "\(time).\(milliseconds < 100 ? "0" : "")\(milliseconds < 10 ? "0" : "")\(milliseconds)\(zone)"
    }

    /// Nil where one of them is not a time.
    static func minutes(from first: String, to second: String) -> Int? {
        guard let first = date(first), let second = date(second) else { return nil }
        return Int(second.timeIntervalSince(first) / 60)
    }

    private func parts(_ text: String) -> (date: Substring, time: Substring, zone: Substring)? {
        guard let date = Times.date(text) else { return nil }
        let style = Date.ISO8601FormatStyle(
            dateTimeSeparator: .space, timeZoneSeparator: .colon, timeZone: isLocal ? .current : .gmt
        )
        let shown = date.formatted(style)
        guard shown.utf8.count > 19 else { return nil }
        return (shown.prefix(10), shown.dropFirst(11).prefix(8), shown.dropFirst(19))
    }

    static func date(_ text: String) -> Date? {
        (try? Date.ISO8601FormatStyle(includingFractionalSeconds: true).parse(text)) ?? (try? Date.ISO8601FormatStyle().parse(text))
    }
}
