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

    @OptionGroup var letter: LetterOptions

    @Flag(help: "Return when the letter is at their station.")
    var wait = false

    @Option(help: ArgumentHelp("With --wait: give up after so long. The letter stays on its way.", valueName: "seconds"))
    var timeout: Int?

    func validate() throws {
        if timeout != nil, !wait { throw ValidationError("--timeout only means something with --wait") }
        if let timeout, timeout < 1 { throw ValidationError("--timeout is a number of seconds from 1") }
    }

    func run() async throws {
        let order = try letter.order()
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
