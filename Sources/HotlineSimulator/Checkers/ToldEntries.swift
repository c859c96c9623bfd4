import HotlineRecord
import HotlineWire

/// What one process has told of each generation: every entry once, each behind the one before it.
struct ToldEntries {
    private var next: [GenerationID: UInt64]

    /// - Parameter counts: what was on the disk when the process began.
    init(_ counts: [GenerationID: Int]) { next = counts.mapValues { UInt64($0) } }

    mutating func note(_ id: EntryID) -> Finding? {
        let expected = next[id.generation] ?? 0
        guard id.number.value == expected else {
            return Finding(promise: .onceInOrder, what: "entry \(id) is told where number \(expected) is the next")
        }
        next[id.generation] = expected + 1
        return nil
    }
}
