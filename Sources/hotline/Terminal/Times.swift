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

    private func parts(_ text: String) -> (date: String, time: String, zone: String)? {
        guard let date = Times.date(text) else { return nil }
        let zone = isLocal ? TimeZone.current : .gmt
        let style = Date.VerbatimFormatStyle(
            format: "\(year: .padded(4))-\(month: .twoDigits)-\(day: .twoDigits) \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\(second: .twoDigits)",
            locale: Locale(identifier: "en_US_POSIX"), timeZone: zone, calendar: Calendar(identifier: .gregorian)
        )
        let halves = date.formatted(style).split(separator: " ").map(String.init)
        guard halves.count == 2 else { return nil }
        return (halves[0], halves[1], isLocal ? offset(zone.secondsFromGMT(for: date)) : "Z")
    }

    static func date(_ text: String) -> Date? {
        (try? Date.ISO8601FormatStyle(includingFractionalSeconds: true).parse(text)) ?? (try? Date.ISO8601FormatStyle().parse(text))
    }

    private func offset(_ seconds: Int) -> String {
        let minutes = abs(seconds) / 60
        let (hours, rest) = (minutes / 60, minutes % 60)
        return "\(seconds < 0 ? "-" : "+")\(hours < 10 ? "0" : "")\(hours):\(rest < 10 ? "0" : "")\(rest)"
    }
}
