import ArgumentParser
import Foundation
import HotlineDaemon
import HotlineDesk

/// Which station a command speaks to.
struct StationOptions: ParsableArguments {
    @Option(
        name: [.customLong("dir"), .customLong("directory")],
        help: ArgumentHelp(
            "The station's directory.", discussion: "Else HOTLINE_DIR, else the current directory if a party lives in it, else ~/.hotline.",
            valueName: "dir"
        ),
        completion: .directory
    )
    var dir: String?

    @Option(name: .customLong("as"), help: ArgumentHelp("Who you are, for the local log; else HOTLINE_OFFICER, else whoever has the watch.", valueName: "name"))
    var officer: String?

    var directory: StationDirectory {
        if let dir { return StationDirectory(dir) }
        let environment = ProcessInfo.processInfo.environment
        if let dir = environment["HOTLINE_DIR"], !dir.isEmpty { return StationDirectory(dir) }
        let here = StationDirectory(".")
        if FileManager.default.fileExists(atPath: here.card) { return here }
        // As a shell reads '~': Foundation would take the home of the user's account.
        return StationDirectory((environment["HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? NSHomeDirectory()) + "/.hotline")
    }

    /// The same, where a station with an agreement lives in it; what is named with --dir always.
    var directoryInUse: StationDirectory? {
        if dir != nil { return directory }
        return FileManager.default.fileExists(atPath: directory.agreement) ? directory : nil
    }

    /// Does something with the desk of the running station.
    func withDesk<Value>(_ body: (any Desk) async throws -> Value) async throws -> Value {
        let directory = directory
        let client = ControlClient(
            socketPath: directory.socket, directory: directory.path,
            officer: officer ?? ProcessInfo.processInfo.environment["HOTLINE_OFFICER"].flatMap { $0.isEmpty ? nil : $0 }
        )
        do {
            let value = try await body(client)
            await client.shutdown()
            return value
        } catch {
            await client.shutdown()
            // Where no party lives, that is what is wrong, and not that its station is not running.
            if (error as? DeskError)?.class == .unavailable { try directory.check() }
            throw error
        }
    }
}
