import HotlineRecord
import HotlineSeal
import HotlineWire

/// What was ever written under each number, and by whom: one content for each, and no entry that its author has not
/// written first.
struct Statements {
    private struct Written {
        let hash: UInt64
        var byAuthor: Bool
    }
    private var written: [GenerationID: [UInt64: Written]] = [:]

    /// A row with an entry became durable. `value` is the row's.
    mutating func note(_ id: EntryID, _ value: [UInt8], byAuthor: Bool) -> Finding? {
        // Behind the kind of fact and the time at which it came.
        let hash = WordHash.of(value[9...])
        if let known = written[id.generation]?[id.number.value] {
            guard known.hash == hash else {
                return Finding(promise: byAuthor ? .oneLeafANumber : .transcriptsAgree, what: "entry \(id) has two contents")
            }
            if byAuthor { written[id.generation]?[id.number.value]?.byAuthor = true }
        } else {
            written[id.generation, default: [:]][id.number.value] = Written(hash: hash, byAuthor: byAuthor)
        }
        guard byAuthor || written[id.generation]?[id.number.value]?.byAuthor == true else {
            return Finding(promise: .transcriptsAgree, what: "entry \(id) is held by another and not by its author")
        }
        return nil
    }
}
