import HotlineLine
import HotlineRecord
import HotlineStation
import HotlineWire

/// What goes wrong, and when it is well again.
extension World {
    /// One fault of those that may happen in this seed.
    func strike() {
        events += 1
        for machine in machines where machine.isRunning && !machine.isRetired && dice.happens(percent: 15) { backUp(machine) }
        guard let kind = plan.faults.randomElement(&dice) else { return }
        let link = dice.pick(links)
        let running = machines.filter { $0.isRunning && !$0.isRetired }
        switch kind {
        case .loss, .duplication, .corruption, .reordering:
            roughen(dice.pick(links))
        case .oneWay: mute(link)
        case .stall: stall(link)
        case .partition: partition(seconds: dice.spread(1...3_600), .partition)
        case .partitionHours: partition(seconds: dice.spread(3_600...86_400), .partitionHours)
        case .partitionWeeks: partition(seconds: dice.draw(7 * 86_400...21 * 86_400), .partitionWeeks)
        case .narrow, .wide, .unlike, .courierLate, .courierTwice, .courierHalf, .courierLost, .cloneStopped, .restoreAgain: break
        case .kill: if let machine = running.randomElement(&dice) { crash(machine, .kill) }
        case .crashBetweenEffects: running.randomElement(&dice)?.crashPoint = .betweenEffects(dice.draw(0...2))
        case .crashBetweenCommits: running.randomElement(&dice)?.crashPoint = .betweenCommits
        case .tornWrite: running.randomElement(&dice)?.crashPoint = .inCommit
        case .rot: if let machine = running.randomElement(&dice) { rot(machine) }
        case .fullDisk: if let machine = running.randomElement(&dice) { fill(machine) }
        case .clockJump: if let machine = machines.randomElement(&dice) { jump(machine) }
        case .restore, .restoreWiped: if let machine = running.randomElement(&dice) { restore(machine, keepingSecrets: kind == .restore) }
        case .freshStart: if let machine = running.randomElement(&dice) { startAfresh(machine) }
        case .clone: if let machine = running.randomElement(&dice) { twin(machine) }
        case .flashBurst, .burst: if let number = parties.numbers.randomElement(&dice) { burst(number, isFlash: kind == .flashBurst) }
        }
    }

    func relieve(_ relief: Happening.Relief) {
        switch relief {
        case .link(let place):
            let link = links[place]
            link.isMute = [false, false]
            link.isSevered = false
            unstall(link)
            wantSession(link)
        case .disk(let place): machines[place].isDiskFull = false
        case .clone(let number): stopClones(number)
        }
    }

    /// Everything is well from here on.
    func heal() {
        isHealing = true
        trace { "everything is well from here on" }
        for number in parties.numbers { stopClones(number) }
        for machine in machines where !machine.isRetired {
            machine.isDiskFull = false
            machine.wallOffset = 0
            machine.crashPoint = nil
            if machine.station == nil { start(machine, after: 1_000_000...1_000_000_000) }
        }
        for link in links {
            link.heal()
            unstall(link)
            wantSession(link)
        }
    }

    // MARK: Links

    /// New weather on a link.
    func roughen(_ link: Link) {
        guard link.medium == .datagram, !isHealing else { return }
        let has = { (kind: FaultKind) in self.plan.faults.contains(kind) }
        for direction in 0...1 { link.loss[direction] = has(.loss) ? perMille() : 0 }
        link.duplication = has(.duplication) ? min(500, perMille()) : 0
        link.corruption = has(.corruption) ? min(300, perMille()) : 0
        link.reordering = has(.reordering) ? min(500, perMille()) : 0
    }

    private func perMille() -> Int { dice.happens(percent: 35) ? 0 : dice.spread(5...900) }

    private func mute(_ link: Link) {
        guard link.medium == .datagram else { return stall(link) }
        counts.note(.oneWay)
        link.isMute[dice.draw(0...1)] = true
        relieve(.link(link.place), after: dice.spread(1...7_200))
    }

    private func stall(_ link: Link) {
        guard link.medium == .session, link.session != nil, link.stalled == nil else { return }
        counts.note(.stall)
        link.stalled = []
        relieve(.link(link.place), after: dice.spread(1...7_200))
    }

    private func partition(seconds: Int, _ kind: FaultKind) {
        counts.note(kind)
        let everything = kind == .partitionWeeks || dice.happens(percent: 30)
        let aside = dice.pick(parties.numbers)
        trace { "partition of \(seconds) s, of \(everything ? "everybody" : "station \(aside)")" }
        for link in links where everything || link.ends.contains(aside) {
            link.isSevered = true
            breakSession(link, reason: "cut")
            relieve(.link(link.place), after: seconds)
        }
    }

    private func relieve(_ relief: Happening.Relief, after seconds: Int) {
        calendar.enter(.relief(relief), at: clock + .seconds(Int64(seconds)))
    }

    // MARK: Machines

    private func rot(_ machine: Machine) {
        // Of an entry that recovery hashes again: in an open generation, among its last.
        let books = [machine.station?.own].compactMap { $0 } + (machine.station?.theirs ?? [])
        guard let generation = books.flatMap(\.live).randomElement(&dice) else { return }
        let count = machine.disk.count(of: generation.id)
        let checked = min(count, Int(Recovery.checkedEntries))
        guard checked > 0 else { return }
        crash(machine, .rot)
        machine.isRotted = true
        let place = machine.disk.place(of: EntryID(generation.id, EntryNumber(UInt64(dice.draw(count - checked...count - 1)))))
        // Behind the kind and the time of arrival, which nothing signs.
        let length = machine.disk.content.rows[place].row.value.count
        machine.disk.rot(row: place, at: dice.draw(9...length - 1), by: UInt8(dice.draw(1...255)))
    }

    private func fill(_ machine: Machine) {
        machine.isDiskFull = true
        relieve(.disk(machine: machine.place), after: dice.spread(1...3_600))
    }

    private func jump(_ machine: Machine) {
        counts.note(.clockJump)
        let year = 365 * 86_400_000
        machine.wallOffset = Int64(dice.draw(-8 * year...8 * year))
        trace(machine) { "its clock jumps" }
    }

    private func restore(_ machine: Machine, keepingSecrets: Bool) {
        guard var list = backups[machine.number], !list.isEmpty, canBeRestored(machine) else { return }
        let place = dice.draw(0...list.count - 1)
        if list[place].restores > 0 { counts.note(.restoreAgain) }
        list[place].restores += 1
        backups[machine.number] = list
        counts.note(keepingSecrets ? .restore : .restoreWiped)
        end(machine)
        put(list[place], on: machine, keepingSecrets: keepingSecrets)
        start(machine, after: 10_000_000...600_000_000_000)
    }

    private func startAfresh(_ machine: Machine) {
        guard canBeRestored(machine) else { return }
        counts.note(.freshStart)
        end(machine)
        empty(machine, keepingSecrets: dice.happens(percent: 50) || !plan.faults.contains(.restoreWiped))
        start(machine, after: 10_000_000...600_000_000_000)
    }

    private func twin(_ machine: Machine) {
        guard machines(of: machine.number).count < 2, canBeRestored(machine) else { return }
        counts.note(.clone)
        clone(machine)
        relieve(.clone(machine.number), after: dice.spread(10...20_000))
    }

    /// Generations of one station that can be open at once are bounded, and every restore or clone may leave one open.
    private func canBeRestored(_ machine: Machine) -> Bool {
        branches[machine.number, default: 0] += 1
        return branches[machine.number, default: 0] <= World.branchesMax
    }
    private static let branchesMax = 6

    private func burst(_ number: StationNumber, isFlash: Bool) {
        counts.note(isFlash ? .flashBurst : .burst)
        let room = plan.letterPause < 1_000_000_000 ? 600 : 20
        for _ in 0..<(isFlash ? dice.draw(2...20) : dice.draw(10...room)) { compose(number, precedence: isFlash ? .flash : .routine, size: dice.spread(5...200)) }
    }
}
