import ArgumentParser
import HotlineDaemon
import HotlineDesk

struct RecordCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record", abstract: "Show, export and verify the record of a line, and prove single entries from it.",
        discussion: "These read the station's directory, whether it runs or not; verify needs no station where it is given a file.",
        subcommands: [Show.self, Export.self, Verify.self, Prove.self, Confirm.self]
    )

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show the generations of every party's record, and how they are signed.")

        @OptionGroup var station: StationOptions
        @OptionGroup var output: TimedOutputOptions

        func run() throws {
            let record = try StationRecord(station.directory).show()
            if output.json { return Terminal.standard.say(json: record) }
            Terminal.standard.say(RecordPage(record: record, times: output.times, terminal: .standard).lines)
        }
    }

    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write everything that an outsider needs to verify the whole transcript.",
            discussion: "It holds every text of the line in clear. The station may run meanwhile."
        )

        @OptionGroup var station: StationOptions
        @OptionGroup var output: OutputOptions

        @Argument(help: "A file that does not exist yet.", completion: .file())
        var file: String

        func run() throws {
            let export = try StationRecord(station.directory).export(to: file)
            if output.json { return Terminal.standard.say(json: export) }
            Terminal.standard.say(
                "\(Plain.line(export.path))  \(export.bytes) bytes, \(export.entries) entries in \(export.generations) generations",
                "verify it with: hotline record verify \(Plain.line(export.path))"
            )
        }
    }

    struct Confirm: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take back a part of our record that came back under a light signature of ours alone.",
            discussion: """
                After a restore, the other side gives back what the backup lacks. What our full signature covers is taken back by itself; \
                what only the light one covers could have been written by whoever holds the light key, so an officer looks at it and vouches. \
                hotline watch names the generation.
                """
        )

        @OptionGroup var station: StationOptions
        @OptionGroup var output: OutputOptions

        @Argument(help: ArgumentHelp("station/generation", valueName: "generation"))
        var generation: String

        func run() async throws {
            let status = try await station.withDesk { desk throws(DeskError) in try await desk.confirm(generation) }
            if output.json { return Terminal.standard.say(json: status) }
            Terminal.standard.say("\(Plain.line(generation)) is confirmed and comes back into our record")
        }
    }

    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Verify an export, a disclosure or evidence; without a file, the record of the station where it lies.",
            discussion: "Ends with 76 where anything does not hold, and where a proof that a record was rewritten is found."
        )

        @OptionGroup var station: StationOptions
        @OptionGroup var output: TimedOutputOptions

        @Option(help: ArgumentHelp("Compare with an agreement of the line that you hold.", valueName: "file"), completion: .file())
        var agreement: String?

        @Argument(help: "A file that record export or record prove wrote, or evidence.", completion: .file())
        var file: String?

        func validate() throws {
            if agreement != nil, file == nil { throw ValidationError("--agreement goes with a file: the station has its own") }
        }

        func run() throws {
            let found = if let file { try ProofFile(file).verify(against: agreement) } else { try StationRecord(station.directory).verify() }
            let terminal = Terminal.standard
            if output.json {
                terminal.say(json: found)
            } else {
                terminal.say(VerificationPage(found: found, times: output.times, terminal: terminal).lines)
            }
            guard found.isSound else {
                let hint = file == nil ? "keep the directory as it is, and restore the last backup into another" : "keep it as it is, and get it again from whoever made it"
                throw DeskError(.notVerified, "\(found.path) does not hold", hint: hint)
            }
        }
    }

    struct Prove: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write one entry with the proof that its author signed it, and nothing of its neighbours.",
            discussion: "Without --output the proof goes to standard output."
        )

        @OptionGroup var station: StationOptions
        @OptionGroup var outputs: OutputOptions

        @Option(name: .shortAndLong, help: ArgumentHelp("A file that does not exist yet.", valueName: "file"), completion: .file())
        var output: String?

        @Argument(help: "Its serial, such as W-12.")
        var name: String

        func run() throws {
            let proof = try StationRecord(station.directory).prove(name)
            let terminal = Terminal.standard
            if let output { try NewFile(output).write(proof.text) }
            if outputs.json { return terminal.say(json: proof) }
            guard let output else {
                terminal.say(proof.text.hasSuffix("\n") ? String(proof.text.dropLast()) : proof.text)
                return
            }
            terminal.say(
                "\(Plain.line(output))  proves \(Plain.line(name)) of \(Plain.line(proof.entry.party)), signed \(proof.entry.signed)",
                "verify it with: hotline record verify \(Plain.line(output))"
            )
        }
    }
}
