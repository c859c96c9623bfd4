import HotlineWire

/// Entries of ours that the peer has not acknowledged and that are not in the window: their numbers only, as runs, by
/// precedence.
struct Outbox: Sendable {
    struct Run: Hashable, Sendable {
        let generation: GenerationID
        var first: UInt64
        var count: UInt64
        var end: UInt64 { first + count }
    }
    private var runs: [[Run]] = Array(repeating: [], count: Precedence.allCases.count)

    var count: UInt64 { runs.joined().reduce(0) { $0 + $1.count } }
    var isEmpty: Bool { runs.allSatisfy { $0.isEmpty } }

    var generations: Set<GenerationID> { Set(runs.joined().map(\.generation)) }

    func isEmpty(_ precedence: Precedence) -> Bool { runs[Int(precedence.rawValue)].isEmpty }

    func contains(_ id: EntryID) -> Bool {
        runs.joined().contains { $0.generation == id.generation && ($0.first..<$0.end).contains(id.number.value) }
    }

    /// Whether something of a generation is here that is held.
    func holdsAny(of generation: GenerationID, _ entries: HeldEntries) -> Bool {
        runs.joined().contains { run in
            run.generation == generation
                && (run.first < entries.size.value || entries.beyond.contains { run.first < $0.upperBound && $0.lowerBound < run.end })
        }
    }

    mutating func add(_ id: EntryID, _ precedence: Precedence) {
        add(Run(generation: id.generation, first: id.number.value, count: 1), precedence)
    }

    mutating func add(_ run: Run, _ precedence: Precedence) {
        guard run.count > 0 else { return }
        let index = Int(precedence.rawValue)
        if let last = runs[index].last, last.generation == run.generation, last.end == run.first {
            runs[index][runs[index].count - 1].count += run.count
        } else {
            runs[index].append(run)
        }
    }

    mutating func add(contentsOf other: Outbox) {
        for precedence in Precedence.allCases { for run in other.runs[Int(precedence.rawValue)] { add(run, precedence) } }
    }

    /// The next entries to load, the most urgent first.
    func next(_ precedences: some Sequence<Precedence>, limit: Int) -> [EntryID] {
        var out: [EntryID] = []
        for precedence in precedences {
            for run in runs[Int(precedence.rawValue)] {
                for number in run.first..<run.end {
                    guard out.count < limit else { return out }
                    out.append(EntryID(run.generation, EntryNumber(number)))
                }
            }
        }
        return out
    }

    /// The entries of a generation with the lowest numbers, whatever their precedence.
    func first(of generation: GenerationID, limit: Int) -> [EntryID] {
        var whole: [Run] = []
        for list in runs { for run in list where run.generation == generation { whole.append(run) } }
        whole.sort { $0.first < $1.first }
        var out: [EntryID] = []
        for run in whole {
            for number in run.first..<run.end {
                guard out.count < limit else { return out }
                out.append(EntryID(generation, EntryNumber(number)))
            }
        }
        return out
    }

    /// Takes an entry out, wherever it stands.
    mutating func take(_ id: EntryID) { drop(id.generation, from: id.number.value, to: id.number.value + 1) }

    /// Takes out numbers `from..<to` of a generation.
    mutating func drop(_ generation: GenerationID, from: UInt64, to: UInt64) {
        for index in runs.indices {
            guard runs[index].contains(where: { $0.generation == generation && $0.first < to && from < $0.end }) else { continue }
            runs[index] = runs[index].flatMap { run -> [Run] in
                guard run.generation == generation, run.first < to, from < run.end else { return [run] }
                let left = Run(generation: generation, first: run.first, count: from > run.first ? from - run.first : 0)
                let right = Run(generation: generation, first: max(to, run.first), count: run.end > to ? run.end - to : 0)
                return [left, right].filter { $0.count > 0 }
            }
        }
    }

    mutating func removeAll() { self = Outbox() }

    func encode(into encoder: inout Encoder) {
        for list in runs {
            encoder.put(varint: UInt64(list.count))
            for run in list {
                encoder.put(run.generation)
                encoder.put(varint: run.first)
                encoder.put(varint: run.count)
            }
        }
    }

    init() {}

    init(_ decoder: inout Decoder) throws(WireError) {
        for index in runs.indices {
            for _ in 0..<(try decoder.count(of: "runs", max: .max >> 2)) {
                runs[index].append(Run(generation: try decoder.generationID(), first: try decoder.varint(), count: try decoder.varint()))
            }
        }
    }
}
