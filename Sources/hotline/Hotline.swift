import ArgumentParser

/// The command line: it parses, calls, prints, and decides nothing.
@main
struct Hotline: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hotline",
        abstract: "A crisis communications line between parties who do not trust each other.",
        version: "hotline \(Version.current)",
        groupedSubcommands: [
            CommandGroup(name: "Letters", subcommands: [SendCommand.self, WatchCommand.self, InboxCommand.self, OutboxCommand.self, ShowCommand.self]),
            CommandGroup(name: "Receipts", subcommands: [OpenCommand.self, AlarmCommand.self, TakeCommand.self, LayCommand.self, HoldCommand.self]),
            CommandGroup(
                name: "Outcomes",
                subcommands: [
                    AnswerCommand.self, DeclineCommand.self, NotYetCommand.self, WithdrawCommand.self, LapseCommand.self, ChannelCommand.self,
                ]
            ),
            CommandGroup(name: "Release by two", subcommands: [DraftCommand.self, OfficerCommand.self]),
            CommandGroup(name: "Contacts", subcommands: [ContactCommand.self, PostCommand.self]),
            CommandGroup(name: "Station", subcommands: [RunCommand.self, StatusCommand.self, CheckpointCommand.self]),
            CommandGroup(name: "Safekeeping", subcommands: [BackupCommand.self, RestoreCommand.self]),
            CommandGroup(name: "Ceremony", subcommands: [InitCommand.self, CardCommand.self, AgreementCommand.self, KeysCommand.self]),
            CommandGroup(name: "Proof", subcommands: [RecordCommand.self, ReportCommand.self, LogCommand.self, ReplayCommand.self]),
            CommandGroup(name: "Shell", subcommands: [CompletionsCommand.self]),
        ]
    )

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            Failure.exit(error)
        }
    }
}

enum Version {
    static let current = "0.1.0"
}
