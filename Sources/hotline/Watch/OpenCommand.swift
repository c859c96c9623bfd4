import ArgumentParser
import HotlineDesk

struct OpenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open", abstract: "List the letters and contacts that wait for something, the most urgent first, with their clocks.",
        discussion: "First those that wait for us, then those that wait for the other side."
    )

    @OptionGroup var station: StationOptions
    @OptionGroup var output: TimedOutputOptions

    func run() async throws {
        let terminal = Terminal.standard
        try await station.withDesk { desk in
            let open = try await desk.open()
            if output.json { return terminal.say(json: open) }
            try await Evidence.show(desk, terminal)
            terminal.say(OpenCommand.pages(open, output.times, terminal))
        }
    }

    static func pages(_ open: [OpenView], _ times: Times, _ terminal: Terminal) -> [String] {
        page(open.filter { !$0.isOwn }, "FOR US", times, terminal) + [""] + page(open.filter(\.isOwn), "FOR THEM", times, terminal)
    }

    private static func page(_ letters: [OpenView], _ title: String, _ times: Times, _ terminal: Terminal) -> [String] {
        guard !letters.isEmpty else { return ["\(title): nothing waits"] }
        var table = Table(
            .init(title: "SERIAL"), .init(title: "WHAT", goes: 4), .init(title: "PRECEDENCE"), .init(title: "DUE", goes: 3), .init(title: "AT"),
            .init(title: "FROM", gives: true, goes: 1),
            .init(title: "TO", gives: true, goes: 2), .init(title: "STAGE")
        )
        for letter in letters {
            let due = letter.due.map { letter.isLate ? "\($0) LATE" : $0 } ?? "-"
            table.add(
                .init(letter.serial), .init(letter.kind), .init(letter.precedence, isAlarm: letter.precedence == "FLASH"), .init(due, isAlarm: letter.isLate),
                .init(letter.dueAt.map(times.minute) ?? "-", isAlarm: letter.isLate), .init(letter.from ?? "-"), .init(letter.to ?? "-"),
                .init((letter.exercise ? "EXERCISE " : "") + letter.stage)
            )
        }
        return [title] + table.lines(terminal)
    }
}
