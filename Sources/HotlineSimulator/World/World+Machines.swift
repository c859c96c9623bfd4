import HotlineAgreement
import HotlineLine
import HotlineRecord
import HotlineStation
import HotlineWatch
import HotlineWire

/// How machines start and end.
extension World {
    // MARK: Start

    func start(_ machine: Machine, after range: ClosedRange<Int>) {
        guard !machine.isStarting, machine.station == nil else { return }
        machine.isStarting = true
        calendar.enter(.start(machine: machine.place), at: clock + Span(nanoseconds: Int64(dice.draw(range))))
    }

    func start(_ machine: Machine) {
        machine.isStarting = false
        guard machine.station == nil, !machine.isRetired else { return }
        if machine.isDiskFull { return start(machine, after: 1_000_000_000...60_000_000_000) }
        guard let seed = StartSeed(dice.bytes(StartSeed.size)) else { return }
        let recovery = Recovery(agreement: parties.agreement, membership: membership(machine.number), paths: paths(machine.number), limits: plan.limits)
        let restored: Restored?
        do {
            (machine.station, machine.rowsSinceSnapshot, restored) = try recovery.run(machine, seed: seed)
        } catch {
            return refused(machine, error.what)
        }
        events += 1
        machine.life += 1
        machine.honoured.insert(seed.generation)
        trace(machine) { "starts, with \(machine.disk.content.rows.count) rows\(restored == nil ? "" : ", of a backup")" }
        checkers.started(machine, notices: restored != nil)
        give(.start(restored: restored), to: machine)
        for link in links where link.ends.contains(machine.number) {
            if link.medium == .session { wantSession(link) } else { stand(link, machine) }
        }
    }

    /// A bearer without sessions stands as long as the process does.
    private func stand(_ link: Link, _ machine: Machine) {
        give(.bearer(.up(bearer(link, machine.number)), peer: link.ends[1 - link.end(of: machine.number)]), to: machine)
    }

    private func membership(_ number: StationNumber) -> Membership {
        Membership(me: number, keys: LineKeys(line: parties.agreement.line, agreements: [(parties.agreement.hash, parties.agreement.parties.map(\.stationKeys))]))
    }

    private func paths(_ number: StationNumber) -> [(peer: StationNumber, BearerID, BearerProfile)] {
        links.filter { $0.ends.contains(number) }.map { ($0.ends[1 - $0.end(of: number)], bearer($0, number), $0.profile) }
    }

    /// What is on the disk is not what was written. The way back is a backup.
    private func refused(_ machine: Machine, _ what: String) {
        trace(machine) { "does not start: \(what)" }
        guard machine.isRotted else { return checkers.find(.recovery, "station \(machine.number) does not recover from what it wrote: \(what)") }
        machine.isRotted = false
        let backups = backups[machine.number] ?? []
        if let backup = backups.last { put(backup, on: machine, keepingSecrets: true) } else { empty(machine, keepingSecrets: true) }
        start(machine, after: 1_000_000_000...600_000_000_000)
    }

    // MARK: End

    /// The process ends, and a new one comes.
    func crash(_ machine: Machine, _ kind: FaultKind) {
        guard machine.station != nil else { return }
        counts.note(kind)
        trace(machine) { "ends: \(kind.rawValue)" }
        end(machine)
        start(machine, after: 10_000_000...(dice.happens(percent: 90) ? 30_000_000_000 : 7_200_000_000_000))
    }

    func end(_ machine: Machine) {
        machine.stop()
        for link in links {
            guard let session = link.session, session.machines.contains(machine.place) else { continue }
            breakSession(link, reason: "connection closed")
        }
    }

    // MARK: Restores

    func backUp(_ machine: Machine) {
        var list = backups[machine.number] ?? []
        let backup = Backup(disk: machine.disk.content, secrets: machine.secrets.content)
        if list.count < 5 { list.append(backup) } else { list[dice.draw(0...4)] = backup }
        backups[machine.number] = list
        trace(machine) { "is backed up, at \(backup.disk.rows.count) rows" }
    }

    func put(_ backup: Backup, on machine: Machine, keepingSecrets: Bool) {
        trace(machine) { "is restored, to \(backup.disk.rows.count) of \(machine.disk.content.rows.count) rows\(keepingSecrets ? "" : ", without secrets")" }
        checkers.restores(machine, to: backup.disk, keepingSecrets: keepingSecrets)
        machine.disk = MemoryJournal(backup.disk)
        if !keepingSecrets { machine.secrets = MemoryJournal() }
        machine.honoured = []
        machine.isRotted = false
    }

    func empty(_ machine: Machine, keepingSecrets: Bool) {
        put(Backup(disk: MemoryJournal.Content(), secrets: MemoryJournal.Content()), on: machine, keepingSecrets: keepingSecrets)
    }

    // MARK: Clones

    /// Disk and secrets are copied, and both machines go on.
    func clone(_ machine: Machine) {
        let copy = Machine(
            place: machines.count, number: machine.number, disk: MemoryJournal(machine.disk.content), secrets: MemoryJournal(machine.secrets.content)
        )
        copy.wallOffset = machine.wallOffset
        machines.append(copy)
        trace(copy) { "is a clone" }
        checkers.clones(machine, copy)
        start(copy, after: 1_000_000...60_000_000_000)
    }

    /// All machines of a station but one stop for ever.
    func stopClones(_ number: StationNumber) {
        let all = machines(of: number)
        guard all.count > 1 else { return }
        let survivor = dice.pick(all)
        for machine in all where machine !== survivor {
            counts.note(.cloneStopped)
            trace(machine) { "stops for ever" }
            machine.isRetired = true
            checkers.stops(machine)
            end(machine)
        }
    }

    // MARK: Letters

    func compose(_ number: StationNumber, precedence: Precedence? = nil, size: Int? = nil) {
        guard let machine = machines(of: number).filter(\.isRunning).randomElement(&dice), let language = LanguageNumber(1) else { return }
        guard let peer = parties.numbers.filter({ $0 != number }).randomElement(&dice), let post = parties.posts[peer]?.randomElement(&dice) else { return }
        let urgency = dice.draw(0...99)
        let precedence = precedence ?? (urgency < 6 ? .flash : urgency < 20 ? .immediate : urgency < 45 ? .priority : .routine)
        letters += 1
        var text = "\(Checkers.mark) \(number) \(letters) "
        let length = size ?? (precedence == .flash ? dice.spread(1...900) : length())
        let words = Int(length / 5)
        for _ in 0..<min(words, precedence == .flash ? 150 : .max) { text += "word " }
        machine.ticket += 1
        let draft = LetterDraft(to: post, precedence: precedence, language: language, text: text)
        trace(machine) { "writes letter \(letters), \(precedence), \(text.utf8.count) bytes" }
        give(.compose(draft, ticket: machine.ticket), to: machine)
    }

    private func length() -> Int {
        guard plan.hasLongLetters else { return dice.spread(1...400) }
        let kind = dice.draw(0...999)
        return kind < 970 ? dice.spread(1...400) : kind < 997 ? dice.spread(400...8_000) : dice.spread(8_000...200_000)
    }
}

extension Array {
    func randomElement(_ dice: inout Dice) -> Element? { isEmpty ? nil : self[dice.draw(0...count - 1)] }
}
