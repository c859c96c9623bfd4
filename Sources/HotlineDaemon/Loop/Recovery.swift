import HotlineAgreement
import HotlineLine
import HotlineRecord
import HotlineSeal
import HotlineStation
import HotlineWire

/// Brings a station back from its journal: the last snapshot, the rows after it through the same `apply`, then a check of
/// what the next entries will stand on.
struct Recovery {
    let agreement: Agreement
    let membership: Membership
    let paths: [(peer: StationNumber, BearerID, BearerProfile)]

    /// Entries of each open generation that are hashed again at every start; the rest is checked in the background.
    private static let checkedEntries: UInt64 = 1_000
    private static let rowsAtOnce = 500

    struct Report: Sendable {
        var rowsReplayed = 0
        var entriesChecked = 0
        /// Of a record that is that of a backup: what it lacks.
        var restored: Restored?
        /// The last row in the journal.
        var lastSequence: Int64 = 0
    }

    func run(journal: any Journal, secrets: any Journal, seed: StartSeed) throws(RecoveryError) -> (Station, Report) {
        var report = Report()
        var station = Station(agreement: agreement, membership: membership, seed: seed, paths: paths, epochs: try epochs(secrets))
        do {
            let snapshot = try journal.snapshot()
            if let snapshot {
                do { try station.restore(snapshot: snapshot.bytes) } catch { throw RecoveryError.snapshot(error) }
            }
            report.lastSequence = snapshot?.through ?? 0
            while true {
                let rows = try journal.rows(after: report.lastSequence, limit: Recovery.rowsAtOnce)
                guard !rows.isEmpty else { break }
                for row in rows { try replay(row, &station) }
                report.rowsReplayed += rows.count
                report.lastSequence = rows[rows.count - 1].sequence
            }
            if let basis = station.own.current?.opening.basis(on: membership.line),
                membership.keys(of: membership.me, on: basis) == nil || membership.keys.comes(membership.basis, before: basis, of: membership.me)
            {
                throw RecoveryError.basis(basis)
            }
            report.entriesChecked = try check(station, History(journal))
            report.restored = StartMark(try secrets.cells(prefix: StartMark.prefix), of: membership.me).restored(station.own)
            return (station, report)
        } catch {
            switch error {
            case let error as RecoveryError: throw error
            case let error as JournalError: throw .journal(error)
            default: preconditionFailure("the journal throws its own errors")
            }
        }
    }

    private func epochs(_ secrets: any Journal) throws(RecoveryError) -> [StationNumber: EpochBook] {
        var out: [StationNumber: EpochBook] = [:]
        for peer in membership.peers {
            let cells: [JournalCell]
            do throws(JournalError) {
                let mark = try secrets.cells(prefix: KeyMark.key(of: peer)).first?.value
                let changes = KeyMark.changes(of: peer, cells: try secrets.cells(prefix: [peer.value]), mark: mark, membership)
                if !changes.isEmpty { try secrets.commit(JournalBatch(cells: changes)) }
                cells = try secrets.cells(prefix: [peer.value])
            } catch {
                throw .journal(error)
            }
            do throws(WireError) { out[peer] = try EpochBook(cells: cells) } catch { throw .secrets(peer, error) }
        }
        return out
    }

    private func replay(_ row: JournalRow, _ station: inout Station) throws(RecoveryError) {
        let isSound: Bool
        do throws(WireError) { isSound = try station.recover(row) } catch { throw .row(row.sequence, error) }
        guard isSound else { throw .row(row.sequence, nil) }
    }

    /// The frontier against the stored tree, the last entries against their leaves, our last checkpoint against our root.
    private func check(_ station: Station, _ history: History) throws -> Int {
        var count = 0
        for book in [station.own] + station.theirs {
            for generation in book.live {
                guard try history.root(GenerationSize(generation.id, generation.size)) == generation.head.root else {
                    throw RecoveryError.root(generation.id, generation.size)
                }
                let size = generation.size.value
                for (entry, nodes) in try history.entries(
                    generation.id, from: size > Recovery.checkedEntries ? size - Recovery.checkedEntries : 0, to: size
                ) {
                    let blind = generation.opening.blinds.blind(of: entry.id.number)
                    guard entry.leafHash(line: membership.line, blind: blind) == Hash(nodes.prefix(Hash.size)) else {
                        throw RecoveryError.entry(entry.id)
                    }
                    count += 1
                }
                try checkCheckpoints(generation, station, history)
            }
        }
        return count
    }

    private func checkCheckpoints(_ generation: Generation, _ station: Station, _ history: History) throws {
        for strength in CheckpointStrength.allCases {
            guard let checkpoint = station.latestCheckpoint(of: generation.id, strength) else { continue }
            let head = checkpoint.checkpoint.head
            guard let keys = station.keys(of: generation.id), (try? checkpoint.verified(by: keys)) != nil,
                try history.root(GenerationSize(head.generation, head.size)) == head.root
            else { throw RecoveryError.checkpoint(head.generation, head.size) }
        }
    }
}

/// Why a station does not start from its journal. Nothing has been changed.
enum RecoveryError: Error, Sendable {
    case journal(JournalError)
    case snapshot(WireError)
    case secrets(StationNumber, WireError)
    case row(Int64, WireError?)
    case entry(EntryID)
    case root(GenerationID, RecordSize)
    case checkpoint(GenerationID, RecordSize)
    /// Our record stands on an agreement, or on keys, that are not installed here.
    case basis(Basis)
}
