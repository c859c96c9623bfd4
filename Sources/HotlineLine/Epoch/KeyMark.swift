import HotlineRecord
import HotlineSeal
public import HotlineWire

/// With which keys the epochs shared with a peer were agreed: a cell in the secrets' own store, compared at every start.
///
/// Whoever has stolen a station has its epochs as well, so that none of those outlives the statement that its keys were stolen. A
/// key that was replaced in order leaves the epochs alone; but what it has signed and the peer has not answered is void, for the
/// peer no longer takes it.
public enum KeyMark {
    /// What is to be erased and noted before a station starts.
    ///
    /// - Parameters:
    ///   - cells: those of the peer (`EpochBook.init(cells:)`).
    ///   - mark: the value of the cell `key`; nil before the first start.
    public static func changes(of peer: StationNumber, cells: [JournalCell], mark: [UInt8]?, _ membership: Membership) -> [JournalCell] {
        let current = KeyMark.mark(of: peer, membership)
        guard current != mark else { return [] }
        let thefts = 2 * Hash.size
        let isStolen = (mark?.prefix(thefts)).map { $0 != current.prefix(thefts) } ?? current.prefix(thefts).contains { $0 != 0 }
        let isReplaced = mark.map { $0.dropFirst(thefts) != current.dropFirst(thefts) } ?? false
        let void = cells.filter { EpochBook.isVoid($0, afterTheft: isStolen, afterReplacement: isReplaced) }
        return void.map { JournalCell(key: $0.key, value: nil) } + [JournalCell(key: key(of: peer), value: current)]
    }

    /// No station number is the first letter of this.
    public static func key(of peer: StationNumber) -> [UInt8] { Array("keys/".utf8) + [peer.value] }

    /// The last theft on each side, then what we sign with.
    private static func mark(of peer: StationNumber, _ membership: Membership) -> [UInt8] {
        let thefts = [peer, membership.me].map { membership.keys.lastTheft(of: $0) ?? Hash.zero }
        return thefts.flatMap(\.bytes) + Digest.sha256(membership.ownKeys.station.bytes + membership.ownKeys.light.bytes).bytes
    }
}
