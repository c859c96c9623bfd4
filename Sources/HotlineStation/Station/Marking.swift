import HotlineLine
import HotlineRecord
import HotlineWire

/// How far the mark of this start has come (`StartMark`).
struct Marking: Sendable {
    /// Polls until the mark names the generation of this start alone: not before its opening is durable.
    fileprivate var pollsToOpening = 0
    fileprivate var size = RecordSize.zero
}

/// The secrets are committed before the record: a mark never says more than what an earlier turn has made durable, or a crash between
/// the two would look like a restore.
extension Station {
    /// - Parameter predecessor: the head that the record ends with; nil where nothing vouches for it. The start after a backup that
    ///   ends before its declaration is durable must find what this one found.
    mutating func markStart(after predecessor: Head?, into outcome: inout Outcome) {
        if let predecessor { outcome.secretCells.append(StartMark.cell(predecessor.generation.name, predecessor.size)) }
        outcome.secretCells.append(StartMark.cell(last: [predecessor?.generation.name, seed.generation].compactMap { $0 }))
        marking = Marking(pollsToOpening: 2)
    }

    mutating func markOpening(into outcome: inout Outcome) {
        guard marking.pollsToOpening > 0 else { return }
        marking.pollsToOpening -= 1
        guard marking.pollsToOpening == 0 else { return }
        outcome.secretCells.append(StartMark.cell(last: [seed.generation]))
        mark(RecordSize(1), into: &outcome)
    }

    /// What was given to be signed was durable.
    mutating func mark(_ signed: Head, into outcome: inout Outcome) {
        if signed.generation == own.current?.id { mark(signed.size, into: &outcome) }
    }

    private mutating func mark(_ size: RecordSize, into outcome: inout Outcome) {
        guard size > marking.size else { return }
        marking.size = size
        outcome.secretCells.append(StartMark.cell(seed.generation, size))
    }
}
