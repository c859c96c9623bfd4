import Foundation
import HotlineDaemon
import HotlineDesk
import Logging
import ServiceLifecycle

/// Two stations of one line in a folder, made by the ceremony of the command line and run in this process.
struct Pair {
    let folder: String
    let hotline: String
    var directories: [String] { ["w", "m"].map { folder + "/" + $0 } }

    func make(port: Int) throws {
        try run("init", "--dir", directories[0], "--name", "Washington", "--mark", "W", "--language", "en", "--no-passphrase", "--health-port", "none")
        try run("init", "--dir", directories[1], "--name", "Moscow", "--mark", "M", "--language", "en", "--no-passphrase", "--health-port", "none")
        let text = folder + "/line.txt"
        try run("agreement", "draft", directories[0] + "/identity.card", directories[1] + "/identity.card", "--output", text)
        for directory in directories { try run("agreement", "sign", "--dir", directory, text) }
        for directory in directories { try run("agreement", "install", "--dir", directory, text) }
        let quiet = "health:\n  port: none\nlog:\n  level: error\n"
        try ("tls:\n  listen: \"127.0.0.1:\(port)\"\n  peers:\n" + quiet).write(toFile: directories[0] + "/hotline.yaml", atomically: false, encoding: .utf8)
        try ("tls:\n  listen: none\n  peers:\n    W: \"127.0.0.1:\(port)\"\n" + quiet)
            .write(toFile: directories[1] + "/hotline.yaml", atomically: false, encoding: .utf8)
    }

    @discardableResult
    func run(_ arguments: String...) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: hotline)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let out = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw BenchFailure(what: "hotline \(arguments.joined(separator: " ")) failed") }
        return String(decoding: out, as: UTF8.self)
    }

    /// Runs both stations while `body` works with their desks.
    func during(_ body: @escaping @Sendable (any Desk, any Desk) async throws -> Void) async throws {
        let services = try directories.map { try StationService(directory: StationDirectory($0)) }
        let group = ServiceGroup(services: services, logger: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() })
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            tasks.addTask {
                do { try await body(services[0].desk, services[1].desk) } catch {
                    await group.triggerGracefulShutdown()
                    throw error
                }
                await group.triggerGracefulShutdown()
            }
            try await tasks.waitForAll()
        }
    }
}

struct BenchFailure: Error, CustomStringConvertible {
    let what: String
    var description: String { what }
}
