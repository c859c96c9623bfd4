import HotlineDesk
import HotlineRecord
import HotlineStation
import HotlineWire

/// Some entries of one author and kind as a report shows them, the latest first: what the loop does between two turns.
struct EntryPage<View: Sendable>: Sendable {
    let entries: [(at: WallTime, id: EntryID, view: View)]
    /// Where the next page begins; nil where there is none.
    let next: Int64?

    private static var entriesAtOnce: Int { 50 }

    /// - Parameters:
    ///   - tag: of the author and kind (`FactTag`).
    ///   - view: nil for an entry that the report leaves out.
    init(
        _ core: StationCore, tag: Int64, before: Int64, since: WallTime?, _ view: (Entry, WallTime) throws(JournalError) -> View?
    ) throws(DeskError) {
        let rows = try LoopDesk.journal { () throws(JournalError) in try core.journal.rows(tag: tag, before: before, limit: Self.entriesAtOnce) }
        var entries: [(at: WallTime, id: EntryID, view: View)] = []
        var isDone = rows.count < Self.entriesAtOnce
        for row in rows {
            guard case .entry(let entry, let at)? = try? Fact(row.row.value) else { continue }
            if let since, at < since {
                isDone = true
                break
            }
            if let view = try LoopDesk.journal({ () throws(JournalError) in try view(entry, at) }) { entries.append((at, entry.id, view)) }
        }
        self.entries = entries
        next = isDone ? nil : rows.last?.sequence
    }
}

/// Entries of one report.
enum ReportLimits {
    static let entriesMax = 10_000
}
