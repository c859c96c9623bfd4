import ArgumentParser
import HotlineDaemon
import HotlineDesk

struct OfficerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "officer", abstract: "Enrol and revoke the officers who release what one of them may not say alone.",
        subcommands: [Add.self, List.self, Revoke.self, Install.self]
    )

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make an officer's release key, and the roster that enrols it.",
            discussion: """
                The key lies in the station's directory, under the officer's own passphrase. The roster is signed with the root key and names \
                codes and roles; the officer's name stays here. Without --output the running station states it at once.
                """
        )

        @OptionGroup var station: StationOptions
        @OptionGroup var outputs: OutputOptions
        @OptionGroup var passphrase: PassphraseOptions
        @OptionGroup var root: RootOptions

        @Option(
            help: ArgumentHelp("What the officer may sign as. May be repeated.", valueName: "role"),
            completion: .list(["watch", "translator", "releaser", "principal", "custodian", "auditor"])
        )
        var role: [String]

        @Option(help: ArgumentHelp("What the officer is called here; the other side never sees it.", valueName: "label"))
        var name: String

        func run() async throws {
            let officers = Officers(station.directory)
            let roster = try officers.add(name: name, roles: role, passphrase: passphrase.source, root: root.source, output: root.output)
            try await RosterStatement(station: station, outputs: outputs).state(roster, officers, isWritten: root.output != nil)
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show our officers, their roles, and whether they are in the roster in force.")

        @OptionGroup var station: StationOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let officers = try Officers(station.directory).list()
            let terminal = Terminal.standard
            if output.json { return terminal.say(json: officers) }
            guard !officers.isEmpty else { return terminal.say("no officer is enrolled: hotline officer add") }
            var table = Table(.init(title: "CODE"), .init(title: "NAME", gives: true), .init(title: "ROLES"), .init(title: "STATE"))
            for officer in officers { table.add(.init(officer.code), .init(officer.name ?? "-"), .init(officer.roles.joined(separator: ", ")), .init(officer.state)) }
            terminal.say(table.lines(terminal))
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make the roster in which an officer stands no more.",
            discussion: "What the officer has released before stays released; what it has signed and nobody has released counts no more."
        )

        @OptionGroup var station: StationOptions
        @OptionGroup var outputs: OutputOptions
        @OptionGroup var root: RootOptions

        @Argument(help: "The officer's name or code.")
        var officer: String

        func run() async throws {
            let officers = Officers(station.directory)
            let roster = try officers.revoke(officer, root: root.source, output: root.output)
            try await RosterStatement(station: station, outputs: outputs).state(roster, officers, isWritten: root.output != nil)
        }
    }

    struct Install: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let the running station state a roster that the root key has signed.")

        @OptionGroup var station: StationOptions
        @OptionGroup var output: OutputOptions

        @Argument(completion: .file())
        var file: String

        func run() async throws {
            let order = try Officers(station.directory).order(file)
            let sent = try await station.withDesk { desk in try await desk.enrol(order) }
            if output.json { Terminal.standard.say(json: sent) } else { Terminal.standard.say("\(Plain.line(sent.serial))  durable here") }
        }
    }
}

/// What signs a roster, and where it goes.
struct RootOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The root key, where it has been moved away.", valueName: "file"), completion: .file())
    var rootKey: String?

    @Option(help: ArgumentHelp("Take the root key's passphrase from the first line of a file of mode 0600; else it is asked for.", valueName: "file"), completion: .file())
    var rootPassphraseFile: String?

    @Option(name: .shortAndLong, help: ArgumentHelp("A file that does not exist yet, for the roster; it is not stated then.", valueName: "file"), completion: .file())
    var output: String?

    var source: RootKeySource { RootKeySource(path: rootKey, passphrase: rootPassphraseFile.map { .file($0) } ?? .terminal) }
}

/// A roster on its way to the record.
private struct RosterStatement {
    let station: StationOptions
    let outputs: OutputOptions

    func state(_ roster: RosterFileView, _ officers: Officers, isWritten: Bool) async throws {
        let terminal = Terminal.standard
        if outputs.json {
            terminal.say(json: roster)
        } else {
            terminal.say("roster \(roster.version): \(roster.officers.map { Plain.line("\($0.code) (\($0.roles.joined(separator: ", ")))") }.joined(separator: ", "))")
        }
        let later = "hotline officer install \(Plain.line(roster.path))"
        guard !isWritten else {
            if !outputs.json { terminal.say("to state it: \(later)") }
            return
        }
        do {
            let order = try officers.order(roster.path)
            let sent = try await station.withDesk { desk in try await desk.enrol(order) }
            if !outputs.json { terminal.say("\(Plain.line(sent.serial))  durable here") }
        } catch let error as DeskError where error.class == .unavailable {
            if !outputs.json { terminal.say("the station is not running; to state it then: \(later)") }
        }
    }
}
