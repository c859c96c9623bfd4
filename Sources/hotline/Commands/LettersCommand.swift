import ArgumentParser
import HotlineDesk

struct InboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "inbox", abstract: "List the letters received, the latest first.")

    @OptionGroup var station: StationOptions
    @OptionGroup var output: TimedOutputOptions
    @OptionGroup var size: ListOptions

    @Flag(help: "List the letters sent instead; the same as outbox.")
    var sent = false

    func run() async throws {
        try await LetterList(direction: sent ? .sent : .received, output: output, limit: size.limit).show(station)
    }
}

struct OutboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "outbox", abstract: "List the letters sent, the latest first, and how far each has got.")

    @OptionGroup var station: StationOptions
    @OptionGroup var output: TimedOutputOptions
    @OptionGroup var size: ListOptions

    func run() async throws {
        try await LetterList(direction: .sent, output: output, limit: size.limit).show(station)
    }
}

struct ListOptions: ParsableArguments {
    @Option(name: .shortAndLong, help: ArgumentHelp("How many, from 1 to \(LetterQuery.limitMax).", valueName: "number"))
    var limit = 20

    func validate() throws {
        guard (1...LetterQuery.limitMax).contains(limit) else {
            throw ValidationError("--limit is a number from 1 to \(LetterQuery.limitMax).")
        }
    }
}

/// A list of letters on a screen.
private struct LetterList {
    let direction: LetterQuery.Direction
    let output: TimedOutputOptions
    let limit: Int

    func show(_ station: StationOptions) async throws {
        let terminal = Terminal.standard
        try await station.withDesk { desk in
            let letters = try await desk.letters(LetterQuery(direction: direction, limit: limit))
            if output.json { return terminal.say(json: letters) }
            try await Evidence.show(desk, terminal)
            terminal.say(letters.isEmpty ? ["no letters \(direction == .sent ? "sent" : "received") yet"] : table(letters).lines(terminal))
        }
    }

    private func table(_ letters: [EntryView]) -> Table {
        var table = Table(
            .init(title: "SERIAL"), .init(title: direction == .sent ? "SENT" : "RECEIVED"), .init(title: "PRECEDENCE"),
            .init(title: "FROM", gives: true, canGo: direction == .sent), .init(title: "TO", gives: true),
            .init(title: direction == .sent ? "STAGE" : "SIGNED", canGo: direction != .sent), .init(title: "TEXT")
        )
        for letter in letters {
            table.add(
                .init(letter.serial), .init(output.times.minute(letter.durableAt)), .init(letter.precedence, isAlarm: letter.isFlash),
                .init(letter.from ?? "-"), .init(letter.to ?? "-"), .init(direction == .sent ? letter.lastStage : letter.signed),
                .init((letter.exercise ? "EXERCISE " : "") + letter.firstWords)
            )
        }
        return table
    }
}

extension EntryView {
    var isFlash: Bool { precedence == "FLASH" }

    /// How far our own letter has got on its way; how it is signed is another matter.
    fileprivate var lastStage: String {
        stages.contains { $0.stage == Arrival.stage } ? Arrival.stage : "durable here"
    }

    /// The beginning of the text on one line.
    fileprivate var firstWords: String {
        guard let text else { return kind }
        return Cells.cut(text.split(whereSeparator: \.isWhitespace).prefix(24).joined(separator: " "), to: 72)
    }
}
