public import HotlineWire

/// A meeting of two opposite posts that takes place again and again; a missed one is itself an event.
public struct RegularContact: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case session, call, visit
    }
    public var number: UInt8
    public var posts: [PostNumber]
    public var kind: Kind
    public var every: Span
    public var from: WallTime

    public init(number: UInt8, posts: [PostNumber], kind: Kind, every: Span, from: WallTime) {
        self.number = number
        self.posts = posts
        self.kind = kind
        self.every = every
        self.from = from
    }

    /// The first time after `time` at which it is due.
    public func next(after time: WallTime) -> WallTime {
        time < from ? from : Recurrence.next(after: time, start: from, offset: Span(nanoseconds: 0), every: every)
    }
}
