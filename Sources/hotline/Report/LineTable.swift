import HotlineDesk

/// The report of the line as a table for other programs: one row an outage, and one a time in which this station did not run.
struct LineTable {
    let report: LineReportView

    var csv: String {
        CommaSeparated.text(
            [["what", "party", "from", "to", "seconds", "detail"]] + report.notRunning.map { row("station not running", "", $0) }
                + report.peers.flatMap { peer in peer.outages.map { row("line down", peer.party, $0) } }
        )
    }

    private func row(_ what: String, _ party: String, _ span: SpanView) -> [String] {
        [what, party, span.from, span.to ?? "", "\(span.seconds)", span.detail ?? ""]
    }
}

/// The report of the line as a page to print.
struct LinePage {
    let report: LineReportView
    let times: Times

    var html: String {
        PrintedPage(
            title: "The line from \(times.full(report.since)) to \(times.full(report.until))",
            about: "\(LineText.count(report)). By the clock and the word of the reporting station alone; the other side has its own.",
            tables: report.peers.flatMap(sections) + [
                .init(
                    heading: "When this station did not run, and nothing is known of the line", titles: LinePage.titles, rows: report.notRunning.map(row),
                    nothing: "It has run without a break."
                )
            ]
        ).html
    }

    private static let titles = ["From", "To", "For", "Why"]

    private func sections(_ peer: LinePeerView) -> [PrintedPage.Section] {
        let whole = ["all", LineText.share(peer.upSeconds, peer.downSeconds), LineText.span(peer.upSeconds), LineText.span(peer.downSeconds), "-"]
        let bearers = peer.bearers.map { bearer in
            [
                bearer.kind, LineText.share(bearer.upSeconds, bearer.downSeconds), LineText.span(bearer.upSeconds), LineText.span(bearer.downSeconds),
                "\(bearer.probesAnswered) of \(bearer.probesSent)",
            ]
        }
        return [
            .init(
                heading: "Line to \(peer.party): \(peer.state) since \(times.full(peer.stateSince))", titles: ["Bearer", "Up", "Up for", "Down for", "Probes answered"],
                rows: [whole] + bearers
            ),
            .init(heading: "Letters of ours", titles: [], rows: LineText.traffic(peer, times).map { [$0] }),
            .init(heading: "Outages", titles: LinePage.titles, rows: peer.outages.map(row), nothing: "None."),
        ]
    }

    private func row(_ span: SpanView) -> [String] { [times.full(span.from), span.to.map(times.full) ?? "now", LineText.span(span.seconds), span.detail ?? "-"] }
}
