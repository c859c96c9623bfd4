public import HotlineAgreement
public import HotlineRecord
public import HotlineWatch
public import HotlineWire

/// What became of letters, from the journal.
extension History {
    /// The course of a letter; nil where there is no letter of this name.
    ///
    /// - Parameters:
    ///   - agreement: the one of a hash, as an entry names it.
    ///   - books: of all members, in any order; they tell in which order the generations of a record lie.
    public func course(of id: EntryID, _ agreement: (Hash) -> Agreement, _ books: [Book]) throws(JournalError) -> Course? {
        guard let (letter, at) = try entry(id), EntryKind(rawValue: letter.header.kind)?.isLetter ?? false else { return nil }
        let statements = try spoken(of: id, books).compactMap { entry, at in Statement(entry, at: at) }.filter { $0.letter == id }
        return Course(letter, at: at, statements, in: RecordOrder(books), shown: try shown(id, statements), agreement)
    }

    /// What the asker's record shows to have been seen before each of its final words; asked only where both sides have given one.
    private func shown(_ letter: EntryID, _ statements: [Statement]) throws(JournalError) -> [EntryID: [Entry.Seen]] {
        func isFinal(_ statement: Statement, ofAsker: Bool) -> Bool {
            guard case .outcome(let outcome) = statement.act else { return false }
            return outcome.isFinal && outcome.isOfAsker == ofAsker
        }
        guard statements.contains(where: { isFinal($0, ofAsker: false) }) else { return [:] }
        let between = SeenBetween { (generation, from, to) throws(JournalError) in try entries(generation, from: from, to: to).map(\.entry) }
        var shown: [EntryID: [Entry.Seen]] = [:]
        for word in statements where word.author == letter.author && isFinal(word, ofAsker: true) { shown[word.id] = try between.heads(letter, word.id) }
        return shown
    }

    /// The contact that a request has come to; nil where there is no request of this name.
    ///
    /// - Parameters:
    ///   - agreement: the one of a hash, as an entry names it.
    ///   - books: of all members, in any order.
    public func contact(of id: EntryID, _ agreement: (Hash) -> Agreement, _ books: [Book]) throws(JournalError) -> Contact? {
        guard let (request, at) = try entry(id), EntryKind(rawValue: request.header.kind) == .contactRequest else { return nil }
        let statements = try spoken(of: id, books).compactMap { entry, at in ContactStatement(entry, at: at) }.filter { $0.request == id }
        return Contact(request, at: at, statements, in: RecordOrder(books), agreement)
    }

    private func spoken(of id: EntryID, _ books: [Book]) throws(JournalError) -> [(Entry, WallTime)] {
        var spoken: [(Entry, WallTime)] = []
        for book in books {
            for speaker in try speakers(of: id, by: book.station) { if let (entry, at) = try entry(speaker) { spoken.append((entry, at)) } }
        }
        return spoken
    }

    /// Entries of one author that speak of another entry, at most `WatchLimits.statementsMax` of them: nobody's flood hides what somebody
    /// else has stated.
    public func speakers(of id: EntryID, by author: StationNumber) throws(JournalError) -> [EntryID] {
        try journal.cells(prefix: FactKey.references(to: id) + [author.value], limit: WatchLimits.statementsMax).compactMap { FactKey.speaker($0.key) }
    }
}
