import HotlineLine
import HotlineRecord
import HotlineStation
import HotlineWire

/// What restores have cut off a record: in the end it is the author's again, or a declaration in its record covers it.
struct LostTails {
    /// Entries `from..<to` of a generation.
    private struct Lost {
        let generation: GenerationID
        let from: Int
        let to: Int
        /// Whether somebody wipes a disk without telling, so that only a peer can know.
        var isHidden: Bool
        let isKnowable: Bool
    }
    private var lost: [StationNumber: [Lost]] = [:]
    private var openings: [GenerationID: Opening] = [:]
    /// Every declaration that was ever durable. One that a later restore has cut off itself has been made all the same: of what
    /// nobody else holds, nobody can know any more.
    private var everDeclared: [StationNumber: [Declaration]] = [:]

    mutating func declared(_ station: StationNumber, _ declaration: Declaration) { everDeclared[station, default: []].append(declaration) }

    mutating func opened(_ generation: GenerationID, _ opening: Opening) { openings[generation] = opening }

    /// A disk is put back: what was on it and is not any more is lost, until it comes back.
    ///
    /// - Parameter knowable: whether anything is left by which the station could know.
    mutating func cut(_ station: StationNumber, before: MemoryJournal, after: MemoryJournal.Content, knowable: Bool = true) {
        for (generation, rows) in before.content.entries.sorted(by: { $0.key < $1.key }) where generation.station == station {
            let left = after.entries[generation]?.count ?? 0
            if left < rows.count { lost[station, default: []].append(Lost(generation: generation, from: left, to: rows.count, isHidden: true, isKnowable: knowable)) }
        }
    }

    /// A machine stops for ever: what it alone had written, its twin does not know of.
    mutating func stopped(_ machine: Machine) { cut(machine.number, before: machine.disk, after: MemoryJournal.Content(), knowable: false) }

    /// The start after it knows that the record is that of a backup.
    mutating func noticed(_ station: StationNumber) {
        for place in (lost[station] ?? []).indices where lost[station]?[place].isKnowable == true { lost[station]?[place].isHidden = false }
    }

    /// - Parameter machines: those that live, one a station.
    /// - Parameter sparesHidden: what no peer holds and no start noticed does not count.
    func open(_ machines: [Machine], sparesHidden: Bool) -> Finding? {
        for machine in machines {
            guard let list = lost[machine.number], !list.isEmpty else { continue }
            let declarations = declarations(of: machine)
            for part in list {
                let own = machine.disk.count(of: part.generation)
                guard own < part.to, !declarations.contains(where: { covers($0, part.generation, max(own, part.from)) }) else { continue }
                let held = machines.contains { $0.number != machine.number && $0.disk.count(of: part.generation) > max(own, part.from) }
                guard held || !part.isHidden || part.isKnowable && !sparesHidden else { continue }
                // A restore to another branch names the head that it goes on from; of the branch it left, only its secrets know.
                if !held, sparesHidden, everDeclared[machine.number, default: []].contains(where: { $0.cause == .restored }) { continue }
                if !held, everDeclared[machine.number, default: []].contains(where: { covers($0, part.generation, max(own, part.from)) }) { continue }
                return Finding(
                    promise: .lostTailDeclared,
                    what:
                        "station \(machine.number) has \(own) of \(part.to) entries of \(part.generation) after a restore, \(held ? "a peer has more" : "nobody has more"), and no declaration covers them"
                )
            }
        }
        return nil
    }

    private func declarations(of machine: Machine) -> [Declaration] {
        machine.disk.rows(tag: FactTag.entries(of: machine.number, kind: Declaration.kind), before: .max, limit: .max).compactMap { row in
            guard case .entry(let entry, _)? = try? Fact(row.row.value) else { return nil }
            return try? Declaration(entry.content)
        }
    }

    /// Whether what comes after the head that a declaration names has this entry in it, through whatever was opened from there.
    private func covers(_ declaration: Declaration, _ generation: GenerationID, _ number: Int) -> Bool {
        guard let head = declaration.restoredFrom else { return true }
        if declaration.known.contains(where: { $0.part.generation == generation && $0.part.size.value > UInt64(number) }) { return true }
        if generation == head.generation { return UInt64(number) >= head.size.value }
        var at = generation
        for _ in 0..<1_000 {
            guard let before = openings[at]?.predecessor else { return false }
            if before.generation == head.generation { return before.size >= head.size }
            at = before.generation
        }
        return false
    }
}
