/// A reading of the station's monotonic clock, in nanoseconds since an arbitrary start. Never travels.
public struct Instant: Hashable, Sendable, Comparable {
    public let nanoseconds: Int64
    public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }
    public static func < (a: Instant, b: Instant) -> Bool { a.nanoseconds < b.nanoseconds }
    public static func + (instant: Instant, span: Span) -> Instant { Instant(nanoseconds: instant.nanoseconds + span.nanoseconds) }
    public static func - (a: Instant, b: Instant) -> Span { Span(nanoseconds: a.nanoseconds - b.nanoseconds) }
}

/// A length of time, in nanoseconds.
public struct Span: Hashable, Sendable, Comparable {
    public let nanoseconds: Int64
    public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }
    public static func milliseconds(_ count: Int64) -> Span { Span(nanoseconds: count * 1_000_000) }
    public static func seconds(_ count: Int64) -> Span { Span(nanoseconds: count * 1_000_000_000) }
    public static func < (a: Span, b: Span) -> Bool { a.nanoseconds < b.nanoseconds }
    public static func * (span: Span, factor: Int64) -> Span { Span(nanoseconds: span.nanoseconds * factor) }
}

/// A reading of the calendar clock: whole milliseconds since 1970-01-01T00:00:00Z. A claim, never a reason:
/// nothing is accepted, ordered or refused by it.
public struct WallTime: Hashable, Sendable, Comparable {
    public let milliseconds: Int64
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }
    public static func < (a: WallTime, b: WallTime) -> Bool { a.milliseconds < b.milliseconds }
    public static func + (time: WallTime, span: Span) -> WallTime { WallTime(milliseconds: time.milliseconds + span.nanoseconds / 1_000_000) }
}

/// One moment on both clocks: the monotonic one decides, the calendar one is only shown.
public struct Moment: Hashable, Sendable {
    public let instant: Instant
    public let wall: WallTime
    public init(instant: Instant, wall: WallTime) {
        self.instant = instant
        self.wall = wall
    }
}
