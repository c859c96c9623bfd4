public import HotlineWire

/// A generation and a size of it: a head without its root.
public struct GenerationSize: Hashable, Sendable {
    public let generation: GenerationID
    public let size: RecordSize
    public init(_ generation: GenerationID, _ size: RecordSize) {
        self.generation = generation
        self.size = size
    }
}
