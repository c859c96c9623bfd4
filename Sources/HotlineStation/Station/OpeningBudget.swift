import HotlineWire

/// How many generations a peer may still open: a bucket that fills with time.
struct OpeningBudget: Sendable {
    private var left = StationLimits.openingsBurst
    private var since: Instant?

    /// Takes one, where there is one.
    mutating func take(at now: Instant) -> Bool {
        if let since {
            let earned = Int((now - since).nanoseconds / StationLimits.openingInterval.nanoseconds)
            if earned > 0 {
                left = min(StationLimits.openingsBurst, left + earned)
                self.since = since + StationLimits.openingInterval * Int64(earned)
            }
        } else {
            since = now
        }
        guard left > 0 else { return false }
        left -= 1
        return true
    }
}
