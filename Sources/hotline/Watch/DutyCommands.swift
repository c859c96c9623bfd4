import ArgumentParser
import HotlineDesk

struct WatchTake: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "take", abstract: "Take the watch at our own station.",
        discussion: "It stands in the local log and is never sent: the other side knows posts, and not persons."
    )

    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "Your name.")
    var name: String

    func run() async throws {
        try await station.withDesk { desk in
            let duty = try await desk.state(.take(officer: name))
            if output.json { return Terminal.standard.say(json: duty) }
            Terminal.standard.say("\(Plain.line(duty.officer ?? name)) has the watch", "what is open: hotline watch sheet")
        }
    }
}

struct WatchHandOver: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hand-over", abstract: "Hand the watch over to another officer, with the sheet of what is open."
    )

    @OptionGroup var station: StationOptions
    @OptionGroup var output: TimedOutputOptions

    @Argument(help: "Who takes it.")
    var to: String

    @Argument(help: "What the next should know and the sheet does not say.")
    var note = ""

    func run() async throws {
        let terminal = Terminal.standard
        try await station.withDesk { desk in
            let duty = try await desk.state(.handOver(to: to, note: note))
            if output.json { return terminal.say(json: duty) }
            terminal.say(try await Sheet(desk, output.times, terminal).lines)
        }
    }
}

struct WatchSheet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sheet", abstract: "Show what whoever takes the watch must know: open items with their clocks, the line, alarms, posts, channels."
    )

    @OptionGroup var station: StationOptions
    @OptionGroup var output: TimedOutputOptions

    func run() async throws {
        let terminal = Terminal.standard
        try await station.withDesk { desk in
            if output.json { return terminal.say(json: try await desk.duty()) }
            try await Evidence.show(desk, terminal)
            terminal.say(try await Sheet(desk, output.times, terminal).lines)
        }
    }
}

struct WatchConfirmTime: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "confirm-time", abstract: "Confirm that this machine's clock is right: deadlines ring again.",
        discussion: "After a jump of ten minutes or more nothing rings until somebody has."
    )

    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "Your name.")
    var name: String

    func run() async throws {
        try await station.withDesk { desk in
            let duty = try await desk.state(.confirmTime(officer: name))
            if output.json { return Terminal.standard.say(json: duty) }
            Terminal.standard.say("the time is confirmed by \(Plain.line(name)); deadlines ring")
        }
    }
}

struct AlarmCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alarm", abstract: "List the alarms that have rung, and acknowledge them by name.",
        discussion: "An alarm rings every minute, and up the succession, until somebody has acknowledged it, and ends by itself when what it is about is done.",
        subcommands: [AlarmList.self, AlarmAcknowledge.self], defaultSubcommand: AlarmList.self
    )
}

struct AlarmList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the alarms that have rung and whose cause is still there.")

    @OptionGroup var station: StationOptions
    @OptionGroup var output: TimedOutputOptions

    func run() async throws {
        let terminal = Terminal.standard
        try await station.withDesk { desk in
            let duty = try await desk.duty()
            if output.json { return terminal.say(json: duty.alarms) }
            terminal.say(Sheet.alarms(duty, output.times, terminal))
        }
    }
}

struct AlarmAcknowledge: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "acknowledge", abstract: "Say that you have heard an alarm and see to it: it is silent from now on.", aliases: ["ack"]
    )

    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The alarm: the serial it is about, or the mark of the party whose line is down.")
    var alarm: String

    @Argument(help: "Your name.")
    var name: String

    func run() async throws {
        try await station.withDesk { desk in
            let duty = try await desk.state(.acknowledge(alarm: alarm, officer: name))
            if output.json { return Terminal.standard.say(json: duty) }
            Terminal.standard.say("\(Plain.line(alarm))  acknowledged by \(Plain.line(name)), in the local log")
        }
    }
}
