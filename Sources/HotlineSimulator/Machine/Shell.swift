import HotlineLine
import HotlineRecord
import HotlineSeal
import HotlineStation
import HotlineWire

/// One turn of a machine's loop: feed the station, commit what it decided, then do what follows (the daemon's
/// `StationCore.turn`), and the places in it at which a process may end.
extension World {
    /// How long a lazy fact may stay in memory alone.
    private static let lazyMax = Span.milliseconds(250)

    func turn(_ machine: Machine) {
        guard machine.station != nil else { return }
        machine.isTurnDue = false
        checkers.begins(machine)
        let now = machine.moment(clock)
        var outcome = Outcome()
        let inputs = machine.inbox
        machine.inbox.removeAll(keepingCapacity: true)
        for input in inputs { machine.station?.handle(input, at: now, into: &outcome) }
        let needs = machine.station?.needs ?? []
        machine.station?.poll(needs.isEmpty ? Loaded() : load(needs, machine), at: now, into: &outcome)
        digest.fold(machine, clock, outcome)

        if Canary.effectsBeforeRecords.sings {
            guard perform(outcome.effects, of: machine), commit(outcome, of: machine) else { return }
        } else {
            guard commit(outcome, of: machine), perform(outcome.effects, of: machine) else { return }
        }
        settle(machine, wasIdle: inputs.isEmpty && outcome.effects.isEmpty && outcome.rows.isEmpty)
    }

    private func load(_ needs: [Need], _ machine: Machine) -> Loaded { (try? History(machine.disk).load(needs)) ?? Loaded() }

    /// When the next turn is due although nothing waits.
    private func settle(_ machine: Machine, wasIdle: Bool) {
        let late = machine.pendingSince.map { $0 + World.lazyMax }
        machine.deadline = [machine.station?.nextDeadline, late].compactMap { $0 }.min()
        machine.idleTurns = wasIdle ? machine.idleTurns + 1 : 0
        checkers.settled(machine, clock)
    }

    // MARK: Commit

    /// False where the process has ended in it.
    private func commit(_ outcome: Outcome, of machine: Machine) -> Bool {
        if !outcome.secretCells.isEmpty {
            do { try machine.secrets.commit(JournalBatch(cells: outcome.secretCells)) } catch { return fail(machine, error) }
            if machine.crashPoint == .betweenCommits, !outcome.rows.isEmpty || !machine.pending.isEmpty || !outcome.effects.isEmpty {
                crash(machine, .crashBetweenCommits)
                return false
            }
        }
        machine.pending.rows += outcome.rows
        machine.pending.cells += outcome.cells
        guard !machine.pending.isEmpty else { return true }
        let since = machine.pendingSince ?? clock
        machine.pendingSince = since
        guard outcome.mustCommit || clock - since >= World.lazyMax else { return true }
        return flush(machine)
    }

    private func flush(_ machine: Machine) -> Bool {
        if machine.isDiskFull {
            crash(machine, .fullDisk)
            return false
        }
        if machine.crashPoint == .inCommit {
            crash(machine, .tornWrite)
            return false
        }
        machine.rowsSinceSnapshot += machine.pending.rows.count
        if machine.rowsSinceSnapshot >= plan.rowsPerSnapshot {
            machine.pending.snapshot = machine.station?.snapshot
            machine.rowsSinceSnapshot = 0
        }
        do { try machine.disk.commit(machine.pending) } catch { return fail(machine, error) }
        checkers.committed(machine.pending.rows, by: machine)
        machine.pending = JournalBatch()
        machine.pendingSince = nil
        return true
    }

    /// The journal refuses what the station wants to write: no fault of the world.
    private func fail(_ machine: Machine, _ error: JournalError) -> Bool {
        checkers.find(.onceInOrder, "station \(machine.number) writes what its journal cannot take: \(error)")
        return false
    }

    // MARK: Effects

    /// Frames first, as the daemon does. False where the process has ended in it.
    private func perform(_ effects: [Effect], of machine: Machine) -> Bool {
        var done = 0
        for isTransmission in [true, false] {
            for effect in effects {
                if case .transmit(let bearer, let frame) = effect {
                    guard isTransmission else { continue }
                    guard survives(machine, done) else { return false }
                    transmit(frame, over: bearer, from: machine)
                } else {
                    guard !isTransmission else { continue }
                    guard survives(machine, done) else { return false }
                    perform(effect, of: machine)
                }
                done += 1
            }
        }
        return true
    }

    private func survives(_ machine: Machine, _ done: Int) -> Bool {
        guard case .betweenEffects(let after)? = machine.crashPoint, done > after else { return true }
        crash(machine, .crashBetweenEffects)
        return false
    }

    private func perform(_ effect: Effect, of machine: Machine) {
        switch effect {
        case .transmit: break
        case .reset(let bearer, _): reset(bearer, of: machine)
        case .sign(let checkpoint, let strength):
            checkers.signs(checkpoint, machine)
            work(machine) { keys, _ in
                .signed(checkpoint, strength, signature: try keys.sign(checkpoint.text, strength: strength))
            }
        case .makeOffers(let peer, let epochs):
            work(machine) { keys, membership in
                let secrets = try epochs.map { try OfferSecret.generate(epoch: $0) }
                let offers = try secrets.map { try $0.offer }
                let parties = membership.parties(offerer: membership.me, accepter: peer)
                return .offerMade(peer: peer, secrets, SignedOffers(offers: offers, signature: try keys.station.sign(SignedOffers.body(offers, parties))))
            }
        case .makeAccept(let peer, let offers, let object):
            work(machine) { keys, membership in
                let parties = membership.parties(offerer: peer, accepter: membership.me)
                let made = try offers.offers.map { try EpochAgreement.accept($0, parties) }
                let signature = try keys.station.sign(SignedAccepts.body(made.map(\.accept), parties))
                return .acceptMade(peer: peer, SignedAccepts(accepts: made.map(\.accept), signature: signature), made.map(\.secret), object: object)
            }
        case .signStale(let peer, let object, let highest):
            work(machine) { keys, membership in
                let parties = membership.parties(offerer: peer, accepter: membership.me)
                let signature = try keys.station.sign(SignedStale.body(object, highest, parties))
                return .staleMade(peer: peer, SignedStale(object: object, highest: highest, signature: signature))
            }
        case .answer(_, let result):
            if case .failure(let refusal) = result { checkers.find(.convergence, "station \(machine.number) refuses a letter: \(refusal)") }
        case .tell(let event):
            trace(machine) { Words.event(event) }
            checkers.told(event, by: machine, clock)
        }
    }

    /// What the daemon does beside its loop: the result comes back as an input, a little later.
    private func work(_ machine: Machine, _ body: (StationPrivateKeys, Membership) throws -> Input) {
        guard let keys = parties.keys[machine.number], let membership = machine.station?.membership else { return }
        let input: Input
        do { input = try body(keys, membership) } catch { return }
        let at = clock + Span(nanoseconds: Int64(dice.draw(100_000...20_000_000)))
        calendar.enter(.input(machine: machine.place, life: machine.life, input), at: at)
    }
}
