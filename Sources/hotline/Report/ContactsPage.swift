import HotlineDesk

/// The report of contacts as one page to print.
struct ContactsPage {
    let report: ContactsReport
    let times: Times
    /// RFC 3339.
    let made: String

    var html: String {
        let since = report.since.map { " since \($0)" } ?? ""
        return PrintedPage(
            title: "Contacts attempted\(since)\(report.post.map { ", \($0)" } ?? "")",
            about: """
                \(ContactsText.count(report)). Made \(times.minute(made)). Times between stages are by the clock of the reporting station; when something was written, \
                its author's clock says.
                """,
            tables: [
                .init(
                    heading: "", titles: ["Serial", "Written", "By", "Precedence", "From", "To", "Taken after", "Outcome", "After", "Stated in"],
                    rows: report.attempts.map(row), nothing: "Nothing was attempted since then."
                ),
                .init(heading: "Totals", titles: ["From", "To", "Attempts", "Outcomes", "Taken after (median)", "Outcome after (median)"], rows: report.totals.map(row)),
            ]
        ).html
    }

    private func row(_ attempt: ContactsReport.Attempt) -> [String] {
        let view = attempt.view
        return [
            view.serial, view.claimedAt.map(times.minute) ?? "no clock", view.kind, view.precedence, view.from ?? "-", view.to ?? "-", Times.span(attempt.toTaken),
            (view.exercise ? "EXERCISE " : "") + view.outcome.outcome + (view.outcome.detail.map { ", \($0)" } ?? ""), Times.span(attempt.toOutcome), view.outcome.serial ?? "-",
        ]
    }

    private func row(_ total: ContactsReport.Total) -> [String] {
        [
            total.from, total.to, "\(total.attempts)", total.outcomes.map { "\($0.count) \($0.outcome)" }.joined(separator: ", "), Times.span(total.medianToTaken),
            Times.span(total.medianToOutcome),
        ]
    }
}
