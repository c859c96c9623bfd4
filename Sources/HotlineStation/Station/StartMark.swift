public import HotlineRecord
public import HotlineWire

/// What the secrets' store says of the record: the generation that was written last, and of every generation that was written
/// here how far it had come at least. The store is never in a backup, so a record that ends with another generation, or sooner, is
/// not the one that was written here last.
///
/// A size is noted once it is durable: when a checkpoint over it has been signed, and when the next generation begins. What was
/// written after the last note and is gone leaves no trace here; there the peers tell.
public struct StartMark: Sendable {
    private let last: [GenerationName]?
    private let sizes: [GenerationSize]

    /// Where its cells lie in the secrets' store; no peer has the number 0.
    public static let prefix: [UInt8] = [0, UInt8(ascii: "g")]

    /// - Parameters:
    ///   - cells: those under `prefix`.
    ///   - station: whose they are.
    public init(_ cells: [JournalCell], of station: StationNumber) {
        last = cells.first { $0.key == StartMark.prefix }.map { StartMark.names($0.value ?? []) }
        sizes = cells.compactMap { cell in
            guard let name = StartMark.names(Array(cell.key.dropFirst(StartMark.prefix.count))).first else { return nil }
            var decoder = Decoder(cell.value ?? [])
            return (try? decoder.recordSize()).map { GenerationSize(GenerationID(station: station, name: name), $0) }
        }
    }

    /// What a record lacks that is that of a backup, or whose secrets are another's; nil where it is the one that was written here.
    public func restored(_ own: Book) -> Restored? {
        guard let last else { return own.current == nil ? nil : Restored(lost: []) }
        let lacking = sizes.filter { own.size(of: $0.generation) ?? .zero < $0.size }
        if let current = own.current?.id, last.contains(current.name), !lacking.contains(where: { $0.generation == current }) { return nil }
        // One that was begun and never noted had its opening, or not even that.
        let begun = last.map { GenerationSize(GenerationID(station: own.station, name: $0), .zero) }
        let unnoted = begun.filter { part in !own.isKnown(part.generation) && !lacking.contains { $0.generation == part.generation } }
        return Restored(lost: lacking + unnoted)
    }

    static func cell(last generations: [GenerationName]) -> JournalCell {
        var encoder = Encoder()
        for generation in generations { encoder.put(generation) }
        return JournalCell(key: prefix, value: encoder.bytes)
    }

    static func cell(_ generation: GenerationName, _ size: RecordSize) -> JournalCell {
        var key = Encoder()
        key.put(raw: prefix)
        key.put(generation)
        var value = Encoder()
        value.put(size)
        return JournalCell(key: key.bytes, value: value.bytes)
    }

    private static func names(_ bytes: [UInt8]) -> [GenerationName] {
        var decoder = Decoder(bytes)
        var names: [GenerationName] = []
        while !decoder.isAtEnd, let name = try? decoder.generationName() { names.append(name) }
        return names
    }
}

/// That a record is that of a backup, and the generations that it lacks something of, each with the size that it had at least.
public struct Restored: Hashable, Sendable {
    public let lost: [GenerationSize]
    public init(lost: [GenerationSize]) { self.lost = lost }
}
