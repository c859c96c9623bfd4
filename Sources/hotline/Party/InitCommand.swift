import ArgumentParser
import HotlineDaemon

struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Make a party: its keys, its configuration, and the identity card for the other side.",
        discussion: """
            The directory must not exist yet, or be empty. The root key and the next identity go under a passphrase, which is \
            asked for twice; move both to a medium that is locked away when the agreement is signed.

              hotline init --dir ~/hotline --name Norway --name ru=Норвегия --mark N --language no --language en
            """
    )

    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var passphrase: PassphraseOptions

    @Option(help: ArgumentHelp("The party's name in its own language, then in others as tag=name.", valueName: "name"))
    var name: [String]

    @Option(help: ArgumentHelp("One to four Latin capitals, which begin its serials: W-12.", valueName: "mark"))
    var mark: String

    @Option(name: [.customLong("language"), .customLong("lang")], help: ArgumentHelp("A language tag, its own first.", valueName: "tag"))
    var languages: [String]

    @Option(help: ArgumentHelp("The port of health and metrics on 127.0.0.1; 'none' for none.", valueName: "port"))
    var healthPort: String?

    @Flag(help: "Make three recovery keys as well, for three people: two of them replace a root key whose next identity is gone.")
    var recoveryKeys = false

    @Flag(help: "Leave the root key open, for a medium that is itself locked away.")
    var noPassphrase = false

    func validate() throws {
        if let healthPort, healthPort != "none", Int(healthPort).map({ (0...65_535).contains($0) }) != true {
            throw ValidationError("--health-port is a number from 0 to 65535, or none")
        }
    }

    func run() throws {
        var configuration = Configuration()
        if let healthPort { configuration.healthPort = Int(healthPort) }
        let directory = station.directory
        var party = PartyInit(
            names: name, mark: mark, languages: languages, configuration: configuration, passphrase: noPassphrase ? nil : passphrase.source
        )
        party.hasRecovery = recoveryKeys
        let card = try party.run(in: directory)
        let terminal = Terminal.standard
        if output.json { return terminal.say(json: card) }
        terminal.say(CardPage(card: card).lines)
        terminal.say(
            "", "Give the other side a copy of \(Plain.line(card.path)), and read each other the words over the telephone.",
            "Then say in \(directory.configuration) where to listen and whom to dial."
        )
    }
}
