import ArgumentParser
import HotlineDesk

struct ChannelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "channel", abstract: "Suspend and resume channels on the record, one by one, and list them.",
        subcommands: [ChannelList.self, ChannelSuspend.self, ChannelResume.self]
    )
}

struct ChannelList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the channels, who has suspended which, and what passes.")

    @OptionGroup var station: StationOptions
    @OptionGroup var output: TimedOutputOptions

    func run() async throws {
        let terminal = Terminal.standard
        try await station.withDesk { desk in
            let channels = try await desk.channels()
            if output.json { return terminal.say(json: channels) }
            try await Evidence.show(desk, terminal)
            terminal.say(table(channels).lines(terminal))
        }
    }

    private func table(_ channels: [ChannelView]) -> Table {
        var table = Table(
            .init(title: "CHANNEL"), .init(title: "STATE", gives: true), .init(title: "SINCE", goes: 2), .init(title: "STATED IN", goes: 3), .init(title: "PASSES"),
            .init(title: "TITLE", gives: true, goes: 1)
        )
        for channel in channels {
            let parties = channel.suspensions.map(\.party).joined(separator: " and ")
            let isOpen = channel.suspensions.isEmpty
            table.add(
                .init(channel.code), .init(isOpen ? "open" : "SUSPENDED by \(parties)", isAlarm: !isOpen),
                .init(channel.suspensions.first.map { output.times.minute($0.since) } ?? "-"),
                .init(isOpen ? "-" : channel.suspensions.map(\.serial).joined(separator: ", ")),
                .init(channel.passing.isEmpty ? "nothing" : channel.passing.joined(separator: " ")), .init(channel.title)
            )
        }
        return table
    }
}

struct ChannelSuspend: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suspend", abstract: "Suspend a channel, with a reason that the other side reads.",
        discussion: "What still passes says the agreement; a FLASH on the safety channel always passes. We alone can resume what we have suspended."
    )

    @OptionGroup var change: ChannelChange

    func run() async throws { try await change.state(isSuspended: true) }
}

struct ChannelResume: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "resume", abstract: "Resume a channel that we have suspended.")

    @OptionGroup var change: ChannelChange

    func run() async throws { try await change.state(isSuspended: false) }
}

struct ChannelChange: ParsableArguments {
    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The channel's code.")
    var channel: String

    @OptionGroup var words: WordsOptions

    func state(isSuspended: Bool) async throws {
        let order = ChannelOrder(channel: channel, isSuspended: isSuspended, reason: try words.read(), language: words.lang)
        try await station.withDesk { desk in
            let sent = try await desk.state(order)
            if output.json { return Terminal.standard.say(json: sent) }
            Terminal.standard.say("\(Plain.line(sent.serial))  durable here: \(Plain.line(channel)) \(isSuspended ? "suspended" : "resumed")")
        }
    }
}
