import HotlineLine
import HotlineRecord
import HotlineSeal
public import HotlineWire

/// After a batch of inputs: what to send, what to sign, when to wake. Its effects, too, wait for the commit.
extension Station {
    /// What the next poll would use of the past.
    public var needs: [Need] {
        var needs: [Need] = []
        // By index: a delivery is large, and this runs in every turn.
        for index in deliveries.indices { needs += deliveries[index].needs.map { .entry($0) } }
        for checkpoint in parkedInOrder {
            // As long as something of it is not here, its roots are of no use.
            let unknown = ([checkpoint.head] + checkpoint.held).filter { root(of: $0) == nil }
            if unknown.allSatisfy(isHeld) { needs += unknown.map { .root($0) } }
        }
        return needs + statements.needs + lateNeeds + answerNeeds + tailNeeds
    }

    public mutating func poll(_ loaded: Loaded, at now: Moment, into outcome: inout Outcome) {
        markOpening(into: &outcome)
        receiveLate(loaded, at: now, into: &outcome)
        retryQuests(at: now)
        advanceQuests(loaded, at: now, into: &outcome)
        takeBack(loaded, at: now, into: &outcome)
        declareShown(at: now, into: &outcome)
        answer(loaded)
        retryParked(loaded, at: now, into: &outcome)
        compareStatements(loaded, at: now, into: &outcome)
        if let strength = signing.take(at: now.instant), let checkpoint = checkpoint(strength) {
            outcome.effects.append(.sign(checkpoint, strength))
        }
        for index in deliveries.indices {
            let peer = deliveries[index].peer
            let before = deliveries[index].epochs
            let epochs = deliveries[index].wantedOffers(at: now.instant)
            if !epochs.isEmpty {
                outcome.secretCells += deliveries[index].secretCells(since: before)
                outcome.effects.append(.makeOffers(peer: peer, epochs))
            }
            guard let theirs = theirs.first(where: { $0.station == peer }) else { continue }
            let output = deliveries[index].poll(own: own, theirs: theirs, loaded: loaded.entries, at: now.instant)
            outcome.secretCells += output.secretCells
            for (bearer, frame) in output.frames { outcome.effects.append(.transmit(bearer, frame)) }
            for (bearer, silence) in output.resets { outcome.effects.append(.reset(bearer, silence: silence)) }
        }
    }

    /// When something is due although nothing arrives.
    public var nextDeadline: Instant? {
        (deliveries.indices.map { deliveries[$0].nextDeadline } + [signing.nextDeadline, nextQuest]).compactMap { $0 }.min()
    }

    /// 'My record up to n, yours up to m.'
    private func checkpoint(_ strength: CheckpointStrength) -> Checkpoint? {
        guard var head = own.current?.head else { return nil }
        if Canary.smallerCheckpoint.sings, strength == .full, head.size > RecordSize(1) {
            let size = RecordSize(head.size.value - 1)
            if let root = own.current?.root(at: size) { head = Head(generation: head.generation, size: size, root: root) }
        }
        return Checkpoint(
            line: membership.line, agreement: membership.agreement, head: head, held: theirs.flatMap(\.headsToSign)
        )
    }
}
