import ArgumentParser
import HotlineDaemon
import HotlineDesk

struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Send a recorded exchange between two running stations, and check what arrives.",
        discussion: """
            Each letter is sent by the station of its author and awaited at the other before the next goes. A station may be \
            restarted meanwhile: it is waited for up to a minute, and no letter is sent twice. Everything is marked EXERCISE.

              hotline replay FILE --station Washington=DIR --station Moscow=DIR
            """
    )

    @OptionGroup var output: TimedOutputOptions

    @Option(
        name: [.customLong("station"), .customLong("party")],
        help: ArgumentHelp("The directory of the station that speaks for a party of the exchange. Twice.", valueName: "name=dir")
    )
    var station: [String] = []

    @Option(
        name: .customLong("to-post"),
        help: ArgumentHelp("The post addressed where the agreement has not the one that the exchange names.", valueName: "name=post")
    )
    var toPost: [String] = []

    @Option(help: ArgumentHelp("Keep the exchange's own times, this many times faster; else as fast as it goes.", valueName: "factor"))
    var speed: Double?

    @Option(name: .shortAndLong, help: ArgumentHelp("The precedence of every letter.", valueName: "precedence"))
    var precedence = "IMMEDIATE"

    @Option(help: ArgumentHelp("The language of every letter; else the one that the exchange names.", valueName: "tag"))
    var lang: String?

    @Flag(help: "Take each letter at once and lay it before the principal, and show what the line takes of each stage beside the times of the exchange.")
    var stages = false

    @Option(help: ArgumentHelp("How long one letter may take.", valueName: "seconds"))
    var timeout = 600

    @Argument(help: "The exchange, in JSON.", completion: .file(extensions: ["json"]))
    var file: String

    func validate() throws {
        guard station.allSatisfy({ !ReplayCommand.pair($0).name.isEmpty }) else { throw ValidationError("--station is a name, '=' and a directory") }
        if let speed, speed <= 0 { throw ValidationError("--speed is a number above 0") }
        guard timeout > 0 else { throw ValidationError("--timeout is a number of seconds from 1") }
    }

    func run() async throws {
        let exchange = try Exchange(file: file)
        let pairs = station.map { ReplayCommand.pair($0) }
        guard Set(pairs.map(\.name)).count == pairs.count else {
            throw DeskError(.usage, "one party is given two stations", hint: "give --station once for each party")
        }
        let stations = pairs.map { ($0.name, ReplayStation(name: $0.name, directory: StationDirectory($0.value))) }
        let replay = Replay(
            exchange: exchange, stations: Dictionary(uniqueKeysWithValues: stations),
            addressing: .init(
                precedence: precedence, language: lang, exercise: true,
                posts: Dictionary(toPost.map { ReplayCommand.pair($0) }.map { ($0.name, $0.value) }) { $1 }
            ), speed: speed, timeout: .seconds(timeout), hasStages: stages
        )
        do {
            try await report(replay)
            for (_, station) in stations { await station.close() }
        } catch {
            for (_, station) in stations { await station.close() }
            throw error
        }
    }

    private func report(_ replay: Replay) async throws {
        let terminal = Terminal.standard
        let report = ReplayReport(times: output.times, terminal: terminal)
        let passages = try await replay.run { passage in
            if output.json { terminal.say(json: passage) } else { terminal.say(report.line(passage)) }
        }
        if !output.json { terminal.say([""] + (stages ? report.stages(passages) : report.table(passages)) + ["", report.summary(passages)]) }
        let faults = passages.filter { !$0.isSame }.map { "\($0.serial) was received with another text" } + (try await replay.disorders(passages))
        if let first = faults.first {
            throw DeskError(
                .notVerified, faults.count == 1 ? first : "\(first), and \(faults.count - 1) more faults",
                hint: "keep both directories as they are, and look at both records"
            )
        }
    }

    /// `NAME=VALUE`; a value alone has no name.
    private static func pair(_ text: String) -> (name: String, value: String) {
        guard let sign = text.firstIndex(of: "=") else { return ("", text) }
        return (String(text[..<sign]), String(text[text.index(after: sign)...]))
    }
}
