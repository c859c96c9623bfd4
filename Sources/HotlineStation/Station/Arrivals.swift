import HotlineLine
import HotlineRecord
import HotlineSeal
import HotlineWire

/// What bearers bring.
extension Station {
    mutating func handle(_ event: BearerEvent, peer: StationNumber, at now: Moment, into outcome: inout Outcome) {
        switch event {
        case .up(let bearer):
            let owing = book(of: peer).map { $0.live.suffix(StationLimits.acknowledgedAtOnce).map(\.id) } ?? []
            change(peer) { $0.rise(bearer, owing: owing, at: now.instant) }
            outcome.effects.append(.tell(.path(peer: peer, bearer, isUp: true, reason: "")))
        case .down(let bearer, let reason):
            change(peer) { $0.fall(bearer, at: now.instant) }
            outcome.effects.append(.tell(.path(peer: peer, bearer, isUp: false, reason: reason)))
        case .left(let bearer, let bytes):
            change(peer) { $0.left(bearer, bytes: bytes) }
        case .stranger(let bearer, let reason):
            outcome.effects.append(.tell(.stranger(bearer, reason: reason)))
        case .received(let bearer, let frame):
            var arrivals: [Arrival] = []
            let own = own
            change(peer) { delivery in
                let before = delivery.epochs
                arrivals = delivery.receive(frame, over: bearer, own: own, at: now.instant)
                outcome.secretCells += delivery.secretCells(since: before)
            }
            for arrival in arrivals { handle(arrival, from: peer, at: now, into: &outcome) }
        }
    }

    private mutating func handle(_ arrival: Arrival, from peer: StationNumber, at now: Moment, into outcome: inout Outcome) {
        switch arrival {
        case .entry(let entry):
            receive(named(entry), at: now, into: &outcome)
        case .acknowledgement(let receiver, let generation, let entries, let chainComplete):
            guard let delivery = delivery(to: peer), delivery.current == receiver || Canary.anyReceiver.sings,
                delivery.isNews(generation, entries, chainComplete: chainComplete, own: own)
            else { return }
            let fact = Fact.Acknowledged(
                peer: peer, receiver: receiver, generation: generation, entries: entries, chainComplete: chainComplete, at: now.wall
            )
            commit(.acknowledged(fact), at: now, into: &outcome)
        case .current(let name):
            guard let delivery = delivery(to: peer) else { return }
            if delivery.current != name {
                commit(.current(peer: peer, name), at: now, into: &outcome)
            } else if !delivery.isCurrentConfirmed {
                apply(.current(peer: peer, name))
            }
            if tail.quests[peer] == nil { beginQuest(peer, at: now) }
        case .checkpoint(let strength, let head, let held, let signature):
            guard head.generation.station == peer else { return violate(.foreignEntry, peer, at: now, into: &outcome) }
            parked[peer, default: [:]][strength] = ParkedCheckpoint(strength: strength, head: head, held: held, signature: signature)
            retryParked(Loaded(), at: now, into: &outcome)
        case .statement(let checkpoint):
            receive(checkpoint, from: peer, at: now, into: &outcome)
        case .offers(let offers, let object):
            outcome.effects.append(.makeAccept(peer: peer, offers, object: object))
        case .staleOffers(let object, let highest):
            outcome.effects.append(.signStale(peer: peer, object: object, highest: highest))
        case .question(let question):
            receive(question, from: peer)
        case .holdings(let total, let from, let holdings):
            receive(holdings, total: total, from: from, peer: peer, at: now, into: &outcome)
        case .returned(let entry):
            receive(returned: entry, by: peer, at: now, into: &outcome)
        case .lacking:
            hint(peer)
        case .banked(let epochs):
            for epoch in epochs { outcome.effects.append(.tell(.epoch(peer: peer, epoch))) }
        case .violation(let violation):
            violate(violation, peer, at: now, into: &outcome)
        }
    }

    // MARK: Entries

    mutating func receive(_ entry: Entry, at now: Moment, into outcome: inout Outcome) {
        let peer = entry.id.author
        guard let book = book(of: peer) else { return }
        guard let generation = book.generation(entry.id.generation) else {
            guard book.isKnown(entry.id.generation) else { return open(entry, at: now, into: &outcome) }
            // Of a closed generation: what is held of it is owed the acknowledgement that says so, what goes on reopens it.
            change(peer) { $0.owe(entry.id.generation) }
            return late.add(entry)
        }
        if let fault = entry.fault { return violate(Violation(fault), peer, at: now, into: &outcome) }
        guard entry.mayFollow(in: generation, on: membership.line) else { return violate(.unholdable, peer, at: now, into: &outcome) }
        if entry.id.number < generation.size.next {
            compare(entry, with: generation, at: now, into: &outcome)
        } else if entry.id.number == generation.size.next {
            commit(.entry(entry, at: now.wall), at: now, into: &outcome)
            drain(entry.id.generation, at: now, into: &outcome)
        } else if let held = generation.early[entry.id.number] {
            if held == entry { change(peer) { $0.owe(entry.id.generation) } } else { note(conflict: entry, at: now, into: &outcome) }
        } else if hasRoom(for: entry, in: book) {
            commit(.early(entry, at: now.wall), at: now, into: &outcome)
        }
    }

    /// A generation begins with its opening entry; whatever comes before it comes again.
    private mutating func open(_ entry: Entry, at now: Moment, into outcome: inout Outcome) {
        let peer = entry.id.author
        guard entry.id.number == EntryNumber(0) else { return }
        if let fault = entry.fault { return violate(Violation(fault), peer, at: now, into: &outcome) }
        // What it stands on is said in the one form.
        guard let opening = try? Opening(entry.content), opening.isCanonical(on: membership.line) else {
            return violate(.badOpening, peer, at: now, into: &outcome)
        }
        guard openings[peer, default: OpeningBudget()].take(at: now.instant) else { return }
        commit(.entry(entry, at: now.wall), at: now, into: &outcome)
    }

    /// Entries that waited for the one before them.
    private mutating func drain(_ generation: GenerationID, at now: Moment, into outcome: inout Outcome) {
        while let book = book(of: generation.station)?.generation(generation), let next = book.early[book.size.next] {
            commit(.entry(next, at: now.wall), at: now, into: &outcome)
        }
    }

    private func hasRoom(for entry: Entry, in book: Book) -> Bool {
        let held = book.live.reduce((count: 0, bytes: 0)) { ($0.count + $1.early.count, $0.bytes + $1.earlyBytes) }
        return held.count < StationLimits.earlyEntries && held.bytes + entry.content.count <= StationLimits.earlyBytes
    }

    /// An entry that is held already: the same, or a second content under its number.
    private mutating func compare(_ entry: Entry, with generation: Generation, at now: Moment, into outcome: inout Outcome) {
        change(entry.id.author) { $0.owe(entry.id.generation) }
        if Canary.toldTwice.sings { outcome.effects.append(.tell(.entry(entry, serial: 0))) }
        guard let leaf = generation.leaf(of: entry.id.number) else { return late.add(entry) }
        let blind = generation.opening.blinds.blind(of: entry.id.number)
        if entry.leafHash(line: membership.line, blind: blind) != leaf { note(conflict: entry, at: now, into: &outcome) }
    }

    mutating func note(conflict entry: Entry, at now: Moment, into outcome: inout Outcome) {
        violate(.conflict, entry.id.author, at: now, into: &outcome)
        guard conflicts[entry.id.author, default: 0] < StationLimits.conflicts else { return }
        commit(.conflict(entry, at: now.wall), at: now, into: &outcome)
    }

    // MARK: Violations

    /// Each is counted; of each peer some a minute are recorded and told.
    mutating func violate(_ violation: Violation, _ peer: StationNumber, at now: Moment, into outcome: inout Outcome) {
        change(peer) { $0.noteViolation() }
        var recent = violations[peer] ?? (now.instant, 0)
        if now.instant - recent.since > Span.seconds(60) { recent = (now.instant, 0) }
        recent.count += 1
        violations[peer] = recent
        guard recent.count <= StationLimits.violationsPerMinute else { return }
        commit(.violation(peer: peer, code: violation.code, at: now.wall), at: now, into: &outcome)
        outcome.effects.append(.tell(.violation(peer: peer, violation)))
    }
}

extension Violation {
    /// An entry that nobody may hold.
    fileprivate init(_ fault: ExportProblem.Fault) {
        if case .openingInvalid = fault { self = .badOpening } else { self = fault == .openingMisplaced ? .badOpening : .unholdable }
    }
}
