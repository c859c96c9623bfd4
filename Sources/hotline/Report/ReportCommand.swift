import ArgumentParser
import Foundation
import HotlineDaemon
import HotlineDesk

struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Report what was attempted on a line and what became of it, and how the line has been.",
        subcommands: [ReportContacts.self, ReportLine.self]
    )
}

struct ReportContacts: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "contacts", abstract: "Report each attempt to reach a post, by letter or by request for a contact, and what became of it.",
        discussion: """
            Of both sides, with the times between the stages by our own clock, and totals for each post and its counterpart. With --prove it also writes \
            the entries that state each fact, each with a proof that a third party checks with 'hotline record verify' and that shows nothing else. \
            What is not signed yet cannot be proved: 'hotline checkpoint' signs it.
            """
    )

    @OptionGroup var station: StationOptions
    @OptionGroup var output: TimedOutputOptions

    @Option(help: ArgumentHelp("From when on, such as 2026-03-01 or 2026-03-01T09:00Z; else all.", valueName: "time"))
    var since: String?

    @Option(help: ArgumentHelp("Of one post alone, of either side: its code or its title.", valueName: "post"))
    var post: String?

    @Option(help: "text, json, csv, or html: a page to print, that needs no network.")
    var format = ReportFormat.text

    @Option(name: .customLong("output"), help: ArgumentHelp("Write it to a file that does not exist yet.", valueName: "file"), completion: .file())
    var file: String?

    @Option(help: ArgumentHelp("Write the report and the proofs of what it states into a folder that does not exist yet.", valueName: "folder"), completion: .directory)
    var prove: String?

    func validate() throws {
        try format.check(output.json)
        if prove != nil, file != nil { throw ValidationError("--prove writes the report into its folder: leave --output out") }
    }

    func run() async throws {
        let terminal = Terminal.standard
        try await station.withDesk { desk in
            let report = ContactsReport(try await desk.attempts(since: since), since: since, post: post)
            let format = output.json ? .json : format
            if let prove { return try await Proofs(folder: prove, station: station.directory).write(report, text(report, format), format, terminal) }
            if let file {
                try NewFile(file).write(text(report, format))
                return terminal.say("\(Plain.line(file))  \(ContactsText.count(report))")
            }
            switch format {
            case .json: terminal.say(json: report)
            case .text:
                try await Evidence.show(desk, terminal)
                terminal.say(ContactsText(report: report, times: output.times, terminal: terminal).lines)
            case .csv, .html: terminal.say(whole: text(report, format))
            }
        }
    }

    private func text(_ report: ContactsReport, _ format: ReportFormat) -> String {
        switch format {
        case .json: return Terminal.text(json: report) + "\n"
        case .text: return ContactsText(report: report, times: output.times, terminal: Terminal.file).lines.joined(separator: "\n") + "\n"
        case .csv: return ContactsTable(report: report).csv
        case .html: return ContactsPage(report: report, times: output.times, made: Date().formatted(.iso8601)).html
        }
    }
}
