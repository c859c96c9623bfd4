import ArgumentParser
import HotlineDesk

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show how the line is: each peer and bearer, what waits, and how far the records are signed."
    )

    @OptionGroup var station: StationOptions
    @OptionGroup var output: TimedOutputOptions

    func run() async throws {
        try await station.withDesk { desk in show(try await desk.status()) }
    }

    private func show(_ status: StatusView) {
        let terminal = Terminal.standard
        if output.json { return terminal.say(json: status) }
        terminal.say(StatusPage(status: status, times: output.times, terminal: terminal).lines)
    }
}

struct CheckpointCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "checkpoint", abstract: "Sign our record in full as it stands now.")

    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await station.withDesk { desk in
            let status = try await desk.checkpoint()
            if output.json { Terminal.standard.say(json: status) } else { Terminal.standard.say(status.record.sentence) }
        }
    }
}

/// A status as a page.
private struct StatusPage {
    let status: StatusView
    let times: Times
    let terminal: Terminal

    var lines: [String] {
        Evidence.lines(status, terminal) + heading + [""] + records + [""] + peers + [""] + bearers + troubles
    }

    private var heading: [String] {
        let words = status.lineWords.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        return [
            field("party", "\(status.party) (\(status.mark)), station \(status.station)"),
            field("started", "\(times.full(status.startedAt)), generation \(status.generation)"), field("line", status.line),
            field("agreement", status.agreement),
        ] + WordsPage.lines(words)
    }

    private func field(_ name: String, _ value: String) -> String { Cells.pad(name, to: 11) + Plain.line(value) }

    /// Two lines each: how far a record is signed is never cut.
    private var records: [String] {
        let all = [("\(status.party), ours", status.record)] + status.peers.map { ($0.party, $0.record) }
        return all.flatMap { name, record in
            let count = record.entries == 1 ? "1 entry" : "\(record.entries) entries"
            let sentence = terminal.width.map { Cells.wrap(record.sentence, to: $0 - 2) } ?? [record.sentence]
            return ["record of \(Plain.line(name)): \(count)"] + sentence.map { "  \($0)" }
        }
    }

    private var peers: [String] {
        var table = Table(
            .init(title: "PEER", gives: true), .init(title: "STATE"), .init(title: "BACKLOG", isNumber: true), .init(title: "EPOCH", isNumber: true),
            .init(title: "BANKED", isNumber: true), .init(title: "AGREEMENT", gives: true)
        )
        for peer in status.peers {
            table.add(
                .init("\(peer.party) (\(peer.mark))"), state(peer.state), .init("\(peer.backlog)"), .init(peer.epoch.map { "\($0)" } ?? "-"),
                .init("\(peer.epochsBanked)"), .init(peer.agreement ?? "-", isAlarm: peer.agreement?.contains("NOT INSTALLED") == true)
            )
        }
        return table.lines(terminal)
    }

    private var bearers: [String] {
        var table = Table(
            .init(title: "BEARER"), .init(title: "PEER", gives: true), .init(title: "STATE"), .init(title: "LAST HEARD", isNumber: true),
            .init(title: "ROUND TRIP", isNumber: true), .init(title: "PROBES ANSWERED", isNumber: true)
        )
        for peer in status.peers {
            for bearer in peer.bearers {
                table.add(
                    .init(bearer.kind), .init(peer.party), state(bearer.isUp ? "up" : "down"), .init(bearer.lastHeard.map(StatusPage.ago) ?? "never"),
                    .init(bearer.roundTrip.map(StatusPage.milliseconds) ?? "-"), .init("\(bearer.probesAnswered) of \(bearer.probesSent)")
                )
            }
        }
        return table.lines(terminal)
    }

    /// What a custodian should look at.
    private var troubles: [String] {
        let found = status.peers.flatMap { peer in
            [
                peer.violations > 0
                    ? terminal.alarm("\(Plain.line(peer.party)) broke a rule \(StatusPage.times(peer.violations)); see the station's log") : nil,
                peer.framesDropped > 0
                    ? "\(peer.framesDropped) frames in the name of \(Plain.line(peer.party)) did not open and were dropped" : nil,
            ].compactMap { $0 } + (isApart(peer) ? StatusPage.apart(Plain.line(peer.party)) : [])
        }
        return found.isEmpty ? [] : [""] + found
    }

    /// Connected, and whatever comes is of another line: both keys are right, and the texts are not the same.
    private func isApart(_ peer: PeerView) -> Bool { peer.epoch == nil && peer.framesDropped > 0 && peer.bearers.contains(where: \.isUp) }

    private static func apart(_ party: String) -> [String] {
        [
            "\(party) is connected, and no secret comes about: have both stations installed the same agreement, byte for byte?",
            "  hint: compare the words above with theirs, or the files with: hotline agreement show",
        ]
    }

    private func state(_ state: String) -> Table.Cell {
        state == "up" ? .init(state) : .init(state == "down" ? "DOWN" : state, isAlarm: true)
    }

    private static func times(_ count: UInt64) -> String { count == 1 ? "once" : "\(count) times" }

    private static func milliseconds(_ value: Double) -> String { value < 10 ? "\(rounded(value)) ms" : "\(Int(value.rounded())) ms" }

    private static func ago(_ seconds: Double) -> String {
        switch seconds {
        case ..<10: "\(rounded(max(0, seconds))) s ago"
        case ..<120: "\(Int(seconds)) s ago"
        case ..<7200: "\(Int(seconds / 60)) min ago"
        default: "\(Int(seconds / 3600)) h ago"
        }
    }

    private static func rounded(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
}
