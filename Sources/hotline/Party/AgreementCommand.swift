import ArgumentParser
import HotlineDaemon
import HotlineDesk

struct AgreementCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agreement", abstract: "Draft, check, show and sign the agreement that sets up a line, install it, and amend it.",
        subcommands: [Draft.self, Amend.self, Check.self, Show.self, Sign.self, Merge.self, Install.self]
    )

    struct Draft: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write a complete agreement between the parties of some identity cards, to be edited and then signed.",
            discussion: "Parties are numbered in the order of their cards. Without --output the text goes to standard output."
        )

        @OptionGroup var outputs: OutputOptions

        @Option(help: ArgumentHelp("The name of the line; else the parties' names.", valueName: "name"))
        var line: String?

        @Option(name: .shortAndLong, help: ArgumentHelp("A file that does not exist yet.", valueName: "file"), completion: .file())
        var output: String?

        @Argument(help: "The identity cards of all parties.", completion: .file())
        var cards: [String]

        func run() throws {
            let draft = try AgreementFile.draft(cards: cards, line: line)
            guard let output else {
                Terminal.standard.say(draft.hasSuffix("\n") ? String(draft.dropLast()) : draft)
                return
            }
            let agreement = try AgreementFile(output).write(draft: draft)
            show(agreement, outputs, "drafted in \(output)")
            guard !outputs.json else { return }
            for language in AgreementFile.languagesToBeWritten(agreement) {
                Terminal.standard.say("'\(language)' has no words here: its lines hold the English ones, and are yours to write before you sign")
            }
        }
    }

    struct Amend: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write the text of the version that comes after the agreement in force, to be edited by both sides and then signed.",
            discussion: "Date, version, first and amends are filled in. Without --output the text goes to standard output."
        )

        @OptionGroup var station: StationOptions
        @OptionGroup var outputs: OutputOptions

        @Option(name: .shortAndLong, help: ArgumentHelp("A file that does not exist yet.", valueName: "file"), completion: .file())
        var output: String?

        func run() throws {
            let text = try AgreementFile.amendment(in: station.directory)
            guard let output else {
                Terminal.standard.say(text.hasSuffix("\n") ? String(text.dropLast()) : text)
                return
            }
            let amendment = try AgreementFile(output).write(draft: text)
            show(amendment, outputs, "version \(amendment.version) drafted in \(output)")
        }
    }

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Tell every mistake in the text of an agreement, with its line and what belongs there.",
            discussion: "Where a station with an agreement is at hand, an amendment is compared with the one in force there."
        )

        @OptionGroup var station: StationOptions
        @OptionGroup var outputs: OutputOptions

        @Argument(completion: .file())
        var file: String

        func run() throws {
            let terminal = Terminal.standard
            let directory = station.directoryInUse
            switch try AgreementFile(file).check(in: directory) {
            case .sound(let agreement):
                let compared = directory == nil && agreement.version > 1 ? ", by itself: no station is here to compare it with" : ""
                show(agreement, outputs, "\(file) is sound\(compared)")
                let wrong = agreement.parties.filter { $0.signature == .wrong }.map(\.name)
                guard wrong.isEmpty else {
                    throw DeskError(
                        .notVerified, "the text is sound, and the signature of \(wrong.joined(separator: ", ")) is not over it",
                        hint: "a byte was changed after the signing: get the file again, or take the signatures out and sign anew"
                    )
                }
            case .faulty(let problems):
                if outputs.json {
                    terminal.say(json: problems)
                } else {
                    for problem in problems {
                        terminal.say(
                            "\(Plain.line(file)):\(problem.line): expected \(Plain.line(problem.expected)), found \(Plain.line(problem.found))",
                            "  hint: \(Plain.line(problem.hint))"
                        )
                    }
                }
                let count = problems.count == 1 ? "1 mistake" : "\(problems.count) mistakes"
                throw DeskError(.malformed, "\(file) has \(count)", hint: "correct the text and check it again")
            }
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show what an agreement says, who has signed it, and the words to read aloud.")

        @OptionGroup var station: StationOptions
        @OptionGroup var outputs: OutputOptions

        @Argument(help: "An agreement in a file; else the one installed.", completion: .file())
        var file: String?

        func run() throws {
            let agreement = try file.map { try AgreementFile($0).show() } ?? AgreementFile.installed(in: station.directory)
            if outputs.json { return Terminal.standard.say(json: agreement) }
            Terminal.standard.say(AgreementPage(agreement: agreement, terminal: .standard).lines)
        }
    }

    struct Sign: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Sign the agreement with our root key.")

        @OptionGroup var station: StationOptions
        @OptionGroup var outputs: OutputOptions
        @OptionGroup var passphrase: PassphraseOptions

        @Option(help: ArgumentHelp("The root key, where it has been moved away.", valueName: "file"), completion: .file())
        var rootKey: String?

        @Option(name: .shortAndLong, help: ArgumentHelp("Another file for the signed text.", valueName: "file"), completion: .file())
        var output: String?

        @Argument(completion: .file())
        var file: String

        func run() throws {
            let signed = try AgreementFile(file).sign(in: station.directory, rootKey: rootKey, passphrase: passphrase.source, output: output)
            if outputs.json { return Terminal.standard.say(json: signed) }
            show(signed.agreement, outputs, signed.hadSigned ? "\(signed.path) had been signed by us before" : "signed by us in \(signed.path)")
        }
    }

    struct Merge: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Put the signatures of other copies of the same text into this one.")

        @OptionGroup var outputs: OutputOptions

        @Argument(completion: .file())
        var file: String

        @Argument(help: "Other copies of the text.", completion: .file())
        var copies: [String]

        func run() throws {
            show(try AgreementFile(file).merge(copies), outputs, "signatures put together in \(file)")
        }
    }

    struct Install: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make it the agreement of this station, once all have signed it.")

        @OptionGroup var station: StationOptions
        @OptionGroup var outputs: OutputOptions

        @Argument(completion: .file())
        var file: String

        @Argument(help: "Other copies of the text, whose signatures are taken too.", completion: .file())
        var copies: [String] = []

        func run() throws {
            let directory = station.directory
            let agreement = try AgreementFile(file).install(in: directory, copies: copies)
            let when = agreement.version == 1 ? "" : "; our record is under version \(agreement.version) from the next start of the station on"
            show(agreement, outputs, "installed in \(directory.path)\(when)")
        }
    }
}

/// What is so now, and the words by which the parties compare it.
private func show(_ agreement: AgreementView, _ outputs: OutputOptions, _ news: String) {
    let terminal = Terminal.standard
    if outputs.json { return terminal.say(json: agreement) }
    func names(_ signature: AgreementView.PartyView.Signature) -> String {
        Plain.line(agreement.parties.filter { $0.signature == signature }.map(\.name).joined(separator: ", "))
    }
    var signed = agreement.isSignedByAll ? ["signed by all"] : []
    if !names(.missing).isEmpty { signed.append("not yet signed by: \(names(.missing))") }
    if !names(.wrong).isEmpty { signed.append(terminal.alarm("WRONG SIGNATURE of: \(names(.wrong))")) }
    terminal.say([Plain.line(news)] + signed + WordsPage.lines(agreement.words))
}
