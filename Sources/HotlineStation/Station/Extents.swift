package import HotlineLine
import HotlineRecord
package import HotlineWire

extension Station {
    /// All that a peer can make a station keep beside what delivery keeps: what waits, what is claimed, what cannot both be true.
    package func extents(of peer: StationNumber) -> [Extent] {
        let books = theirs.filter { $0.station == peer }
        let early = books.flatMap(\.live).reduce((count: 0, bytes: 0)) { ($0.count + $1.early.count, $0.bytes + $1.earlyBytes) }
        let unproved = (tail.claims[peer] ?? [:]).filter { $0.value.verified.isEmpty && targets($0.key).isEmpty }.values
        return [
            Extent(what: "parked checkpoints", found: parked[peer]?.count ?? 0, limit: CheckpointStrength.allCases.count),
            Extent(what: "heads in a parked checkpoint", found: parked[peer]?.values.map(\.held.count).max() ?? 0, limit: 255),
            Extent(what: "entries beyond a gap", found: early.count, limit: StationLimits.earlyEntries),
            Extent(what: "bytes beyond a gap", found: early.bytes, limit: StationLimits.earlyBytes),
            Extent(what: "generations that remember their past", found: books.flatMap(\.live).count { $0.remembers }, limit: Book.recentMax),
            Extent(what: "late entries, of all peers", found: late.waiting.count, limit: StationLimits.lateEntries),
            Extent(what: "bytes of late entries, of all peers", found: late.waiting.reduce(0) { $0 + $1.content.count }, limit: StationLimits.lateBytes),
            Extent(what: "conflicts", found: conflicts[peer] ?? 0, limit: StationLimits.conflicts),
            Extent(what: "claimed entries that no signature covers", found: Int(unproved.reduce(0) { $0 + $1.count }), limit: Int(StationLimits.claimEntries)),
            Extent(what: "holdings in question", found: tail.quests[peer]?.queue.count ?? 0, limit: Limits.holdingsMax),
        ]
    }
}
