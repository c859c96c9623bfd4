import HotlineDesk

/// The report of contacts as one page to print: no script, nothing from elsewhere.
struct ContactsPage {
    let report: ContactsReport
    let times: Times
    /// RFC 3339.
    let made: String

    var html: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <title>Contacts attempted</title>
        <style>
        body { font: 11pt/1.4 Georgia, serif; color: #111; background: #fff; margin: 2em auto; max-width: 60em; padding: 0 1em }
        h1 { font-size: 16pt; margin: 0 } h2 { font-size: 12pt; margin: 2em 0 .5em }
        p.made { color: #555; margin: .2em 0 1.5em }
        table { border-collapse: collapse; width: 100%; font-size: 9.5pt }
        th, td { text-align: left; vertical-align: top; padding: .35em .6em .35em 0; border-bottom: 1px solid #ccc }
        th { border-bottom: 2px solid #111; font-weight: bold } td.n, th.n { white-space: nowrap }
        tr { break-inside: avoid } thead { display: table-header-group }
        @page { size: A4 landscape; margin: 15mm }
        @media print { body { margin: 0; max-width: none } }
        </style>
        </head>
        <body>
        <h1>Contacts attempted\(report.since.map { " since \(ContactsPage.escaped($0))" } ?? "")\(report.post.map { ", \(ContactsPage.escaped($0))" } ?? "")</h1>
        <p class="made">\(ContactsPage.escaped(ContactsText.count(report))). Made \(ContactsPage.escaped(times.minute(made))). Times between stages are by the clock of the reporting station; \
        when something was written, its author's clock says.</p>
        \(ContactsPage.table(["Serial", "Written", "By", "Precedence", "From", "To", "Taken after", "Outcome", "After", "Stated in"], report.attempts.map(row)))
        <h2>Totals</h2>
        \(ContactsPage.table(["From", "To", "Attempts", "Outcomes", "Taken after (median)", "Outcome after (median)"], report.totals.map(row)))
        </body>
        </html>

        """
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

    private static func table(_ titles: [String], _ rows: [[String]]) -> String {
        let head = titles.map { "<th scope=\"col\">\(escaped($0))</th>" }.joined()
        let body = rows.map { "<tr>" + $0.map { "<td>\(escaped($0))</td>" }.joined() + "</tr>" }.joined(separator: "\n")
        return "<table>\n<thead><tr>\(head)</tr></thead>\n<tbody>\n\(body)\n</tbody>\n</table>"
    }

    /// What the other side has written is text, and nothing else.
    private static func escaped(_ text: String) -> String {
        Plain.line(text).replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
    }
}
