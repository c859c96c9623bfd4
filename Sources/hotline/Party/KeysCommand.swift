import ArgumentParser
import HotlineDaemon
import HotlineDesk

struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Replace our keys, install a key statement of either side, show which keys are in force, and make epochs ahead.",
        subcommands: [Status.self, Bank.self, Replace.self, Show.self, Install.self]
    )

    struct Status: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show the keys of each party, their versions, and what is installed here.")

        @OptionGroup var station: StationOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let keys = try KeysView(station.directory)
            let terminal = Terminal.standard
            if output.json { return terminal.say(json: keys) }
            terminal.say(KeysPage(keys: keys, terminal: terminal).lines)
        }
    }

    struct Bank: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make epochs with the other side ahead, while the line is wide.",
            discussion: """
                An epoch is the life of one secret between two stations. One that lies ahead costs nothing when it is needed; one that does not \
                costs about 9.6 kB, which is a quarter of an hour on a slow radio. They lie in secrets.sqlite, and are in no backup.
                """
        )

        @OptionGroup var station: StationOptions
        @OptionGroup var output: OutputOptions

        @Argument(help: ArgumentHelp("How many shall lie ahead, 1 to 64; those that do already count.", valueName: "count"))
        var ahead = 16

        @Option(help: ArgumentHelp("The mark or the name of one party; without it, with every one.", valueName: "party"))
        var with: String?

        func run() async throws {
            let order = BankOrder(ahead: ahead, party: with)
            let status = try await station.withDesk { desk throws(DeskError) in try await desk.bank(order) }
            let terminal = Terminal.standard
            if output.json { return terminal.say(json: status) }
            for peer in status.peers {
                terminal.say("\(Plain.line(peer.party)): \(peer.epochsBanked) \(peer.epochsBanked == 1 ? "epoch lies" : "epochs lie") ahead")
            }
        }
    }

    struct Replace: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a new station, light and TLS key, and the statement that the other side installs.",
            discussion: """
                The new keys lie beside the old ones as new-*, and the old ones go on until the statement is installed here. In order: the \
                other side installs it first. After a theft: at once, on both sides.
                """
        )

        @OptionGroup var station: StationOptions
        @OptionGroup var outputs: OutputOptions
        @OptionGroup var passphrase: PassphraseOptions

        @Option(
            help: ArgumentHelp("'replaced' in order, or 'stolen': then what the old keys do counts no more.", valueName: "reason"),
            completion: .list(["replaced", "stolen"])
        )
        var reason = "replaced"

        @Option(
            help: ArgumentHelp("Whose word it is: 'root'; 'next' if the root key is lost or stolen; 'recovery' if the next identity is gone too.", valueName: "authority"),
            completion: .list(["root", "next", "recovery"])
        )
        var authority = "root"

        @Option(
            name: [.customLong("key"), .customLong("root-key"), .customLong("next-key")],
            help: ArgumentHelp("Where the root key, or the next identity, lies if it has been moved away.", valueName: "file"), completion: .file())
        var key: String?

        @Option(help: ArgumentHelp("A recovery key; twice, with --authority recovery.", valueName: "file"), completion: .file())
        var recoveryKey: [String] = []

        @Flag(help: "Leave a new root key and a new next identity open, for a medium that is itself locked away.")
        var noPassphrase = false

        @Option(name: .shortAndLong, help: ArgumentHelp("A file that does not exist yet, for the statement.", valueName: "file"), completion: .file())
        var output: String

        func run() throws {
            let replacement = try KeyReplacement(
                reason: reason, authority: authority, offlineKey: key, recoveryKeys: recoveryKey, passphrase: passphrase.source,
                newPassphrase: noPassphrase ? nil : passphrase.source
            )
            let statement = try replacement.run(in: station.directory, output: output)
            let terminal = Terminal.standard
            if outputs.json { return terminal.say(json: statement) }
            terminal.say(KeyStatementPage(statement: statement).lines)
            terminal.say("", "Send \(Plain.line(output)) to the other side, and read it the words; then each side: hotline keys install \(Plain.line(output))")
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show a key statement, the words to compare, and whether it would count here.")

        @OptionGroup var station: StationOptions
        @OptionGroup var output: OutputOptions

        @Argument(completion: .file())
        var file: String

        func run() throws {
            let statement = try KeyStatementFile(file).show(in: station.directory)
            let terminal = Terminal.standard
            if output.json { return terminal.say(json: statement) }
            terminal.say(KeyStatementPage(statement: statement).lines)
            if let fault = statement.fault { throw fault }
        }
    }

    struct Install: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a key statement count here, of the other side or our own. The station takes it at its next start."
        )

        @OptionGroup var station: StationOptions
        @OptionGroup var output: OutputOptions

        @Argument(completion: .file())
        var file: String

        func run() throws {
            let statement = try KeyStatementFile(file).install(in: station.directory)
            let terminal = Terminal.standard
            if output.json { return terminal.say(json: statement) }
            terminal.say(KeyStatementPage(statement: statement).lines)
            terminal.say("", "installed in \(Plain.line(station.directory.path)); the station takes it at its next start")
        }
    }
}

/// A key statement as a page.
struct KeyStatementPage {
    let statement: KeyStatementView

    var lines: [String] {
        let agreement = statement.agreement.map { "version \($0)" } ?? "one that is not installed here"
        let state = statement.isInstalled ? "installed here" : statement.fault == nil ? "not installed here yet" : "does not count here"
        return [
            field("party", "\(statement.party) (\(statement.mark))"), field("version", "\(statement.version), of \(Times(isLocal: false).full(statement.date))"),
            field("reason", "\(statement.reason), on the word of \(statement.authority)"), field("agreement", agreement), field("state", state),
            field("hash", statement.hash),
        ] + WordsPage.lines(statement.words)
    }

    private func field(_ name: String, _ value: String) -> String { Cells.pad(name, to: 11) + Plain.line(value) }
}

/// The keys of a line as a page.
struct KeysPage {
    let keys: KeysView
    let terminal: Terminal

    var lines: [String] {
        [Cells.pad("agreement", to: 11) + "version \(keys.agreement)"]
            + (keys.isReplacementWaiting ? [terminal.alarm("new keys of ours wait for their statement: hotline keys install FILE")] : [])
            + keys.parties.flatMap { [""] + party($0) }
    }

    private func party(_ party: KeysView.PartyKeysView) -> [String] {
        let source = party.version == 0 ? "as the agreement lists them" : "by key statement \(party.version)"
        let statements = party.statements.map { statement in
            "  statement \(statement.version), \(Times(isLocal: false).full(statement.date)): \(statement.reason), on the word of \(statement.authority)"
        }
        var table = Table(.init(title: "KEY"), .init(title: "WORDS"), .init(title: "SHA-256", gives: true))
        for key in party.keys { table.add(.init(key.key), .init(key.words.joined(separator: " ")), .init(key.hash)) }
        return ["\(Plain.line(party.party)) (\(Plain.line(party.mark)))\(party.isOurs ? ", ours" : ""): \(source)"] + statements.map(Plain.line) + table.lines(terminal)
    }
}
