import HotlineLine
import HotlineRecord
import HotlineStation
import HotlineWire

/// What restores have cut off a record: in the end it is the author's again, or a declaration in its record covers it.
///
/// Three ways lead back to it: a peer holds it; it lies behind the head that the backup ends with; the secrets' store names its
/// generation. A station whose record ends where the last mark in its secrets says, or later, cannot know that it was restored; of
/// that alone nothing is asked that no peer holds.
struct LostTails {
    /// Entries `from..<to` of a generation that a machine has written.
    private struct Lost {
        let place: Int
        let generation: GenerationID
        let from: Int
        let to: Int
        /// Whether the start after it can know; nil before that start.
        var isKnowable: Bool?
    }
    private var lost: [Lost] = []
    private var openings: [GenerationID: Opening] = [:]
    /// What the secrets of each machine must say, by its place.
    private var marks: [Int: Marks] = [:]
    /// Machines whose disk was put back since they last started.
    private var cutMachines: Set<Int> = []

    /// What a secrets' store says at least: the sizes that were signed, and those at which a generation was followed.
    private struct Marks {
        /// What the record may end with: until a turn after the opening has ended, also the generation before.
        var last: [GenerationID] = []
        var turnsSinceOpening = 0
        var sizes: [GenerationID: RecordSize] = [:]

        mutating func note(_ head: GenerationSize) { sizes[head.generation] = max(head.size, sizes[head.generation] ?? .zero) }
    }

    // MARK: What is written

    /// An opening of a machine's own is durable: that of its start, or one that has come back and moves no mark.
    mutating func opened(_ machine: Machine, _ generation: GenerationID, _ opening: Opening, isTakenBack: Bool = false) {
        openings[generation] = opening
        guard !isTakenBack else { return }
        if let before = opening.predecessor, marks[machine.place]?.last.contains(before.generation) == true {
            marks[machine.place]?.note(GenerationSize(before.generation, before.size))
        }
        marks[machine.place, default: Marks()].last = [opening.predecessor?.generation, generation].compactMap { $0 }
        marks[machine.place]?.turnsSinceOpening = 0
    }

    /// A turn of a machine has ended, and what it decided is durable.
    mutating func settled(_ machine: Machine) {
        guard let known = marks[machine.place], known.last.count > 1 else { return }
        marks[machine.place]?.turnsSinceOpening += 1
        if known.turnsSinceOpening > 0 { marks[machine.place]?.last.removeFirst() }
    }

    /// A checkpoint of a machine's own is durable.
    mutating func signed(_ machine: Machine, _ head: GenerationSize) {
        guard marks[machine.place]?.last.last == head.generation else { return }
        marks[machine.place]?.note(head)
    }

    // MARK: What is lost

    /// A disk is put back: what was on it and is not any more is lost, until it comes back.
    mutating func cut(_ machine: Machine, after: MemoryJournal.Content, keepingSecrets: Bool) {
        for (generation, rows) in machine.disk.content.entries.sorted(by: { $0.key < $1.key }) where generation.station == machine.number {
            let left = after.entries[generation]?.count ?? 0
            if left < rows.count { lost.append(Lost(place: machine.place, generation: generation, from: left, to: rows.count)) }
        }
        if !keepingSecrets { marks[machine.place] = nil }
        cutMachines.insert(machine.place)
    }

    /// A copy of a machine knows what it knew.
    mutating func cloned(_ machine: Machine, _ copy: Machine) {
        marks[copy.place] = marks[machine.place]
        if cutMachines.contains(machine.place) { cutMachines.insert(copy.place) }
        for part in lost where part.place == machine.place {
            lost.append(Lost(place: copy.place, generation: part.generation, from: part.from, to: part.to, isKnowable: part.isKnowable))
        }
    }

    /// A machine stops for ever: what it alone had written, its twin does not know of.
    mutating func stopped(_ machine: Machine) {
        for (generation, rows) in machine.disk.content.entries.sorted(by: { $0.key < $1.key }) where generation.station == machine.number {
            lost.append(Lost(place: machine.place, generation: generation, from: 0, to: rows.count, isKnowable: false))
        }
    }

    /// A machine has recovered its record.
    ///
    /// - Parameters:
    ///   - current: the head that the record ends with.
    ///   - notices: whether it takes the record for that of a backup.
    mutating func started(_ machine: Machine, _ current: Head?, notices: Bool) -> Finding? {
        let known = marks[machine.place]
        let isPutBack: Bool
        if let known, let current {
            isPutBack = !known.last.contains(current.generation) || current.size < known.sizes[current.generation] ?? .zero
        } else {
            isPutBack = known != nil || current != nil
        }
        if isPutBack, !notices { return Finding(promise: .lostTailDeclared, what: "station \(machine.number) starts from a backup and does not see it") }
        let wasCut = cutMachines.remove(machine.place) != nil
        if notices, !isPutBack, !wasCut { return Finding(promise: .recovery, what: "station \(machine.number) takes its own record for that of a backup") }
        guard wasCut else { return nil }
        for index in lost.indices where lost[index].place == machine.place {
            let generation = lost[index].generation
            let left = machine.disk.count(of: generation)
            let isNamed = known.map { $0.sizes[generation] ?? .zero > RecordSize(UInt64(left)) || left == 0 && $0.last.contains(generation) } ?? false
            // The head that is left: of a generation that is part of the backup its end, of another what it was opened from.
            lost[index].isKnowable = isPutBack && (isNamed || follows(generation, lost[index].from, current))
        }
        return nil
    }

    // MARK: The end

    /// - Parameter machines: those that live, one a station.
    func open(_ machines: [Machine]) -> Finding? {
        for machine in machines {
            let parts = lost.filter { $0.generation.station == machine.number && machine.disk.count(of: $0.generation) < $0.to }
            guard !parts.isEmpty else { continue }
            let declarations = declarations(of: machine)
            for part in parts {
                let own = machine.disk.count(of: part.generation)
                let first = max(own, part.from)
                let isHeld = machines.contains { $0.number != machine.number && $0.disk.count(of: part.generation) > first }
                guard isHeld || part.isKnowable == true && part.place == machine.place else { continue }
                guard !declarations.contains(where: { covers($0, part.generation, first) }) else { continue }
                return Finding(
                    promise: .lostTailDeclared,
                    what:
                        "station \(machine.number) has \(own) of \(part.to) entries of \(part.generation) after a restore, \(isHeld ? "a peer has more" : "nobody has more"), and no declaration covers them"
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

    private func covers(_ declaration: Declaration, _ generation: GenerationID, _ number: Int) -> Bool {
        declaration.known.contains { $0.part.generation == generation } || follows(generation, number, declaration.restoredFrom)
    }

    /// Whether an entry lies behind a head, in its generation or in what was opened from there on; behind nothing lies everything.
    private func follows(_ generation: GenerationID, _ number: Int, _ head: Head?) -> Bool {
        guard let head else { return true }
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
