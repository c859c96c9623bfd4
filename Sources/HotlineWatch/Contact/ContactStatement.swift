public import HotlineRecord
public import HotlineWire

/// An entry that states something about a request for a contact, as this station holds it.
public struct ContactStatement: Hashable, Sendable {
    public let entry: Entry
    /// Nil where its content is not of its kind.
    public let step: ContactStep?
    /// When it became durable here, by our own clock.
    public let at: WallTime

    /// Nil for an entry of a kind that states nothing about a request, and for one that names none.
    public init?(_ entry: Entry, at: WallTime) {
        guard let kind = EntryKind(rawValue: entry.header.kind), kind.isAboutContacts, !entry.references.isEmpty else { return nil }
        self.entry = entry
        self.at = at
        step = try? ContactStep(kind: entry.header.kind, content: entry.content)
    }

    /// The request that it is about.
    public var request: EntryID { entry.references[0] }
    /// The offer that it accepts, or the minutes that it confirms.
    public var object: EntryID? { entry.references.count > 1 ? entry.references[1] : nil }
    public var id: EntryID { entry.id }
    public var author: StationNumber { entry.id.author }

    /// What the watch keeps in memory; nil where it needs nothing of it.
    var withoutText: ContactStatement? {
        guard let step = step?.withoutText else { return nil }
        return ContactStatement(entry.with(content: step.content), at: at)
    }
}

extension Entry {
    /// For the watch's memory alone: no leaf is made of it.
    func with(content: [UInt8]) -> Entry {
        Entry(id: id, agreement: agreement, header: header, references: references, seen: seen, content: content)
    }
}
