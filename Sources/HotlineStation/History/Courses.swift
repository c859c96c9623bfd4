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
        var statements: [Statement] = []
        for book in books {
            for speaker in try speakers(of: id, by: book.station) {
                guard let (entry, at) = try entry(speaker), let statement = Statement(entry, at: at), statement.letter == id else { continue }
                statements.append(statement)
            }
        }
        return Course(letter, at: at, statements, in: RecordOrder(books), agreement)
    }

    /// Entries of one author that speak of another entry, at most `WatchLimits.statementsMax` of them: nobody's flood hides what somebody
    /// else has stated.
    public func speakers(of id: EntryID, by author: StationNumber) throws(JournalError) -> [EntryID] {
        try journal.cells(prefix: FactKey.references(to: id) + [author.value], limit: WatchLimits.statementsMax).compactMap { FactKey.speaker($0.key) }
    }
}
