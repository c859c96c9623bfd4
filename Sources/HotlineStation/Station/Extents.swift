package import HotlineLine
import HotlineRecord
import HotlineWatch
package import HotlineWire

extension Station {
    /// All that peers can make a station keep beside their records, as `Delivery.extents` for what is on the way.
    package var extents: [Extent] { membership.peers.flatMap { extents(of: $0) } }

    /// What one peer can: what waits, what is claimed, what cannot both be true.
    package func extents(of peer: StationNumber) -> [Extent] {
        let books = theirs.filter { $0.station == peer }
        let early = books.flatMap(\.live).reduce((count: 0, bytes: 0)) { ($0.count + $1.early.count, $0.bytes + $1.earlyBytes) }
        let unproved = (tail.claims[peer] ?? [:]).filter { $0.value.verified.isEmpty && targets($0.key).isEmpty }.values
        let peers = membership.peers.count
        return [
            Extent(what: "parked checkpoints", found: parked[peer]?.count ?? 0, limit: CheckpointStrength.allCases.count),
            Extent(what: "heads in a parked checkpoint", found: parked[peer]?.values.map(\.held.count).max() ?? 0, limit: 255),
            Extent(what: "entries beyond a gap", found: early.count, limit: StationLimits.earlyEntries),
            Extent(what: "bytes beyond a gap", found: early.bytes, limit: StationLimits.earlyBytes),
            Extent(what: "generations that remember their past", found: books.flatMap(\.live).count { $0.remembers }, limit: Book.recentMax),
            Extent(what: "late entries, of all peers", found: late.waiting.count, limit: StationLimits.lateEntries * peers),
            Extent(what: "bytes of late entries, of all peers", found: late.waiting.reduce(0) { $0 + $1.content.count }, limit: StationLimits.lateBytes * peers),
            Extent(what: "conflicts", found: conflicts[peer] ?? 0, limit: StationLimits.conflicts),
            Extent(what: "statements", found: statements.kept(of: peer).count, limit: StationLimits.statements),
            Extent(
                what: "claimed entries that no signature covers", found: Int(unproved.reduce(0) { $0 + $1.count }),
                limit: Int(StationLimits.claimEntries) + StationLimits.tailPageEntries
            ),
            Extent(what: "generations told of and not claimed", found: tail.unclaimed[peer]?.count ?? 0, limit: StationLimits.unclaimedMax),
            Extent(what: "holdings in question", found: tail.quests[peer]?.queue.count ?? 0, limit: Limits.holdingsMax),
            Extent(what: "open letters", found: duty.open.values.count { $0.asker == peer }, limit: WatchLimits.openMax),
        ]
    }
}
