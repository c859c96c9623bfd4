import HotlineDesk

/// Whether the line is as it should be, and if not, why. For the people who look after it, not for whatever restarts
/// processes: a peer that is down is no reason to restart this station.
struct Health: Codable, Hashable, Sendable {
    let ok: Bool
    /// One sentence each; none where all is well.
    let reasons: [String]

    init(reasons: [String]) {
        ok = reasons.isEmpty
        self.reasons = reasons
    }

    init(_ status: StatusView) {
        var reasons: [String] = []
        if status.evidence > 0 {
            reasons.append("proof of \(status.evidence == 1 ? "a fork or conflict" : "\(status.evidence) forks or conflicts") is held")
        }
        for peer in status.peers where peer.state != "up" {
            reasons.append("\(peer.party): \(peer.state)")
        }
        self.init(reasons: reasons)
    }
}
