import ArgumentParser
import HotlineDesk

struct AttemptsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attempts", abstract: "Report every attempt to reach a post since a time, of both sides, and what became of each.",
        discussion: "'hotline record prove' discloses single entries of it, with proofs that show nothing else."
    )

    @OptionGroup var station: StationOptions
    @OptionGroup var output: TimedOutputOptions

    @Option(help: ArgumentHelp("From when on, such as 2026-03-01 or 2026-03-01T09:00Z; else all.", valueName: "time"))
    var since: String?

    func run() async throws {
        let terminal = Terminal.standard
        try await station.withDesk { desk in
            let attempts = try await desk.attempts(since: since)
            if output.json { return terminal.say(json: attempts) }
            try await Evidence.show(desk, terminal)
            guard !attempts.isEmpty else { return terminal.say(["nothing was attempted since then"]) }
            terminal.say(table(attempts).lines(terminal) + [""] + summary(attempts))
        }
    }

    private func table(_ attempts: [AttemptView]) -> Table {
        var table = Table(
            .init(title: "SERIAL"), .init(title: "WRITTEN"), .init(title: "BY"), .init(title: "PRECEDENCE", goes: 2), .init(title: "FROM", gives: true, goes: 1),
            .init(title: "TO", gives: true), .init(title: "OUTCOME"), .init(title: "SINCE", goes: 3), .init(title: "STATED IN")
        )
        for attempt in attempts {
            let detail = attempt.outcome.detail.map { ", \($0)" } ?? ""
            table.add(
                .init(attempt.serial), .init(attempt.claimedAt.map(output.times.minute) ?? "no clock"), .init(attempt.kind), .init(attempt.precedence),
                .init(attempt.from ?? "-"), .init(attempt.to ?? "-"), .init((attempt.exercise ? "EXERCISE " : "") + attempt.outcome.outcome + detail),
                .init(attempt.outcome.claimedAt.map(output.times.minute) ?? "-"), .init(attempt.outcome.serial ?? "-")
            )
        }
        return table
    }

    /// '4 attempts: 2 answered, 1 declined, 1 open'.
    private func summary(_ attempts: [AttemptView]) -> [String] {
        let outcomes = attempts.map(\.outcome.outcome)
        let kinds = outcomes.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        let counts = kinds.map { kind in "\(outcomes.filter { $0 == kind }.count) \(kind)" }
        return ["\(attempts.count == 1 ? "1 attempt" : "\(attempts.count) attempts"): \(counts.joined(separator: ", "))"]
    }
}
