public import HotlineAgreement
public import HotlineRecord
public import HotlineWatch
public import HotlineWire

/// What became of letters, from the journal.
extension History {
    /// The course of a letter; nil where there is no letter of this name.
    ///
    /// - Parameter books: of all members, in any order; they tell in which order the generations of a record lie.
    public func course(of id: EntryID, _ agreement: Agreement, _ books: [Book]) throws(JournalError) -> Course? {
        guard let (letter, at) = try entry(id), EntryKind(rawValue: letter.header.kind)?.isLetter ?? false else { return nil }
        var course = Course(letter, at: at, agreement)
        let places = Places(books)
        var statements: [Statement] = []
        for speaker in try speakers(of: id) {
            guard let (entry, at) = try entry(speaker), let statement = Statement(entry, at: at), statement.letter == id else { continue }
            statements.append(statement)
        }
        for statement in statements.sorted(by: { places.isBefore($0.id, $1.id) }) { course.apply(statement, order: places.isBefore) }
        return course
    }

    /// Entries that speak of another, at most `WatchLimits.statementsMax` of them.
    public func speakers(of id: EntryID) throws(JournalError) -> [EntryID] {
        try journal.cells(prefix: FactKey.references(to: id), limit: WatchLimits.statementsMax).compactMap { FactKey.speaker($0.key) }
    }
}

/// Where each generation lies in its record.
private struct Places {
    private let places: [GenerationID: Int]

    init(_ books: [Book]) {
        let generations = books.flatMap { $0.sizes.enumerated().map { ($0.element.id, $0.offset) } }
        places = Dictionary(generations, uniquingKeysWith: { first, _ in first })
    }

    func isBefore(_ a: GenerationID, _ b: GenerationID) -> Bool {
        guard let place = places[a], let other = places[b] else { return a < b }
        return place < other
    }

    /// Author by author, each in the order of its record.
    func isBefore(_ a: EntryID, _ b: EntryID) -> Bool {
        if a.author != b.author { return a.author < b.author }
        return a.generation == b.generation ? a.number < b.number : isBefore(a.generation, b.generation)
    }
}
