import ArgumentParser
import HotlineDaemon

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Run the station until SIGTERM or Ctrl-C.",
        discussion: "Stays in the foreground and writes its log to standard error, as service managers expect."
    )

    @OptionGroup var station: StationOptions

    func run() async throws {
        try await StationDaemon.run(directory: station.directory)
    }
}
