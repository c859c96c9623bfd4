public import HotlineRecord
public import HotlineWire

/// An entry that states something about a letter, as this station holds it.
public struct Statement: Hashable, Sendable {
    public let entry: Entry
    /// Nil where its content is not of its kind.
    public let act: Act?
    /// When it became durable here, by our own clock.
    public let at: WallTime

    /// Nil for an entry of a kind that states nothing about a letter, and for one that names none.
    public init?(_ entry: Entry, at: WallTime) {
        guard let kind = EntryKind(rawValue: entry.header.kind), Statement.kinds.contains(kind), !entry.references.isEmpty else { return nil }
        self.entry = entry
        self.at = at
        act = try? Act(kind: entry.header.kind, content: entry.content)
    }

    /// The letter that it is about.
    public var letter: EntryID { entry.references[0] }
    public var id: EntryID { entry.id }
    public var author: StationNumber { entry.id.author }

    private static let kinds: Set<EntryKind> = [.receipt, .holdingReply, .outcome]
}
