import HotlineDesk
import HotlineStation
import HotlineWire

/// Some letters of one author and kind with what became of them, the latest first: what the loop does between two turns.
struct AttemptPage: Sendable {
    let attempts: [(at: WallTime, view: AttemptView)]
    /// Where the next page begins; nil where there is none.
    let next: Int64?

    /// Letters of one report.
    static let attemptsMax = 10_000
    private static let lettersAtOnce = 50

    init(_ core: StationCore, _ words: EventWords, tag: Int64, before: Int64, since: WallTime?) throws(DeskError) {
        let rows = try LoopDesk.journal { () throws(JournalError) in try core.journal.rows(tag: tag, before: before, limit: AttemptPage.lettersAtOnce) }
        let course = CourseWords(core, words)
        var attempts: [(at: WallTime, view: AttemptView)] = []
        var isDone = rows.count < AttemptPage.lettersAtOnce
        for row in rows {
            guard case .entry(let entry, let at)? = try? Fact(row.row.value) else { continue }
            if let since, at < since {
                isDone = true
                break
            }
            attempts.append((at, try LoopDesk.journal { () throws(JournalError) in try course.attempt(entry, at: at) }))
        }
        self.attempts = attempts
        next = isDone ? nil : rows.last?.sequence
    }
}
