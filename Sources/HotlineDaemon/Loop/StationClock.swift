import Dispatch
import Foundation
import HotlineWire

/// The two clocks of this machine.
enum StationClock {
    static var now: Moment {
        Moment(
            instant: Instant(nanoseconds: Int64(DispatchTime.now().uptimeNanoseconds)),
            wall: WallTime(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        )
    }
}

extension WallTime {
    /// To the minute, in UTC, for a sentence: `2026-03-01 09:00Z`.
    var minute: String { String(text.prefix(16)).replacing("T", with: " ") + "Z" }

    /// RFC 3339 in UTC with milliseconds.
    var text: String {
        Date(timeIntervalSince1970: Double(milliseconds) / 1000).formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}
