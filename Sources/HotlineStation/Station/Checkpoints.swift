import HotlineLine
public import HotlineRecord
import HotlineSeal
public import HotlineWire

/// Checkpoints: ours once they are signed, the peers' once what they speak of is here.
extension Station {
    /// The shell has signed what it was asked to sign.
    mutating func signed(_ checkpoint: UnverifiedCheckpoint, at now: Moment, into outcome: inout Outcome) {
        signing.done(checkpoint.strength)
        guard let verified = try? checkpoint.verified(by: membership.ownKeys) else {
            preconditionFailure("the station's keys are those that the agreement names")
        }
        commit(.checkpoint(checkpoint, at: now.wall), at: now, into: &outcome)
        mark(checkpoint.checkpoint.head, into: &outcome)
        for index in deliveries.indices { deliveries[index].offer(verified) }
    }

    /// Those that can be verified once their roots are loaded: all that they speak of is here. Of any other nothing is loaded, or a
    /// peer could make us read the same roots in every turn.
    var parkedInOrder: [ParkedCheckpoint] {
        membership.peers.flatMap { peer in CheckpointStrength.allCases.compactMap { parked[peer]?[$0] } }
            .filter { checkpoint in
                keys(of: checkpoint.head.generation) != nil && ([checkpoint.head] + checkpoint.held).allSatisfy { root(of: $0) != nil || isHeld($0) }
            }
    }

    /// Looks again at checkpoints that waited.
    mutating func retryParked(_ loaded: Loaded, at now: Moment, into outcome: inout Outcome) {
        for peer in membership.peers {
            for strength in CheckpointStrength.allCases {
                // One that is signed under an agreement that is not installed here waits for its installation; the signer repeats it.
                guard let waiting = parked[peer]?[strength], let basis = basis(of: waiting.head.generation),
                    membership.keys(of: peer, on: basis) != nil
                else { continue }
                var heads: [Head] = []
                for part in [waiting.head] + waiting.held {
                    guard let root = root(of: part) ?? loaded.roots[part] else { break }
                    heads.append(Head(generation: part.generation, size: part.size, root: root))
                }
                guard heads.count == 1 + waiting.held.count else { continue }
                parked[peer]?[strength] = nil
                let checkpoint = Checkpoint(
                    line: membership.line, agreement: basis.agreement, head: heads[0], held: Array(heads.dropFirst())
                )
                settle(
                    UnverifiedCheckpoint(checkpoint: checkpoint, strength: strength, signature: waiting.signature), peer, at: now,
                    into: &outcome
                )
            }
        }
    }

    private mutating func settle(_ checkpoint: UnverifiedCheckpoint, _ peer: StationNumber, at now: Moment, into outcome: inout Outcome) {
        // Only sizes travel: they may be those of a text that nobody can read back, such as one generation twice.
        guard (try? Checkpoint(text: checkpoint.checkpoint.text)) != nil, let keys = keys(of: checkpoint.checkpoint.head.generation),
            let signed = try? checkpoint.verified(by: keys)
        else {
            return violate(.checkpointMismatch, peer, at: now, into: &outcome)
        }
        let head = checkpoint.checkpoint.head
        // Of a closed generation the store alone has the latest; an older one that comes late must not take its place.
        guard head.size >= book(of: peer)?.signed(head.generation)[checkpoint.strength] ?? .zero else { return }
        if let known = latest[head.generation]?[checkpoint.strength] {
            if let earlier = try? known.verified(by: keys), let fork = Fork(earlier, signed) { return note(fork, at: now, into: &outcome) }
            // The same one again, or an older one that came late.
            guard checkpoint.checkpoint.says(moreThan: known.checkpoint) else { return }
            guard !checkpoint.checkpoint.holds(lessThan: known.checkpoint) else { return violate(.checkpointShrinks, peer, at: now, into: &outcome) }
        }
        commit(.checkpoint(signed.unverified, at: now.wall), at: now, into: &outcome)
        noteContradictions(signed, with: statements.kept(of: head.generation.station), at: now, into: &outcome)
    }

    /// A checkpoint with its text written out: it may contradict one that the same station has signed before.
    mutating func receive(_ checkpoint: UnverifiedCheckpoint, from peer: StationNumber, at now: Moment, into outcome: inout Outcome) {
        let head = checkpoint.checkpoint.head
        let signed: SignedCheckpoint
        let basis: Basis
        do throws(CheckpointRefusal) {
            (signed, basis) = try membership.keys.verify(checkpoint)
        } catch .unknownAgreement {
            // Not to be judged before it is installed.
            return
        } catch {
            return violate(.badSignature, peer, at: now, into: &outcome)
        }
        // What stolen keys have signed is not taken back as ours: a thief may have said it.
        if checkpoint.checkpoint.signer == membership.me, !membership.keys.isStolen(basis, of: membership.me) {
            receive(own: checkpoint, from: peer, at: now, into: &outcome)
        }
        let known = CheckpointStrength.allCases.compactMap { latest[head.generation]?[$0] } + statements.kept(of: checkpoint.checkpoint.signer)
        if noteContradictions(signed, with: known, at: now, into: &outcome) { return }
        let root = root(of: GenerationSize(head.generation, head.size))
        if let root, root != head.root { violate(.checkpointMismatch, peer, at: now, into: &outcome) }
        // It may contradict what its signer signed before or signs later.
        if root != head.root, statements.mayKeep(checkpoint) { commit(.stated(checkpoint, at: now.wall), at: now, into: &outcome) }
    }

    /// The root of a generation at a size, where it is in memory.
    func root(of part: GenerationSize) -> Hash? {
        guard let book = book(of: part.generation.station) else { return nil }
        if let generation = book.generation(part.generation) { return generation.root(at: part.size) }
        return book.closed(part.generation).flatMap { $0.head.size == part.size ? $0.head.root : nil }
    }

    /// Whether the store has all entries below that size.
    func isHeld(_ part: GenerationSize) -> Bool {
        guard part.size > .zero, let size = book(of: part.generation.station)?.size(of: part.generation) else { return false }
        return part.size <= size
    }
}

extension Station {
    /// The latest verified checkpoint of an open generation.
    public func latestCheckpoint(of generation: GenerationID, _ strength: CheckpointStrength) -> UnverifiedCheckpoint? {
        latest[generation]?[strength]
    }
}
