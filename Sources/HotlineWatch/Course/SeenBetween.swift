public import HotlineRecord
public import HotlineWire

/// What an asker's record shows to have been seen between its letter and a word about it (docs/spec/watch.md, WAT-7): a word that states
/// nothing of it, or stands in a new generation, hides no answer.
///
/// ```
///   letter ─ seen ─ seen ─▏ opening: held ─ seen ─ word
/// ```
public struct SeenBetween<Failure: Error> {
    /// Entries `from..<to` of a generation, as far as they are here.
    private let entries: (_ generation: GenerationID, _ from: UInt64, _ to: UInt64) throws(Failure) -> [Entry]

    public init(_ entries: @escaping (_ generation: GenerationID, _ from: UInt64, _ to: UInt64) throws(Failure) -> [Entry]) { self.entries = entries }

    /// The heads that it shows, of each generation the largest.
    public func heads(_ letter: EntryID, _ word: EntryID) throws(Failure) -> [Entry.Seen] {
        var sizes: [GenerationID: RecordSize] = [:]
        var passed: Set<GenerationID> = []
        var next: (generation: GenerationID, size: UInt64)? = (word.generation, word.number.value)
        // What a peer states may form a ring.
        while let (generation, size) = next, passed.insert(generation).inserted {
            next = nil
            var from = generation == letter.generation ? letter.number.value + 1 : 0
            while from < size {
                let to = min(size, from + SeenBetween.page)
                for entry in try entries(generation, from, to) {
                    for head in entry.seen { sizes[head.generation] = max(sizes[head.generation] ?? .zero, head.size) }
                    guard entry.id.number.value == 0, let opening = try? Opening(entry.content) else { continue }
                    for head in opening.held { sizes[head.generation] = max(sizes[head.generation] ?? .zero, head.size) }
                    next = opening.predecessor.map { ($0.generation, $0.size.value) }
                }
                from = to
            }
        }
        return sizes.map { Entry.Seen(generation: $0.key, size: $0.value) }
    }

    private static var page: UInt64 { 256 }
}
