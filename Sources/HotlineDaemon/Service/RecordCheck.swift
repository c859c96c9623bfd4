import HotlineLine
import HotlineRecord
import HotlineSeal
import HotlineStation
import HotlineStore
import HotlineWire
import Logging
import ServiceLifecycle

/// Hashes the whole record again beside the running station, slowly: what the start did not check. A difference is told
/// to the log as an error; `hotline record verify` says the same with every detail.
struct RecordCheck: Service {
    let directory: StationDirectory
    let membership: Membership
    let logger: Logger

    private static let rowsAtOnce = 500
    /// Between two readings, so that the station keeps the disk and the processor.
    private static let pause = Duration.milliseconds(20)

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown { try await check() }
        } catch is CancellationError {
        } catch let error as JournalError {
            logger.error("the record could not be read", metadata: ["error": "\(error)"])
        }
    }

    private func check() async throws {
        var reader: SQLiteJournalReader?
        // The writer makes the file at the first start of all.
        for _ in 0..<50 where reader == nil {
            reader = try? SQLiteJournalReader(path: directory.record)
            if reader == nil { try await Task.sleep(for: .milliseconds(100)) }
        }
        guard let reader else { return }
        var sequence: Int64 = 0
        var blinds: [GenerationID: BlindSecret] = [:]
        var frontiers: [GenerationID: Frontier] = [:]
        var count = 0
        while true {
            let rows = try reader.rows(after: sequence, limit: RecordCheck.rowsAtOnce)
            guard let last = rows.last else { break }
            for row in rows {
                guard case .entry(let entry, at: _)? = try? Fact(row.row.value) else { continue }
                if entry.id.number == EntryNumber(0) { blinds[entry.id.generation] = (try? Opening(entry.content))?.blinds }
                guard let blind = blinds[entry.id.generation]?.blind(of: entry.id.number) else { return report(row, entry) }
                let nodes = frontiers[entry.id.generation, default: Frontier()].append(leaf: entry.leafHash(line: membership.line, blind: blind))
                guard nodes.flatMap(\.bytes) == row.row.nodes else { return report(row, entry) }
                count += 1
            }
            sequence = last.sequence
            try await Task.sleep(for: RecordCheck.pause)
        }
        logger.info("the whole record has been checked", metadata: ["entries": "\(count)"])
    }

    private func report(_ row: JournalRow, _ entry: Entry) {
        logger.critical(
            "an entry of the record does not give the hashes stored with it: run 'hotline record verify'",
            metadata: ["entry": "\(entry.id)", "row": "\(row.sequence)"]
        )
    }
}
