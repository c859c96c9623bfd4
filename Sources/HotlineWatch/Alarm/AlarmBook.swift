public import HotlineWire

/// Which alarms have rung, how often, and who has acknowledged them.
///
/// ```
///   due ─▶ rings ─ every minute ─▶ rings … ─▶ up the succession
///             └─ acknowledged by name ─▶ silent until it is done
///   done (no longer due): forgotten
/// ```
public struct AlarmBook: Sendable {
    public struct Raised: Hashable, Sendable {
        /// How often it has rung.
        public internal(set) var rings: Int
        public internal(set) var lastAt: Instant
        public internal(set) var acknowledgedBy: String?
    }
    public struct Ring: Hashable, Sendable {
        public let alarm: Alarm
        /// 1 for the first.
        public let count: Int
        /// How far up the succession: 0 for the post itself.
        public let level: Int
    }
    /// By the alarm's name.
    public private(set) var raised: [String: Raised] = [:]
    /// The calendar clock has jumped, and nobody has confirmed the time: nothing rings.
    public private(set) var isTimeDoubtful = false

    /// Between two rings of an alarm that nobody has acknowledged.
    public static let interval = Span.seconds(60)
    /// Rings at one post before the next of the succession is called as well.
    static let ringsPerLevel = 3

    public init() {}

    /// What is to ring now.
    ///
    /// - Parameter dues: all that is due or will be.
    public mutating func poll(_ dues: [Alarm], at now: Moment) -> [Ring] {
        let names = Set(dues.map(\.name))
        raised = raised.filter { names.contains($0.key) }
        guard !isTimeDoubtful else { return [] }
        var rings: [Ring] = []
        for alarm in dues.filter({ $0.at <= now.wall }).sorted(by: { ($0.precedence, $0.at, $0.name) < ($1.precedence, $1.at, $1.name) }) {
            var known = raised[alarm.name] ?? Raised(rings: 0, lastAt: now.instant)
            guard known.rings == 0 || known.acknowledgedBy == nil && !alarm.isOverQuota && now.instant - known.lastAt >= AlarmBook.interval else { continue }
            known.rings += 1
            known.lastAt = now.instant
            raised[alarm.name] = known
            rings.append(Ring(alarm: alarm, count: known.rings, level: (known.rings - 1) / AlarmBook.ringsPerLevel))
        }
        return rings
    }

    /// When the next alarm that is not due yet will be; nil where there is none.
    public func next(_ dues: [Alarm], after now: WallTime) -> WallTime? { dues.map(\.at).filter { $0 > now }.min() }

    /// - Returns: false where no such alarm has rung.
    public mutating func acknowledge(_ name: String, by officer: String) -> Bool {
        guard raised[name] != nil else { return false }
        raised[name]?.acknowledgedBy = officer
        return true
    }

    /// From the local log, after a start: it has rung before, and does not ring anew at once.
    public mutating func restore(_ name: String, rings: Int, acknowledgedBy: String?, at now: Instant) {
        raised[name] = Raised(rings: rings, lastAt: now, acknowledgedBy: acknowledgedBy)
    }

    public mutating func doubtTime() { isTimeDoubtful = true }
    public mutating func confirmTime() { isTimeDoubtful = false }
}
