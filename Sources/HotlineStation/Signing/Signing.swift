import HotlineWire

/// When this station signs: a light checkpoint every 32 entries or a second after the last commit, a full one after a
/// minute of quiet or 10,000 entries, either on demand. At most one of each is being signed.
struct Signing: Sendable {
    private var sinceLight: UInt64 = 0
    private var sinceFull: UInt64 = 0
    private var lastCommit: Instant?
    private var ordered: Set<CheckpointStrength> = []
    private var underWay: Set<CheckpointStrength> = []

    static let lightAfter = Span.seconds(1)
    static let fullAfter = Span.seconds(60)

    /// An entry became durable, ours or a peer's: the next checkpoint covers it.
    mutating func noted(at now: Instant) {
        sinceLight += 1
        sinceFull += 1
        lastCommit = now
    }

    mutating func order(_ strength: CheckpointStrength) { ordered.insert(strength) }

    /// What is to be signed now; it is under way from here on.
    mutating func take(at now: Instant) -> CheckpointStrength? {
        if !underWay.contains(.full), ordered.contains(.full) || sinceFull >= StationLimits.entriesPerFull || isQuiet(Signing.fullAfter, sinceFull, now) {
            begin(.full)
            return .full
        }
        if !underWay.contains(.light), ordered.contains(.light) || sinceLight >= StationLimits.entriesPerLight || isQuiet(Signing.lightAfter, sinceLight, now) {
            begin(.light)
            return .light
        }
        return nil
    }

    mutating func done(_ strength: CheckpointStrength) { underWay.remove(strength) }

    var nextDeadline: Instant? {
        guard let lastCommit else { return nil }
        if sinceLight > 0, !underWay.contains(.light) { return lastCommit + Signing.lightAfter }
        if sinceFull > 0, !underWay.contains(.full) { return lastCommit + Signing.fullAfter }
        return nil
    }

    private mutating func begin(_ strength: CheckpointStrength) {
        underWay.insert(strength)
        ordered.remove(strength)
        sinceLight = 0
        if strength == .full { sinceFull = 0 }
    }

    private func isQuiet(_ span: Span, _ count: UInt64, _ now: Instant) -> Bool {
        guard count > 0, let lastCommit else { return false }
        return now >= lastCommit + span
    }
}
