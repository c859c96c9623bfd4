import HotlineAgreement
import HotlineLine
import HotlineRecord
import HotlineSeal
import HotlineStation
import HotlineWire

/// Brings a station back from its journal, as the daemon does: the last snapshot, the rows after it, then a check of what
/// the next entries will stand on.
struct Recovery {
    let agreement: Agreement
    let membership: Membership
    let paths: [(peer: StationNumber, BearerID, BearerProfile)]
    let limits: SealingLimits

    /// Why a station does not start from its journal.
    struct Refused: Error {
        let what: String
    }

    /// Entries of each open generation that are hashed again at every start.
    static let checkedEntries: UInt64 = 1_000

    func run(_ machine: Machine, seed: StartSeed) throws(Refused) -> (station: Station, replayed: Int, restored: Restored?) {
        var station = Station(agreement: agreement, membership: membership, seed: seed, paths: paths, epochs: try epochs(machine.secrets))
        let snapshot = machine.disk.snapshot()
        if let snapshot {
            do { try station.restore(snapshot: snapshot.bytes) } catch { throw Refused(what: "snapshot: \(error)") }
        }
        let rows = machine.disk.content.rows.dropFirst(Int(snapshot?.through ?? 0))
        for row in rows {
            let isSound: Bool
            do { isSound = try station.recover(row) } catch { throw Refused(what: "row \(row.sequence): \(error)") }
            guard isSound else { throw Refused(what: "row \(row.sequence): its hashes are not those of its entry") }
        }
        for book in [station.own] + station.theirs {
            for generation in book.live { try check(generation, machine.disk) }
        }
        return (station, rows.count, StartMark(machine.secrets.cells(prefix: StartMark.prefix), of: machine.number).restored(station.own))
    }

    private func epochs(_ secrets: MemoryJournal) throws(Refused) -> [StationNumber: EpochBook] {
        var out: [StationNumber: EpochBook] = [:]
        for peer in membership.peers {
            do { out[peer] = try EpochBook(cells: secrets.cells(prefix: [peer.value]), limits: limits) } catch { throw Refused(what: "secrets: \(error)") }
        }
        return out
    }

    /// The frontier against the stored tree, the last entries against their leaves.
    private func check(_ generation: Generation, _ disk: MemoryJournal) throws(Refused) {
        guard ((try? History(disk).root(GenerationSize(generation.id, generation.size))) ?? nil) == generation.head.root else { throw Refused(what: "root of \(generation.id)") }
        let size = generation.size.value
        for number in (size > Recovery.checkedEntries ? size - Recovery.checkedEntries : 0)..<size {
            let id = EntryID(generation.id, EntryNumber(number))
            guard let row = disk.row(of: id), case .entry(let entry, _)? = try? Fact(row.row.value), let nodes = row.row.nodes,
                entry.leafHash(line: membership.line, blind: generation.opening.blinds.blind(of: id.number)) == Hash(nodes.prefix(Hash.size))
            else { throw Refused(what: "entry \(id)") }
        }
    }
}
