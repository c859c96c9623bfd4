import ArgumentParser
import HotlineDaemon
import HotlineDesk

struct LogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "Show and verify the local log: who did what at this station. It is never sent.",
        subcommands: [LogShow.self, LogVerify.self], defaultSubcommand: LogShow.self
    )
}

struct LogShow: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show its last lines, the latest last. Verifies all of them.")

    @OptionGroup var station: StationOptions
    @OptionGroup var output: TimedOutputOptions

    @Option(help: "How many.")
    var limit = 40

    func validate() throws {
        guard (1...100_000).contains(limit) else { throw ValidationError("--limit is a number from 1 to 100000") }
    }

    func run() throws {
        let lines = try LogReading(station.directory).show(limit: limit)
        let terminal = Terminal.standard
        if output.json { return terminal.say(json: lines) }
        var table = Table(
            .init(title: "LINE"), .init(title: "AT"), .init(title: "WHO", gives: true), .init(title: "WHAT"), .init(title: "ABOUT"), .init(title: "DETAIL", gives: true, goes: 1))
        for line in lines {
            table.add(.init("\(line.number)"), .init(output.times.full(line.at)), .init(line.who), .init(line.what), .init(line.about ?? "-"), .init(line.detail ?? "-"))
        }
        terminal.say(table.lines(terminal))
    }
}

struct LogVerify: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Verify that no line was changed and none taken out of the middle.",
        discussion: "Lines cut off at the end show only against a hash that was written down before: this prints the last one."
    )

    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let found = try LogReading(station.directory).verify()
        let terminal = Terminal.standard
        if output.json { return terminal.say(json: found) }
        terminal.say("\(found.lines) lines, each follows the one before it", "last hash  \(found.hash)")
        if found.isTorn { terminal.say("the last line is not whole: a station was killed while it wrote, or is writing now") }
    }
}
