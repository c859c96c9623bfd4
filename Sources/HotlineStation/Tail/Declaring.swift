import HotlineLine
import HotlineRecord
import HotlineSeal
import HotlineWire

/// Every loss is declared in our own record, where both sides read it.
extension Station {
    /// After a start from a backup: what was written after it may be lost, whoever has seen it, and so may be what was written on
    /// other ways than the backup's.
    mutating func declare(_ restored: Restored, at now: Moment, into outcome: inout Outcome) {
        guard !Canary.silentRestore.sings else { return }
        var lost = restored.lost[...]
        repeat {
            let together = lost.prefix(Declaration.knownMax).map { Declaration.Lost($0, cover: nil) }
            declare(.restored, foundHead, together, at: now, into: &outcome)
            lost = lost.dropFirst(together.count)
        } while !lost.isEmpty
    }

    /// Once a peer has told what it holds: what we lack of it and have not declared yet, by the head that it goes on from.
    mutating func declareShown(at now: Moment, into outcome: inout Outcome) {
        for peer in membership.peers where tail.quests[peer]?.doneAt != nil {
            var lost: [(from: Head?, Declaration.Lost)] = []
            for (generation, claim) in (tail.claims[peer] ?? [:]).sorted(by: { $0.key < $1.key }) where !tail.declared.contains(generation) {
                let cover = CheckpointStrength.allCases.last { claim.verified[$0] != nil }
                lost.append((restoredFrom(generation, claim, by: peer), Declaration.Lost(GenerationSize(generation, claim.size), cover: cover)))
            }
            for (generation, size) in (tail.unclaimed[peer] ?? [:]).sorted(by: { $0.key < $1.key }) where !tail.declared.contains(generation) {
                guard tail.claim(by: peer, generation) == nil, size > own.size(of: generation) ?? .zero else { continue }
                lost.append((own.head(of: generation) ?? foundHead, Declaration.Lost(GenerationSize(generation, size), cover: nil)))
            }
            while let first = lost.first {
                let together = lost.filter { $0.from == first.from }.prefix(Declaration.knownMax).map(\.1)
                declare(.shown, first.from, together, at: now, into: &outcome)
                let listed = Set(together.map(\.part.generation))
                lost.removeAll { listed.contains($0.1.part.generation) }
            }
        }
    }

    private mutating func declare(_ cause: Declaration.Cause, _ head: Head?, _ known: [Declaration.Lost], at now: Moment, into outcome: inout Outcome) {
        let declaration = Declaration(cause: cause, restoredFrom: head, known: known)
        state(Declaration.kind, declaration.encoded, at: now, into: &outcome)
    }

    /// The last head that we still knew before a lost generation: its own, or where the first lost one before it was opened.
    private func restoredFrom(_ generation: GenerationID, _ claim: Claim, by peer: StationNumber) -> Head? {
        var claim = claim
        for _ in 0..<StationLimits.claimEntries {
            if let base = claim.base { return base }
            guard let before = claim.opening.predecessor else { return nil }
            guard let earlier = tail.claim(by: peer, before.generation) else { return stillKnown(before) }
            // It was opened while what we still have of the one before it was being written.
            if let base = earlier.base, before.size <= base.size { return before }
            claim = earlier
        }
        return nil
    }

    /// As much as we have of what a lost generation states of the one before it.
    private func stillKnown(_ stated: Head) -> Head? {
        guard let head = own.head(of: stated.generation) else { return foundHead }
        return head.size < stated.size ? head : stated
    }

    /// The head that this start has found; it stands for the one that is not known where the opening of a lost generation has not come.
    private var foundHead: Head? { own.current.flatMap { own.predecessor(of: $0.id) } }
}
