import Foundation
import HotlineDesk
import HotlineWire

/// Calendar times as people give them.
enum Calendar {
    /// RFC 3339 in UTC or with an offset, with or without seconds, whole seconds of them: `2026-03-01T09:00Z`; or a date alone, its
    /// first moment in UTC.
    static func time(_ text: String) throws(DeskError) -> WallTime {
        let form = /(\d{4}-\d\d-\d\d)(?:[T ]((?:[01]\d|2[0-3]):[0-5]\d)(:[0-5]\d)?(?:\.\d{1,9})?(Z|[+-]\d\d:\d\d))?/
        // The parser would take the beginning of what is more than a time.
        if let parts = text.wholeMatch(of: form)?.output, exists(String(parts.1)),
            let date = try? Date.ISO8601FormatStyle().parse("\(parts.1)T\(parts.2 ?? "00:00")\(parts.3 ?? ":00")\(parts.4 ?? "Z")")
        {
            return WallTime(milliseconds: Int64(date.timeIntervalSince1970) * 1000)
        }
        throw DeskError(.usage, "'\(text)' is no time", hint: "write it as 2026-03-01T09:00Z, or as the date alone")
    }

    /// Whether a date stands in the calendar: the parser makes the second of March of the thirtieth of February.
    private static func exists(_ date: String) -> Bool {
        let style = Date.ISO8601FormatStyle().year().month().day()
        return (try? style.parse(date)).map { $0.formatted(style) == date } ?? false
    }
}
