public import HotlineRecord
public import HotlineWire

/// The order of the generations of every record, as their openings state it (docs/spec/watch.md, WAT-6): the same wherever
/// the same openings are, whatever came first.
///
/// ```
///   a ─▶ b ─▶ d        a, b, d, c: of two that go on from one the lower name comes first, and all that goes on from it
///   └──▶ c
/// ```
public struct RecordOrder: Sendable {
    private let predecessors: [GenerationID: GenerationID]

    public init(_ predecessors: [GenerationID: GenerationID]) { self.predecessors = predecessors }

    public init(_ books: [Book]) {
        self.init(
            Dictionary(
                books.flatMap { book in book.order.compactMap { id in book.predecessor(of: id).map { (id, $0.generation) } } },
                uniquingKeysWith: { first, _ in first }
            )
        )
    }

    /// Author by author, each in the order of its record.
    public func sorted<Statement>(_ statements: [Statement], _ name: (Statement) -> EntryID) -> [Statement] {
        let named = statements.map { (id: name($0), statement: $0) }
        let paths = Dictionary(named.map { ($0.id.generation, path(to: $0.id.generation)) }, uniquingKeysWith: { first, _ in first })
        return named.sorted { a, b in
            if a.id.author != b.id.author { return a.id.author < b.id.author }
            if a.id.generation == b.id.generation { return a.id.number < b.id.number }
            return (paths[a.id.generation] ?? []).lexicographicallyPrecedes(paths[b.id.generation] ?? [])
        }.map(\.statement)
    }

    /// The statements of two authors in one order: each after what its author had seen of the other, and of two that crossed the first
    /// author's first (docs/spec/watch.md, WAT-19).
    ///
    /// - Parameters:
    ///   - first: in the order of their record; so are `second`.
    public func merged<Statement>(_ first: [Statement], _ second: [Statement], _ entry: (Statement) -> Entry) -> [Statement] {
        var (left, right) = (first[...], second[...])
        var merged: [Statement] = []
        while let a = left.first, let b = right.first {
            if entry(a).hasSeen(entry(b).id, self) { merged.append(right.removeFirst()) } else { merged.append(left.removeFirst()) }
        }
        return merged + left + right
    }

    /// Whether one generation of a record comes before another of it.
    public func comes(_ earlier: GenerationID, before later: GenerationID) -> Bool { path(to: earlier).lexicographicallyPrecedes(path(to: later)) }

    /// Whether a generation lies behind another in the same record.
    public func goesOn(_ later: GenerationID, from earlier: GenerationID) -> Bool { path(to: later).dropLast().contains(earlier) }

    /// Whether neither goes on from the other, as after a restore or of two clones.
    public func areBeside(_ one: GenerationID, _ other: GenerationID) -> Bool { one != other && !goesOn(one, from: other) && !goesOn(other, from: one) }

    /// Whether what was seen of records reaches an entry.
    func reach(_ heads: [Entry.Seen], _ id: EntryID) -> Bool {
        heads.contains { $0.generation == id.generation ? $0.size > RecordSize(id.number.value) : goesOn($0.generation, from: id.generation) }
    }

    /// From the generation back to the first, each once: what a peer states may form a ring.
    private func steps(from id: GenerationID) -> [GenerationID] {
        var passed: Set<GenerationID> = []
        return Array(sequence(first: id) { predecessors[$0] }.prefix { passed.insert($0).inserted })
    }

    /// From the first generation to this one; a ring is cut before its lowest name.
    private func path(to id: GenerationID) -> [GenerationID] {
        let steps = steps(from: id)
        guard let last = steps.last, let again = predecessors[last], let start = steps.firstIndex(of: again) else { return steps.reversed() }
        guard let first = steps[start...].min(), let cut = steps.firstIndex(of: first) else { return steps.reversed() }
        return steps[...cut].reversed()
    }
}

extension Entry {
    /// Whether its author durably had another entry when it wrote this one (docs/spec/watch.md, WAT-7).
    public func hasSeen(_ id: EntryID, _ order: RecordOrder) -> Bool { order.reach(seen, id) }
}
