import HotlineDesk

/// The report of the line for a screen.
struct LineText {
    let report: LineReportView
    let times: Times
    let terminal: Terminal

    var lines: [String] {
        ["from \(times.full(report.since)) to \(times.full(report.until)), by this station's own clock"] + report.peers.flatMap(peer)
            + spans("THIS STATION DID NOT RUN, and knows nothing of the line then", report.notRunning)
    }

    /// '2 peers, 3 outages'.
    static func count(_ report: LineReportView) -> String {
        let outages = report.peers.reduce(0) { $0 + $1.outages.count }
        return "\(report.peers.count == 1 ? "1 peer" : "\(report.peers.count) peers"), \(outages == 1 ? "1 outage" : "\(outages) outages")"
    }

    private func peer(_ peer: LinePeerView) -> [String] {
        let state = "line to \(Plain.line(peer.party)) (\(peer.mark)): \(peer.state) since \(times.full(peer.stateSince))"
        var table = Table(
            .init(title: "BEARER"), .init(title: "UP", isNumber: true), .init(title: "UP FOR", isNumber: true), .init(title: "DOWN FOR", isNumber: true),
            .init(title: "PROBES ANSWERED", isNumber: true)
        )
        table.add(.init("all"), .init(LineText.share(peer.upSeconds, peer.downSeconds)), .init(LineText.span(peer.upSeconds)), .init(LineText.span(peer.downSeconds)), .init("-"))
        for bearer in peer.bearers {
            table.add(
                .init(bearer.kind), .init(LineText.share(bearer.upSeconds, bearer.downSeconds)), .init(LineText.span(bearer.upSeconds)),
                .init(LineText.span(bearer.downSeconds)), .init("\(bearer.probesAnswered) of \(bearer.probesSent)")
            )
        }
        return ["", peer.state == "up" ? state : terminal.alarm(state)] + table.lines(terminal) + LineText.traffic(peer, times) + spans("OUTAGES", peer.outages)
    }

    /// What became of our own letters, and what waits.
    static func traffic(_ peer: LinePeerView, _ times: Times) -> [String] {
        var lines = [
            peer.delivered == 0
                ? "none of our letters came to their station"
                : "\(peer.delivered == 1 ? "1 letter" : "\(peer.delivered) letters") of ours came to their station\(delay(peer))"
        ]
        if peer.backlog > 0 {
            let oldest = peer.waiting.map { ", the oldest letter \($0) since \(peer.waitingSince.map(times.full) ?? "?")" } ?? ""
            lines.append("backlog: \(peer.backlog == 1 ? "1 entry" : "\(peer.backlog) entries")\(oldest)")
        } else {
            lines.append("backlog: none")
        }
        if let since = peer.silentSince { lines.append("line good, desk silent since \(times.full(since))") }
        return lines
    }

    private static func delay(_ peer: LinePeerView) -> String {
        guard let median = peer.medianSeconds, let longest = peer.longestSeconds else { return "" }
        return ", after \(span(median)) in the middle and \(span(longest)) at most"
    }

    private func spans(_ title: String, _ spans: [SpanView]) -> [String] {
        guard !spans.isEmpty else { return [] }
        var table = Table(.init(title: "FROM"), .init(title: "TO"), .init(title: "FOR", isNumber: true), .init(title: "WHY", gives: true))
        for span in spans {
            table.add(.init(times.full(span.from)), .init(span.to.map(times.full) ?? "now"), .init(LineText.span(span.seconds)), .init(span.detail ?? "-"))
        }
        return ["", title] + table.lines(terminal)
    }

    /// '99.98 %'; '-' where nothing is known. Never rounded up to a hundred.
    static func share(_ up: Double, _ down: Double) -> String {
        guard up + down > 0 else { return "-" }
        let hundredths = Int(up / (up + down) * 10_000)
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100) %"
    }

    /// '1.2 s', '4 min 10 s', '3 h 20 min', '2 d 4 h'.
    static func span(_ seconds: Double) -> String {
        let whole = Int(seconds)
        switch whole {
        case ..<60: return "\(Int((seconds * 10).rounded()) / 10).\(Int((seconds * 10).rounded()) % 10) s"
        case ..<3_600: return "\(whole / 60) min \(whole % 60) s"
        case ..<86_400: return "\(whole / 3_600) h \(whole % 3_600 / 60) min"
        default: return "\(whole / 86_400) d \(whole % 86_400 / 3_600) h"
        }
    }
}
