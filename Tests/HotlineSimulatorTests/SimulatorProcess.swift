import Foundation
import Testing

/// Runs `hotline-simulator` as a process of its own: the seam below the stations is one for a process, and other tests run in
/// this one.
struct SimulatorProcess {
    let status: Int32
    let output: String

    init(_ arguments: [String]) throws {
        // The test bundle lies beside the executables of the same build.
        let folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        let candidates = [folder, Bundle.main.bundleURL, Bundle.main.executableURL?.deletingLastPathComponent() ?? folder, SimulatorProcess.build]
        let executable = try #require(candidates.map { $0.appending(path: "hotline-simulator") }.first { FileManager.default.isExecutableFile(atPath: $0.path) })
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        status = process.terminationStatus
        output = String(decoding: data, as: UTF8.self)
    }

    /// Where `make test` builds.
    private static let build = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: ".build-debug/debug")
}
