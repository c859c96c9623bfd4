import HotlineDesk

/// The report of contacts for a screen.
struct ContactsText {
    let report: ContactsReport
    let times: Times
    let terminal: Terminal

    var lines: [String] {
        guard !report.attempts.isEmpty else { return ["nothing was attempted since then"] }
        return attempts.lines(terminal) + ["", "TOTALS"] + totals.lines(terminal) + ["", ContactsText.count(report)]
    }

    /// '4 attempts: 2 declined, 1 answered, 1 open'.
    static func count(_ report: ContactsReport) -> String {
        let outcomes = report.attempts.map(\.view.outcome.outcome)
        let kinds = outcomes.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        let counts = kinds.map { kind in "\(outcomes.filter { $0 == kind }.count) \(kind)" }
        return "\(outcomes.count == 1 ? "1 attempt" : "\(outcomes.count) attempts")" + (counts.isEmpty ? "" : ": \(counts.joined(separator: ", "))")
    }

    private var attempts: Table {
        var table = Table(
            .init(title: "SERIAL"), .init(title: "WRITTEN"), .init(title: "BY", goes: 4), .init(title: "PRECEDENCE", goes: 3), .init(title: "FROM", gives: true, goes: 1),
            .init(title: "TO", gives: true), .init(title: "TAKEN AFTER", goes: 5), .init(title: "OUTCOME"), .init(title: "AFTER", goes: 6), .init(title: "STATED IN", goes: 2)
        )
        for attempt in report.attempts {
            let view = attempt.view
            let detail = view.outcome.detail.map { ", \($0)" } ?? ""
            table.add(
                .init(view.serial), .init(view.claimedAt.map(times.minute) ?? "no clock"), .init(view.kind), .init(view.precedence), .init(view.from ?? "-", short: view.fromPost),
                .init(view.to ?? "-", short: view.toPost), .init(Times.span(attempt.toTaken)), .init((view.exercise ? "EXERCISE " : "") + view.outcome.outcome + detail),
                .init(Times.span(attempt.toOutcome)), .init(view.outcome.serial ?? "-")
            )
        }
        return table
    }

    private var totals: Table {
        var table = Table(
            .init(title: "FROM", gives: true, goes: 1), .init(title: "TO", gives: true), .init(title: "ATTEMPTS"), .init(title: "OUTCOMES"),
            .init(title: "TAKEN AFTER (MEDIAN)", goes: 3), .init(title: "OUTCOME AFTER (MEDIAN)", goes: 2)
        )
        for total in report.totals {
            table.add(
                .init(total.from, short: total.fromPost), .init(total.to, short: total.toPost), .init("\(total.attempts)"),
                .init(total.outcomes.map { "\($0.count) \($0.outcome)" }.joined(separator: ", ")),
                .init(Times.span(total.medianToTaken)), .init(Times.span(total.medianToOutcome))
            )
        }
        return table
    }
}
