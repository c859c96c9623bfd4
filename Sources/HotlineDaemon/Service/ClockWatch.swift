import HotlineDesk
import HotlineWire
import Logging
import ServiceLifecycle

/// Tells when this machine's calendar clock jumps. No clock decides what is accepted or in which order; but what is written
/// from then on claims the new time, and people should know why.
struct ClockWatch: Service {
    let hub: EventHub
    let room: WatchRoom
    let logger: Logger

    private static let interval = Duration.seconds(5)

    func run() async throws {
        var comparison = ClockComparison(StationClock.now)
        do {
            while true {
                try await cancelWhenGracefulShutdown { try await Task.sleep(for: ClockWatch.interval) }
                let now = StationClock.now
                guard let jump = comparison.jump(at: now) else { continue }
                let words = ClockComparison.words(jump)
                logger.warning("the calendar clock of this machine has jumped", metadata: ["jump": "\(words)"])
                let isLarge = jump.magnitude >= WatchRoom.jumpMin.magnitude
                if isLarge { room.noteJump(words) }
                let silence = isLarge ? "no deadline rings until somebody has confirmed the time: hotline watch confirm-time NAME" : "nothing else changes"
                hub.tell(EventView(kind: .clock, at: now.wall.text, detail: "\(words); what is written from now on claims the new time, and \(silence)"))
            }
        } catch is CancellationError {}
    }
}

/// The calendar clock beside the one that only counts. In milliseconds: a clock may claim any year.
struct ClockComparison {
    private var last: Moment

    /// A step that a time server makes is smaller; a year is larger.
    private static let jumpMin: Int64 = 60_000

    init(_ now: Moment) { last = now }

    /// By how many milliseconds the calendar clock has moved apart from the other since the last look; nil where that is no jump.
    mutating func jump(at now: Moment) -> Int64? {
        let counted = (now.instant - last.instant).nanoseconds / 1_000_000
        let jump = now.wall.milliseconds - last.wall.milliseconds - counted
        last = now
        return jump.magnitude >= ClockComparison.jumpMin.magnitude ? jump : nil
    }

    /// 'forward by 365 days'.
    static func words(_ milliseconds: Int64) -> String {
        let seconds = milliseconds.magnitude / 1000
        let size =
            switch seconds {
            case ..<600: "\(seconds) s"
            case ..<36_000: "\(seconds / 60) min"
            case ..<172_800: "\(seconds / 3600) h"
            default: "\(seconds / 86_400) days"
            }
        return "\(milliseconds < 0 ? "back" : "forward") by \(size)"
    }
}
