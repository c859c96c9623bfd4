import HotlineLine
public import HotlineRecord
public import HotlineSeal
public import HotlineWire

/// On which agreement each generation stands, and with which keys it is signed. The opening of a generation names both for all of
/// its entries, for no agreement travels with an entry.
extension Station {
    /// What a generation stands on; nil before its opening is here.
    public func basis(of generation: GenerationID) -> Basis? {
        book(of: generation.station)?.basis(of: generation, line: membership.line)
    }

    /// The keys that sign a generation; nil where what it stands on is not here, or not installed.
    public func keys(of generation: GenerationID) -> StationPublicKeys? {
        basis(of: generation).flatMap { membership.keys(of: generation.station, on: $0) }
    }

    /// The entry with the agreement that its generation stands on. Before the opening is here there is nothing to be done with it.
    func named(_ entry: ArrivingEntry) -> Entry {
        if entry.id.number == EntryNumber(0), let opening = try? Opening(entry.content) {
            return entry.entry(under: opening.basis(on: membership.line).agreement)
        }
        return entry.entry(under: basis(of: entry.id.generation)?.agreement ?? membership.line)
    }

    /// Tells the delivery to a peer what its record stands on: which keys it may speak with.
    mutating func noteBasis(of peer: StationNumber) {
        let membership = membership
        guard peer != membership.me, let current = book(of: peer)?.current else { return }
        let basis = current.opening.basis(on: membership.line)
        change(peer) { delivery in
            if let before = delivery.theirBasis, membership.keys.comes(basis, before: before, of: peer) { return }
            delivery.theirBasis = basis
        }
    }

    /// Whether what a generation stands on is installed here; true before its opening is here.
    public func isInstalled(_ generation: GenerationID) -> Bool {
        basis(of: generation).map { membership.keys(of: generation.station, on: $0) != nil } ?? true
    }

    /// What this start's opening says of its basis.
    var basisToState: Basis? { membership.basis == membership.keys.first ? nil : membership.basis }
}
