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
            throw ValidationError("--limit is a number from 1 to \(LetterQuery.limitMax)")
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
        let isSent = direction == .sent
        var table = Table(
            .init(title: "SERIAL"), .init(title: isSent ? "SENT" : "RECEIVED", goes: isSent ? 3 : nil), .init(title: "PRECEDENCE"),
            .init(title: "FROM", gives: true, goes: isSent ? 1 : 2), .init(title: "TO", gives: true),
            .init(title: isSent ? "STAGE" : "SIGNED", goes: isSent ? nil : 1), .init(title: "TEXT")
        )
        for letter in letters {
            let minute = output.times.minute(letter.durableAt)
            table.add(
                .init(letter.serial), .init(minute, short: String(minute.dropFirst("2026-".count))),
                .init(letter.precedence, isAlarm: letter.isFlash), .init(letter.from ?? "-", short: letter.fromPost),
                .init(letter.to ?? "-", short: letter.toPost), isSent ? letter.lastStage : .init(letter.signed),
                .init((letter.release?.warning.map { $0 + "  " } ?? "") + (letter.exercise ? "EXERCISE " : "") + letter.firstWords, isAlarm: letter.release?.warning != nil)
            )
        }
        return table
    }
}

extension EntryView {
    var isFlash: Bool { precedence == "FLASH" }

    /// How far our own letter has got on its way; how it is signed is another matter.
    fileprivate var lastStage: Table.Cell {
        stages.contains { $0.stage == Arrival.stage } ? .init(Arrival.stage, short: "there") : .init("durable here", short: "here")
    }

    /// The beginning of the text on one line.
    fileprivate var firstWords: String {
        guard let text else { return kind }
        return Cells.cut(text.split(whereSeparator: \.isWhitespace).prefix(24).joined(separator: " "), to: 72)
    }
}
