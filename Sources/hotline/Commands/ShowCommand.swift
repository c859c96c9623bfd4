import ArgumentParser
import HotlineDesk

struct ShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show one entry in full: what it says and how far it has got.")

    @OptionGroup var station: StationOptions
    @OptionGroup var output: TimedOutputOptions

    @Flag(help: "Print the text alone, as it was written, controls shown as escapes.")
    var text = false

    @Argument(help: "Its serial, such as W-12, or 12 where one record alone has it.")
    var name: String

    func run() async throws {
        let terminal = Terminal.standard
        try await station.withDesk { desk in
            let entry = try await desk.entry(name)
            if output.json { return terminal.say(json: entry) }
            if text {
                // On standard error: what is printed is the text alone, and whoever reads it must know whose word it is.
                if let warning = entry.release?.warning { terminal.complain(Plain.line(warning)) }
                return terminal.say(Plain.lines(entry.text ?? ""))
            }
            try await Evidence.show(desk, terminal)
            terminal.say(EntryPage(entry: entry, times: output.times, terminal: terminal).lines)
        }
    }
}

/// One entry as a page.
private struct EntryPage {
    let entry: EntryView
    let times: Times
    let terminal: Terminal

    var lines: [String] {
        guard entry.exercise else { return warning + page }
        return warning + [Terminal.exercise, ""] + page + ["", Terminal.exercise]
    }

    private var page: [String] { [heading, ""] + fields + [""] + stages + body }

    /// Before everything else.
    private var warning: [String] { entry.release?.warning.map { [terminal.alarm(Plain.line($0)), ""] } ?? [] }

    private var heading: String {
        let precedence = entry.isFlash ? terminal.alarm("FLASH") : Plain.line(entry.precedence)
        return "\(Plain.line(entry.serial))  \(precedence)  \(Plain.line(entry.kind))"
    }

    private var fields: [String] {
        let claimed = entry.claimedAt.map { "\(times.full($0)), as \(entry.isOwn ? "our" : "their") clock says\(skew)" } ?? "no clock"
        let all: [(String, String?)] = [
            ("party", entry.party), ("from", entry.from), ("to", entry.to), ("address", entry.address), ("channel", entry.channel),
            ("language", entry.language), ("written", claimed), ("durable", "\(times.full(entry.durableAt)), as our clock says"),
            ("released", entry.release.flatMap(released)), ("reply by", entry.replyBy.map(times.full)), ("outcome", entry.outcome.map(outcome)),
            ("speaks of", entry.references.isEmpty ? nil : entry.references.joined(separator: ", ")), ("signed", entry.signed), ("agreement", entry.agreement), ("id", entry.id),
        ]
        let fields = all.compactMap { name, value in value.map { field(name, $0) } } + ((entry.release?.faults ?? []) + entry.breaches).map { field("refused", $0) }
        let warning = "what it is signed with is not checked yet; its posts and its channel are named as our own agreement in force names them"
        return entry.isAgreementInstalled ? fields : fields + ["", terminal.alarm(warning)]
    }

    /// 'declined, not-now: Not at this time. (M-9)'.
    private func outcome(_ outcome: OutcomeView) -> String {
        [outcome.outcome, outcome.detail.map { ", \($0)" }, outcome.serial.map { " (\($0))" }].compactMap { $0 }.joined()
    }

    /// 'by w-1 (watch) and w-2 (releaser), signed in full'.
    private func released(_ release: ReleaseView) -> String? {
        release.signed.map { "by \(release.officers.joined(separator: " and ")), signed \($0)" }
    }

    private func field(_ name: String, _ value: String) -> String { Cells.pad(name, to: 11) + Plain.line(value) }

    /// Written after it came: the two clocks do not agree. The other way round it may have waited for the line.
    private var skew: String {
        guard let claimed = entry.claimedAt, let minutes = Times.minutes(from: entry.durableAt, to: claimed) else { return "" }
        return minutes >= 10 ? ", which is \(minutes < 2880 ? "\(minutes) min" : "\(minutes / 1440) days") ahead" : ""
    }

    private var stages: [String] {
        var table = Table(.init(title: "STAGE"), .init(title: "SINCE"), .init(title: "BY THE WORD OF"))
        for stage in entry.stages { table.add(.init(stage.stage), .init(stage.at.map(times.full) ?? "-"), .init(stage.word)) }
        return table.lines(terminal) + [""]
    }

    private var body: [String] {
        guard let text = entry.text else { return ["no text: \(entry.bytes) bytes of a kind that this version does not read"] }
        let own = [entry.kind == "letter" ? "TEXT, \(entry.bytes) bytes" : "IT SAYS"] + indented(text)
        guard let outcome = entry.outcome, let answer = outcome.text else { return own }
        return own + ["", "\(outcome.outcome.uppercased())\(outcome.serial.map { ", \(Plain.line($0))" } ?? "")"] + indented(answer)
    }

    private func indented(_ text: String) -> [String] { Plain.indented(text, width: terminal.width) }
}
