package import HotlineLine
import HotlineRecord
import HotlineWire

extension Station {
    /// All that peers can make a station keep beside their records, as `Delivery.extents` for what is on the way.
    package var extents: [Extent] {
        var extents = [Extent(what: "late entries", found: late.waiting.count, limit: StationLimits.lateEntries * membership.peers.count)]
        for book in theirs {
            let early = book.live.reduce((count: 0, bytes: 0)) { ($0.count + $1.early.count, $0.bytes + $1.earlyBytes) }
            extents.append(Extent(what: "entries beyond a gap", found: early.count, limit: StationLimits.earlyEntries))
            extents.append(Extent(what: "bytes beyond a gap", found: early.bytes, limit: StationLimits.earlyBytes))
        }
        for peer in membership.peers {
            extents.append(Extent(what: "conflicts", found: conflicts[peer] ?? 0, limit: StationLimits.conflicts))
            extents.append(Extent(what: "statements", found: statements.kept(of: peer).count, limit: StationLimits.statements))
            let claims = (tail.claims[peer] ?? [:]).values.filter(\.verified.isEmpty)
            let limit = Int(StationLimits.claimEntries) + StationLimits.tailPageEntries
            extents.append(Extent(what: "claimed entries", found: claims.reduce(0) { $0 + Int($1.count) }, limit: limit))
            extents.append(Extent(what: "generations to ask for", found: tail.quests[peer]?.queue.count ?? 0, limit: Limits.holdingsMax))
        }
        return extents
    }
}
