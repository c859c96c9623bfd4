import ArgumentParser
import Foundation
import HotlineDaemon
import HotlineDesk

struct ReportLine: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "line", abstract: "Report how the line has been: outages, probes, what waits.",
        discussion: """
            By this station's own clock and word alone: nothing of it is signed, and the other side has its own. While this station did not run it knows nothing, \
            and says so. The facts lie in line.log, which is never sent.
            """
    )

    @OptionGroup var station: StationOptions
    @OptionGroup var output: TimedOutputOptions

    @Option(help: ArgumentHelp("From when on, such as 2026-03-01 or 2026-03-01T09:00Z; else as far back as is known.", valueName: "time"))
    var since: String?

    @Option(help: "text, json, csv (one row an outage), or html: a page to print, that needs no network.")
    var format = ReportFormat.text

    @Option(name: .customLong("output"), help: ArgumentHelp("Write it to a file that does not exist yet.", valueName: "file"), completion: .file())
    var file: String?

    func validate() throws { try format.check(output.json) }

    func run() async throws {
        let terminal = Terminal.standard
        let report = try await station.withDesk { desk throws(DeskError) in try await desk.line(since: since) }
        let format = output.json ? .json : format
        if let file {
            try NewFile(file).write(text(report, format))
            return terminal.say("\(Plain.line(file))  \(LineText.count(report))")
        }
        switch format {
        case .json: terminal.say(json: report)
        case .text: terminal.say(LineText(report: report, times: output.times, terminal: terminal).lines)
        case .csv, .html: terminal.say(whole: text(report, format))
        }
    }

    private func text(_ report: LineReportView, _ format: ReportFormat) -> String {
        switch format {
        case .json: Terminal.text(json: report) + "\n"
        case .text: LineText(report: report, times: output.times, terminal: Terminal.file).lines.joined(separator: "\n") + "\n"
        case .csv: LineTable(report: report).csv
        case .html: LinePage(report: report, times: output.times).html
        }
    }
}
