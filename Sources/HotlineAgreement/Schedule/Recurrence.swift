import HotlineWire

/// What comes again and again.
enum Recurrence {
    /// The first of start + offset + n · every that is after `time`.
    static func next(after time: WallTime, start: WallTime, offset: Span, every: Span) -> WallTime {
        let step = every.nanoseconds / 1_000_000
        let first = start.milliseconds + offset.nanoseconds / 1_000_000
        let passed = time.milliseconds - first
        let steps = passed < 0 ? (passed + 1) / step : passed / step + 1
        return WallTime(milliseconds: first + steps * step)
    }
}
