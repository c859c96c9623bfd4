import HotlineAgreement
import HotlineWire

/// A bucket of FLASH of one party: a burst, then one in an interval. It lowers the alarm of the excess alone, never a deadline, and refuses
/// nothing (docs/spec/agreement.md, AGR-23).
struct FlashQuota: Hashable, Sendable {
    /// What is left, in parts of an interval: `burst` times the interval when it is full.
    private(set) var level: Span
    private(set) var at: WallTime

    init(_ limits: FlashLimits, at now: WallTime) {
        level = limits.interval * Int64(limits.burst)
        at = now
    }

    init(level: Span, at: WallTime) {
        self.level = level
        self.at = at
    }

    /// Takes one out, by our own clock; a clock that goes back fills nothing.
    ///
    /// - Returns: whether there was one.
    mutating func take(_ limits: FlashLimits, at now: WallTime) -> Bool {
        let full = limits.interval * Int64(limits.burst)
        let passed = min(max(0, now.milliseconds - at.milliseconds), full.nanoseconds / 1_000_000)
        level = Span(nanoseconds: min(full.nanoseconds, level.nanoseconds + passed * 1_000_000))
        at = now
        guard level >= limits.interval else { return false }
        level = Span(nanoseconds: level.nanoseconds - limits.interval.nanoseconds)
        return true
    }
}
