import HotlineLine
import HotlineRecord
import HotlineSeal
public import HotlineWire

/// What came back of our own record becomes ours again as far as our own full signature covers it.
extension Station {
    /// Heads of a generation that are ours beyond doubt, or provisionally: those that we have signed, and those that a
    /// generation of our own states of the one before it.
    func targets(_ generation: GenerationID) -> [(strength: CheckpointStrength, head: Head)] {
        let signed = CheckpointStrength.allCases.compactMap { strength in
            latest[generation]?[strength].map { (strength, $0.checkpoint.head) }
        }
        return signed + own.successors(of: generation).map { (.full, $0.stated) }
    }

    /// Targets that a claim reaches and that have not been compared with it.
    private func due(_ claim: Claim, _ generation: GenerationID) -> [(strength: CheckpointStrength, head: Head)] {
        guard !claim.isRefuted else { return [] }
        return targets(generation).filter { target in
            let done = claim.verified[.full] ?? .zero
            let bar = target.strength == .full ? done : max(done, claim.verified[.light] ?? .zero)
            return target.head.size > max(bar, claim.base?.size ?? .zero) && target.head.size <= claim.size
        }
    }

    var tailNeeds: [Need] {
        var needs: [Need] = membership.peers.compactMap { peer in stemWanted(by: peer).map { .stem($0) } }
        for (peer, generation, claim) in tail.inOrder {
            for (_, head) in due(claim, generation) where head.size != claim.size {
                needs.append(.returnedRoot(by: peer, GenerationSize(generation, head.size), base: claim.base?.size ?? .zero))
            }
            if let next = nextToTakeBack(claim, generation) {
                needs.append(.returned(by: peer, EntryID(generation, next)))
                if let closed = own.closed(generation) { needs.append(.stem(GenerationSize(generation, closed.head.size))) }
            }
        }
        return needs
    }

    /// The number from which on our record lacks what the claim has and our signature covers.
    private func nextToTakeBack(_ claim: Claim, _ generation: GenerationID) -> EntryNumber? {
        guard !Canary.claimKept.sings else { return nil }
        let size = own.size(of: generation) ?? .zero
        return claim.verified[.full].flatMap { $0 > size ? size.next : nil }
    }

    mutating func takeBack(_ loaded: Loaded, at now: Moment, into outcome: inout Outcome) {
        for (peer, generation, claim) in tail.inOrder {
            verify(claim, generation, by: peer, loaded, at: now, into: &outcome)
        }
        for (peer, generation, claim) in tail.inOrder {
            guard let from = nextToTakeBack(claim, generation), let entries = loaded.returned[peer]?[EntryID(generation, from)], !entries.isEmpty else { continue }
            copy(entries, of: claim, generation, from: peer, loaded, at: now, into: &outcome)
        }
    }

    /// Compares a claim with what our own signatures say of it.
    private mutating func verify(
        _ claim: Claim, _ generation: GenerationID, by peer: StationNumber, _ loaded: Loaded, at now: Moment, into outcome: inout Outcome
    ) {
        for (strength, head) in due(claim, generation) {
            let part = GenerationSize(generation, head.size)
            guard let root = head.size == claim.size ? claim.frontier.root : loaded.returnedRoots[peer]?[part] else { continue }
            guard root == head.root else {
                tail.change(peer, generation) { $0.isRefuted = true }
                return violate(.falseReturn, peer, at: now, into: &outcome)
            }
            commit(.verified(part, strength, by: peer), at: now, into: &outcome)
        }
    }

    /// Takes a page into our record. The last one states what has come back.
    private mutating func copy(
        _ entries: [Entry], of claim: Claim, _ generation: GenerationID, from peer: StationNumber, _ loaded: Loaded, at now: Moment,
        into outcome: inout Outcome
    ) {
        guard let upTo = claim.verified[.full] else { return }
        if let closed = own.closed(generation) {
            guard let stem = loaded.stems[GenerationSize(generation, closed.head.size)] else { return }
            commit(.reopened(stem), at: now, into: &outcome)
        }
        for entry in entries where entry.id.number < upTo.next {
            // It closes where a successor of ours states its end; what lies beyond reopens it in the next poll.
            guard own.closed(generation) == nil else { break }
            commit(.entry(entry, at: now.wall), at: now, into: &outcome)
        }
        guard let head = own.head(of: generation), head.size == upTo else { return }
        // That the peer holds it is for an acknowledgement to say: a twin of it may have given it back.
        let recovery = Recovered(from: peer, first: claim.base?.size.next ?? EntryNumber(0), head: head)
        state(Recovered.kind, recovery.encoded, at: now, into: &outcome)
        outcome.effects.append(.tell(.recovered(peer: peer, GenerationSize(generation, head.size))))
    }

    /// Whether something of this generation of ours came back under a light signature alone.
    public func isProvisional(_ generation: GenerationID) -> Bool {
        tail.inOrder.contains { $0.generation == generation && $0.claim.verified[.light] ?? .zero > $0.claim.verified[.full] ?? .zero }
    }

    /// An officer vouches for what a light signature alone covers: whoever holds the light key could have written it.
    mutating func confirm(_ generation: GenerationID, at now: Moment, into outcome: inout Outcome) {
        for (peer, claimed, claim) in tail.inOrder where claimed == generation {
            guard let light = claim.verified[.light], light > claim.verified[.full] ?? .zero else { continue }
            commit(.verified(GenerationSize(generation, light), .full, by: peer), at: now, into: &outcome)
        }
    }
}
