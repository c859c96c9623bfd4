import HotlineWire

/// Waits between dials: exponential with full jitter, so that two stations that lost each other, or fifty that lost one,
/// do not come back in step.
struct Backoff: Sendable {
    private let least: Span
    private let most: Span
    private var ceiling: Span

    init(least: Span, most: Span) {
        self.least = least
        self.most = most
        ceiling = least
    }

    /// A wait between the least and a ceiling that doubles with every failure.
    mutating func next(using generator: inout some RandomNumberGenerator) -> Span {
        ceiling = min(ceiling * 2, most)
        return Backoff.span(in: least...max(least, ceiling), using: &generator)
    }

    /// A frame came: the path was good, and the next failure is a first one.
    mutating func reset() {
        ceiling = least
    }

    /// The first wait after a path that was good: short, and shorter for the one who dialled it, so that the two do not
    /// meet half-way.
    static func afterGoodPath(_ direction: TLSPath.Direction, using generator: inout some RandomNumberGenerator) -> Span {
        switch direction {
        case .dialled: span(in: .milliseconds(50)...(.milliseconds(100)), using: &generator)
        case .accepted: span(in: .milliseconds(200)...(.milliseconds(400)), using: &generator)
        }
    }

    private static func span(in range: ClosedRange<Span>, using generator: inout some RandomNumberGenerator) -> Span {
        Span(nanoseconds: Int64.random(in: range.lowerBound.nanoseconds...range.upperBound.nanoseconds, using: &generator))
    }
}
