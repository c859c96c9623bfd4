import Foundation
import Testing

/// Runs `hotline-simulator` as a process of its own: the seam below the stations is one for a process, and other tests run in
/// this one.
struct SimulatorProcess {
    let status: Int32
    let output: String

    init(_ arguments: [String]) throws {
        let path = try #require(SimulatorProcess.path)
        let process = Process()
        process.executableURL = URL(filePath: path)
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

    /// The simulator's own optimised build, in which a seed takes a second and not a minute: `make simulate` and `make soak` name
    /// it. Without it the tests that run it are left out.
    static let path = ProcessInfo.processInfo.environment["HOTLINE_SIMULATOR"]
}
