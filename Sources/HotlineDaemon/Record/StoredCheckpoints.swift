import HotlineDesk
import HotlineRecord
import HotlineStation
import HotlineWire

/// A checkpoint and when it became durable here.
struct StoredCheckpoint: Sendable {
    let unverified: UnverifiedCheckpoint
    let at: WallTime
    var head: Head { unverified.checkpoint.head }
}

extension RecordReader {
    /// The checkpoints that count: of every signer the latest light and the latest full one of each generation, and for each
    /// generation held the latest that says so. Oldest first.
    func checkpoints(of stations: [StationNumber]) throws(DeskError) -> [StoredCheckpoint] {
        var kept: [(sequence: Int64, StoredCheckpoint)] = []
        for station in stations {
            var said: Set<Statement> = []
            try forEach(tag: FactTag.checkpoints(by: station)) { row throws(DeskError) in
                let found = try checkpoint(row)
                let checkpoint = found.unverified.checkpoint
                let strength = found.unverified.strength
                let statements = ([checkpoint.head] + checkpoint.held).map {
                    Statement(signer: checkpoint.head.generation, strength: strength, subject: $0.generation)
                }
                if !said.isSuperset(of: statements) {
                    said.formUnion(statements)
                    kept.append((row.sequence, found))
                }
                return true
            }
        }
        return kept.sorted { $0.sequence < $1.sequence }.map(\.1)
    }

    /// The author's checkpoint that covers an entry: the latest full one, else the latest light one.
    func checkpoint(covering id: EntryID) throws(DeskError) -> StoredCheckpoint? {
        var light: StoredCheckpoint?
        var full: StoredCheckpoint?
        try forEach(tag: FactTag.checkpoints(by: id.author)) { row throws(DeskError) in
            let found = try checkpoint(row)
            guard found.head.generation == id.generation, id.number < found.head.size.next else { return true }
            switch found.unverified.strength {
            case .light: light = light ?? found
            case .full: full = found
            }
            return full == nil
        }
        return full ?? light
    }

    /// Proofs that somebody has rewritten its record, and contents that came second under one number.
    func evidence() throws(DeskError) -> (forks: [Evidence], conflicts: [Entry]) {
        var forks: [Evidence] = []
        var conflicts: [Entry] = []
        try forEach(tag: FactTag.evidence) { row throws(DeskError) in
            switch try? Fact(row.row.value) {
            case .fork(let first, let second, at: _): forks.append(Evidence(first, second))
            case .conflict(let entry, at: _): conflicts.append(entry)
            case nil, .entry, .early, .checkpoint, .current, .acknowledged, .violation, .reopened, .claimed, .returned, .verified, .stated:
                throw RecordReader.unreadable("Row \(row.sequence)")
            }
            return forks.count < ExportLimits.forksMax
        }
        return (forks.reversed(), conflicts.reversed())
    }

    private func checkpoint(_ row: JournalRow) throws(DeskError) -> StoredCheckpoint {
        guard case .checkpoint(let checkpoint, let at)? = try? Fact(row.row.value) else { throw RecordReader.unreadable("Row \(row.sequence)") }
        return StoredCheckpoint(unverified: checkpoint, at: at)
    }
}

/// 'This signer says with this strength something of that generation.'
private struct Statement: Hashable {
    let signer: GenerationID
    let strength: CheckpointStrength
    let subject: GenerationID
}
