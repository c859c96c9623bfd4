import ArgumentParser
import HotlineDesk

struct SendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "send", abstract: "Send a letter to a post of the other side.",
        discussion: """
            Prints the letter's serial and stage: 'durable here' once it cannot be lost by this station, and with --wait \
            'at their station' once it cannot be lost by theirs. One line feed at the end of a file or of standard input is \
            not part of the text.
            """
    )

    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("The post addressed: its code or its title.", valueName: "post"))
    var to: String

    @Option(
        name: .shortAndLong, help: ArgumentHelp("FLASH, IMMEDIATE, PRIORITY or ROUTINE.", valueName: "precedence"),
        completion: .list(["FLASH", "IMMEDIATE", "PRIORITY", "ROUTINE"])
    )
    var precedence: String

    @Option(help: ArgumentHelp("The language of the text, as a tag; else the first of our own party.", valueName: "tag"))
    var lang: String?

    @Option(help: ArgumentHelp("The post it speaks for; else the counterpart of the addressee.", valueName: "post"))
    var from: String?

    @Option(help: ArgumentHelp("The channel; else the first on which one officer may send this precedence.", valueName: "code"))
    var channel: String?

    @Option(help: ArgumentHelp("By when an answer is asked for, such as 2026-03-01T09:00Z; else as the agreement says.", valueName: "time"))
    var replyBy: String?

    @Flag(help: "Mark it EXERCISE wherever it is shown.")
    var exercise = false

    @Option(name: .customLong("ref"), help: ArgumentHelp("The serial of an entry it speaks of. May be repeated.", valueName: "serial"))
    var references: [String] = []

    @Option(help: ArgumentHelp("Take the text from a file; - is standard input.", valueName: "file"), completion: .file())
    var file: String?

    @Flag(help: "Return when the letter is at their station.")
    var wait = false

    @Option(help: ArgumentHelp("With --wait: give up after so long. The letter stays on its way.", valueName: "seconds"))
    var timeout: Int?

    @Argument(help: "The text; - takes it from standard input.")
    var text: String?

    func validate() throws {
        if text == nil, file == nil { throw ValidationError("there is no text: give it, or --file FILE, or - for standard input") }
        if text != nil, file != nil { throw ValidationError("there are two texts: give it, or --file FILE, and not both") }
        if timeout != nil, !wait { throw ValidationError("--timeout only means something with --wait") }
        if let timeout, timeout < 1 { throw ValidationError("--timeout is a number of seconds from 1") }
    }

    func run() async throws {
        let order = LetterOrder(
            to: to, from: from, channel: channel, precedence: precedence, language: lang, exercise: exercise, references: references,
            replyBy: replyBy, text: try TextSource(text: text, file: file).read()
        )
        try await station.withDesk { desk in
            // Before the letter goes, or the news that it has arrived could come first.
            let arrival = wait ? try await Arrival(desk) : nil
            let sent = try await desk.send(order)
            show(sent)
            guard let arrival else { return }
            let entry = try await arrival.wait(for: sent, timeout: timeout.map { .seconds($0) })
            if output.json { Terminal.standard.say(json: entry) } else { Terminal.standard.say("\(Plain.line(sent.serial))  at their station") }
        }
    }

    private func show(_ sent: SentView) {
        if output.json { Terminal.standard.say(json: sent) } else { Terminal.standard.say("\(Plain.line(sent.serial))  durable here") }
    }
}
