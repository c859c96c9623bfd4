import ArgumentParser
import HotlineDaemon
import HotlineDesk

struct DraftCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "draft", abstract: "Release by two: draft what one officer may not say alone, let the others sign it, and release it.",
        discussion: "A draft is not sent, and is in no backup. The other side sees what is released, and by officers of which roles, and never their names.",
        subcommands: [New.self, Answer.self, Decline.self, NotYet.self, Withdraw.self, List.self, Show.self, Sign.self, Release.self, Discard.self]
    )

    struct New: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Draft a letter.")

        @OptionGroup var station: StationOptions
        @OptionGroup var output: OutputOptions
        @OptionGroup var letter: LetterOptions

        func run() async throws { try await DraftPage.make(.letter(try letter.order()), station, output) }
    }

    struct Answer: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Draft an answer to a letter of the other side.")

        @OptionGroup var act: ActOptions
        @OptionGroup var words: WordsOptions

        func validate() throws {
            if words.text == nil, words.file == nil { throw ValidationError("there is no text: give it, or --file FILE, or - for standard input") }
        }

        func run() async throws { try await act.draft(.answer(try words.read()), language: words.lang) }
    }

    struct Decline: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Draft a refusal to answer, with a reason of the agreement.")

        @OptionGroup var act: ActOptions

        @Option(help: ArgumentHelp("The reason's code or number.", valueName: "code"))
        var reason: String

        @OptionGroup var words: WordsOptions

        func run() async throws { try await act.draft(.decline(reason: reason, try words.read()), language: words.lang) }
    }

    struct NotYet: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "not-yet", abstract: "Draft a 'not yet' that has a text.")

        @OptionGroup var act: ActOptions

        @Option(help: ArgumentHelp("Until when, such as 2026-03-01T09:00Z.", valueName: "time"))
        var until: String?

        @Option(help: ArgumentHelp("The post of ours whose authority is awaited.", valueName: "post"))
        var awaiting: String?

        @OptionGroup var words: WordsOptions

        func run() async throws { try await act.draft(.notYet(until: until, awaiting: awaiting, try words.read()), language: words.lang) }
    }

    struct Withdraw: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Draft the withdrawal of a letter of ours, with a text.")

        @OptionGroup var act: ActOptions
        @OptionGroup var words: WordsOptions

        func run() async throws { try await act.draft(.withdraw(try words.read()), language: words.lang) }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the drafts that wait, the oldest first, and whose signatures they lack.")

        @OptionGroup var station: StationOptions
        @OptionGroup var output: TimedOutputOptions

        func run() async throws {
            let drafts = try await station.withDesk { desk in try await desk.drafts() }
            let terminal = Terminal.standard
            if output.json { return terminal.say(json: drafts) }
            guard !drafts.isEmpty else { return terminal.say("no draft waits") }
            var table = Table(
                .init(title: "DRAFT", isNumber: true), .init(title: "SINCE"), .init(title: "PRECEDENCE"), .init(title: "TO", gives: true), .init(title: "SIGNED"),
                .init(title: "MISSING"), .init(title: "TEXT")
            )
            for draft in drafts {
                let text = draft.text.split(whereSeparator: \.isWhitespace).prefix(24).joined(separator: " ")
                table.add(
                    .init(String(draft.number)), .init(output.times.minute(draft.at)), .init(draft.precedence, isAlarm: draft.precedence == "FLASH"),
                    .init(draft.to ?? "-"), .init(draft.signers.isEmpty ? "-" : draft.signers.joined(separator: ", ")),
                    .init(draft.missing.isEmpty ? "-" : draft.missing.joined(separator: ", ")), .init((draft.exercise ? "EXERCISE " : "") + text)
                )
            }
            terminal.say(table.lines(terminal))
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show one draft in full: exactly what is signed.")

        @OptionGroup var station: StationOptions
        @OptionGroup var output: TimedOutputOptions

        @Argument(help: "Its number.")
        var draft: UInt64

        func run() async throws {
            let view = try await station.withDesk { desk in try await desk.draft(draft) }
            if output.json { return Terminal.standard.say(json: view) }
            Terminal.standard.say(DraftPage(draft: view, times: output.times, terminal: .standard).lines)
        }
    }

    struct Sign: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sign a draft as an officer.",
            discussion: "Prints the draft and signs exactly that. The officer's key is opened in this process, and never comes to the station."
        )

        @OptionGroup var station: StationOptions
        @OptionGroup var output: OutputOptions
        @OptionGroup var passphrase: PassphraseOptions

        @Option(help: ArgumentHelp("The officer's name or code.", valueName: "label"))
        var officer: String

        @Argument(help: "The draft's number.")
        var draft: UInt64

        func run() async throws {
            let terminal = Terminal.standard
            let officers = Officers(station.directory)
            try await station.withDesk { desk in
                let view = try await desk.draft(draft)
                if !output.json { terminal.say(DraftPage(draft: view, times: Times(isLocal: false), terminal: terminal).lines + [""]) }
                let signed = try await desk.sign(try officers.sign(view, by: officer, passphrase: passphrase.source))
                if output.json { return terminal.say(json: signed) }
                terminal.say("signed by \(Plain.line(signed.signers.joined(separator: ", ")))" + DraftPage.missing(signed))
            }
        }
    }

    struct Release: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Send a draft that its officers have signed.")

        @OptionGroup var station: StationOptions
        @OptionGroup var output: OutputOptions

        @Argument(help: "The draft's number.")
        var draft: UInt64

        func run() async throws {
            let sent = try await station.withDesk { desk in try await desk.release(draft: draft) }
            if output.json { Terminal.standard.say(json: sent) } else { Terminal.standard.say("\(Plain.line(sent.serial))  released, durable here") }
        }
    }

    struct Discard: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Forget a draft. Nothing of it stays.")

        @OptionGroup var station: StationOptions
        @OptionGroup var output: OutputOptions

        @Argument(help: "The draft's number.")
        var draft: UInt64

        func run() async throws {
            let view = try await station.withDesk { desk in try await desk.discard(draft: draft) }
            if output.json { Terminal.standard.say(json: view) } else { Terminal.standard.say("draft \(view.number) is discarded") }
        }
    }
}

extension ActOptions {
    /// Drafts a statement about the letter in place of stating it.
    fileprivate func draft(_ act: ActOrder.Act, language: String?) async throws {
        try await DraftPage.make(.act(ActOrder(about: letter, act: act, language: language)), station, output)
    }
}
