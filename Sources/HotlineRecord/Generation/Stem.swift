public import HotlineWire

/// What is needed of a generation to extend it: its opening, and the right edge of its tree.
public struct Stem: Hashable, Sendable {
    public let id: GenerationID
    public let opening: Opening
    public let frontier: Frontier

    public init(id: GenerationID, opening: Opening, frontier: Frontier) {
        self.id = id
        self.opening = opening
        self.frontier = frontier
    }

    public var head: Head { Head(generation: id, size: frontier.size, root: frontier.root) }
}

extension Encoder {
    public mutating func put(_ stem: Stem) {
        put(stem.id)
        put(prefixed: stem.opening.encoded)
        put(raw: stem.frontier.encoded)
    }
}

extension Decoder {
    public mutating func stem() throws(WireError) -> Stem {
        Stem(
            id: try generationID(), opening: try Opening(try prefixed("opening", max: Limits.entryBytesMax)), frontier: try Frontier(&self)
        )
    }
}
