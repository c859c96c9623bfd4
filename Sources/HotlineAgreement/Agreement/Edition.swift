public import HotlineWire

/// The first text of a line, or one that takes the place of another.
public enum Edition: Hashable, Sendable {
    case first
    case amendment(Amendment)

    /// 1 for the first.
    public var version: Int {
        switch self {
        case .first: 1
        case .amendment(let amendment): amendment.version
        }
    }
}

public struct Amendment: Hashable, Sendable {
    /// 2 or more, one above that of the text before.
    public var version: Int
    /// The date of the first agreement.
    public var epoch: WallTime
    /// The hash of the first agreement: the name of the line.
    public var first: Hash
    /// The hash of the agreement whose place this one takes.
    public var previous: Hash

    public init(version: Int, epoch: WallTime, first: Hash, previous: Hash) {
        self.version = version
        self.epoch = epoch
        self.first = first
        self.previous = previous
    }
}
