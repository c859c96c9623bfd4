public import HotlineRecord
public import HotlineWire

/// An entry of the peer as a frame brings it: all of it but the agreement, which does not travel. The opening of its generation
/// names that.
public struct ArrivingEntry: Hashable, Sendable {
    public let id: EntryID
    public let header: EntryHeader
    public let references: [EntryID]
    public let seen: [Entry.Seen]
    public let content: [UInt8]

    public func entry(under agreement: Hash) -> Entry {
        Entry(id: id, agreement: agreement, header: header, references: references, seen: seen, content: content)
    }
}
