import HotlineLine
import HotlineRecord
import HotlineWire

/// After a start: what do the peers hold of our record that we lack?
extension Station {
    /// Asks a peer from the beginning.
    mutating func beginQuest(_ peer: StationNumber, at now: Moment) {
        tail.quests[peer] = Tail.Quest()
        askForHoldings(of: peer, from: 0, at: now)
    }

    /// The peer holds something of our record that we do not: it is asked again, once it has answered what it was asked.
    mutating func hint(_ peer: StationNumber) { tail.quests[peer]?.hasHint = true }

    /// Asks again where a peer has acknowledged more than it had told of.
    mutating func retryQuests(at now: Moment) {
        for peer in membership.peers {
            guard let quest = tail.quests[peer], quest.hasHint, let done = quest.doneAt, now.instant - done >= StationLimits.questInterval else { continue }
            beginQuest(peer, at: now)
        }
    }

    var nextQuest: Instant? {
        tail.quests.values.compactMap { quest in quest.hasHint ? quest.doneAt.map { $0 + StationLimits.questInterval } : nil }.min()
    }

    mutating func receive(_ holdings: [Holding], total: UInt64, from: UInt64, peer: StationNumber, at now: Moment, into outcome: inout Outcome) {
        guard let current = own.current?.id, delivery(to: peer)?.openQuestion?.question == .holdings(current: current, from: from) else { return }
        // The answer to a twin's question names what we write; ours comes when we ask again.
        if holdings.contains(where: { $0.part.generation == current }) { return }
        let next = from + UInt64(holdings.count)
        let lacking = holdings.filter { isLacking($0, by: peer) }
        tail.quests[peer]?.nextPage = !holdings.isEmpty && next < min(total, StationLimits.holdingsMax) ? next : nil
        tail.quests[peer]?.queue = lacking
        advance(peer, at: now)
    }

    /// A checkpoint of our own, given back: it says how much of a lost generation is ours.
    mutating func receive(own signed: UnverifiedCheckpoint, from peer: StationNumber, at now: Moment, into outcome: inout Outcome) {
        let head = signed.checkpoint.head
        guard head.generation != own.current?.id else { return }
        // Of a closed generation the store alone has the latest; an older one that a peer repeats must not take its place.
        guard head.size >= own.signed(head.generation)[signed.strength] ?? .zero else { return }
        if let known = latest[head.generation]?[signed.strength], known.checkpoint.head.size >= head.size { return }
        commit(.checkpoint(signed, at: now.wall), at: now, into: &outcome)
        advance(peer, at: now)
    }

    mutating func receive(returned entry: Entry, by peer: StationNumber, at now: Moment, into outcome: inout Outcome) {
        guard let wanted = tail.quests[peer]?.queue.first, wanted.part.generation == entry.id.generation, entry.fault == nil else { return }
        if let claim = tail.claim(by: peer, entry.id.generation) {
            guard entry.id.number == claim.size.next else { return }
        } else {
            // Another peer may have given it back since it was asked for: then the claim goes on where ours ends.
            guard own.size(of: entry.id.generation) == nil else { return advance(peer, at: now) }
            guard entry.id.number == EntryNumber(0) else { return }
        }
        guard mayClaim(wanted, by: peer) else { return advance(peer, at: now) }
        commit(.returned(entry, by: peer, at: now.wall), at: now, into: &outcome)
        tail.quests[peer]?.page.add(entry)
        if tail.quests[peer]?.page.isFull ?? true || sizeWithClaims(entry.id.generation, by: peer) >= wanted.part.size {
            advance(peer, at: now)
        } else {
            change(peer) { $0.advance(.entries(entry.id.generation, from: EntryNumber(entry.id.number.value + 1)), at: now.instant) }
        }
    }

    /// What is asked next of a peer, now that something has come.
    mutating func advance(_ peer: StationNumber, at now: Moment) {
        guard var quest = tail.quests[peer], quest.doneAt == nil else { return }
        defer { tail.quests[peer] = quest }
        while let wanted = quest.queue.first {
            let generation = wanted.part.generation
            let isSigned = CheckpointStrength.allCases.allSatisfy { wanted.signed[$0] ?? .zero <= signedSize(generation, atLeast: $0) }
            let open = delivery(to: peer)?.openQuestion
            let isGivenUp = open.map { $0.question == .checkpoints(generation) && $0.asked > StationLimits.tailAttempts } ?? false
            if !isSigned, !quest.hasAskedForCheckpoints {
                quest.hasAskedForCheckpoints = true
                return ask(peer, .checkpoints(generation), at: now)
            }
            if !isSigned, !isGivenUp, open?.question == .checkpoints(generation) { return }
            // They were said to be there and did not come: the peer is asked again after a while.
            if !isSigned, isGivenUp { quest.hasHint = true }
            let size = sizeWithClaims(generation, by: peer)
            if size < wanted.part.size, mayClaim(wanted, by: peer) {
                // Where ours goes on, the claim begins with our own tree; the next poll loads it.
                guard tail.claim(by: peer, generation) != nil || own.size(of: generation) == nil else { return ask(peer, nil, at: now) }
                quest.page = TailPage()
                // From where this peer's claim ends, though others may have given back more.
                return ask(peer, .entries(generation, from: (tail.claim(by: peer, generation)?.size ?? .zero).next), at: now)
            }
            if size < wanted.part.size { noteUnclaimed(wanted.part, by: peer) }
            quest.queue.removeFirst()
            quest.hasAskedForCheckpoints = false
        }
        if let page = quest.nextPage { return askForHoldings(of: peer, from: page, at: now) }
        quest.doneAt = now.instant
        ask(peer, nil, at: now)
    }

    /// A generation that a peer has told of and may not claim. What a peer may make us declare in this way is bounded as its claims are.
    private mutating func noteUnclaimed(_ part: GenerationSize, by peer: StationNumber) {
        guard tail.claim(by: peer, part.generation) == nil, tail.unclaimed[peer]?.count ?? 0 < StationLimits.unclaimedMax else { return }
        tail.unclaimed[peer, default: [:]][part.generation] = part.size
    }

    /// Begins claims that go on where ours ends, and gives up on checkpoints that do not come.
    mutating func advanceQuests(_ loaded: Loaded, at now: Moment, into outcome: inout Outcome) {
        for peer in membership.peers {
            if let part = stemWanted(by: peer), let stem = loaded.stems[part] {
                commit(.claimed(stem, by: peer), at: now, into: &outcome)
                advance(peer, at: now)
            } else if case .checkpoints? = delivery(to: peer)?.openQuestion?.question {
                advance(peer, at: now)
            }
        }
    }

    /// Our own part of a generation that a peer has more of, where the claim has not begun.
    func stemWanted(by peer: StationNumber) -> GenerationSize? {
        guard let quest = tail.quests[peer], quest.doneAt == nil, let wanted = quest.queue.first, delivery(to: peer)?.openQuestion == nil,
            tail.claim(by: peer, wanted.part.generation) == nil, let size = own.size(of: wanted.part.generation)
        else { return nil }
        return GenerationSize(wanted.part.generation, size)
    }

    private mutating func askForHoldings(of peer: StationNumber, from page: UInt64, at now: Moment) {
        guard let current = own.current?.id else { return }
        ask(peer, .holdings(current: current, from: page), at: now)
    }

    private mutating func ask(_ peer: StationNumber, _ question: TailQuestion?, at now: Moment) {
        change(peer) { $0.ask(question, at: now.instant) }
    }

    private func sizeWithClaims(_ generation: GenerationID, by peer: StationNumber) -> RecordSize {
        max(own.size(of: generation) ?? .zero, tail.claim(by: peer, generation)?.size ?? .zero)
    }

    /// Whether the peer holds entries that we lack, or checkpoints that make more of its claim ours.
    private func isLacking(_ holding: Holding, by peer: StationNumber) -> Bool {
        let generation = holding.part.generation
        if holding.part.size > sizeWithClaims(generation, by: peer) { return true }
        let verified = tail.claim(by: peer, generation)?.verified ?? [:]
        return CheckpointStrength.allCases.contains { strength in
            holding.signed[strength] ?? .zero > max(own.size(of: generation) ?? .zero, verified[strength] ?? .zero, verified[.full] ?? .zero)
        }
    }

    /// How much of a generation our own signature covers with this strength or a greater one, as the checkpoints here say.
    private func signedSize(_ generation: GenerationID, atLeast strength: CheckpointStrength) -> RecordSize {
        CheckpointStrength.allCases.filter { $0 >= strength }.compactMap { latest[generation]?[$0]?.checkpoint.head.size }.max() ?? .zero
    }

    /// What our signature covers is bounded by what we have signed; of the rest a peer may claim little.
    private func mayClaim(_ wanted: Holding, by peer: StationNumber) -> Bool {
        let generation = wanted.part.generation
        if let claim = tail.claim(by: peer, generation), claim.isRefuted { return false }
        let size = sizeWithClaims(generation, by: peer)
        if targets(generation).contains(where: { $0.head.size > size }) { return true }
        var entries: UInt64 = 0
        var bytes = 0
        for claim in (tail.claims[peer] ?? [:]).values where claim.verified.isEmpty {
            entries += claim.count
            bytes += claim.bytes
        }
        return entries < StationLimits.claimEntries && bytes < StationLimits.claimBytes
    }
}
