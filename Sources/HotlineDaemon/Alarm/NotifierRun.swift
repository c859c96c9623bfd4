import Foundation
import Logging
import Synchronization

/// A program that is run for an alarm, beside the station: some at once and no more, each for some seconds and no longer, and told
/// nothing but what stands on its standard input.
final class NotifierRun: Sendable {
    private let program: String
    private let seconds: Int
    private let logger: Logger
    private let running = Mutex(0)

    private let atOnce: Int

    /// - Parameters:
    ///   - seconds: a program that hangs is ended then.
    ///   - atOnce: and does not take the machine with it.
    init(_ program: String, seconds: Int, atOnce: Int, logger: Logger) {
        self.atOnce = atOnce
        self.program = program
        self.seconds = seconds
        self.logger = logger
    }

    /// Returns at once.
    ///
    /// - Parameters:
    ///   - about: the alarm, for the log.
    ///   - failure: what a status of the program means, where that is known.
    func start(_ arguments: [String] = [], environment: [String: String] = [:], input: Data, about: String, failure: @escaping @Sendable (Int32) -> String? = { _ in nil }) {
        let mayRun = running.withLock { running in
            guard running < atOnce else { return false }
            running += 1
            return true
        }
        guard mayRun else { return logger.error("a notifier is not run: others of it have not ended", metadata: ["about": "\(about)"]) }
        let thread = Thread { [self] in
            run(arguments, environment, input, about, failure)
            running.withLock { $0 -= 1 }
        }
        thread.name = "hotline.notifier"
        thread.start()
    }

    private func run(_ arguments: [String], _ environment: [String: String], _ input: Data, _ about: String, _ failure: (Int32) -> String?) {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.environment = ["PATH": "/usr/bin:/bin"].merging(environment) { _, new in new }
        let pipe = Pipe()
        process.standardInput = pipe
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        do {
            try process.run()
            // Whoever does not read the alarm ends the writing of it, and not the station.
            var broken = sigset_t()
            sigemptyset(&broken)
            sigaddset(&broken, SIGPIPE)
            pthread_sigmask(SIG_BLOCK, &broken, nil)
            try pipe.fileHandleForWriting.write(contentsOf: input)
            try pipe.fileHandleForWriting.close()
        } catch {
            // What has ended before it read all says itself below why.
            if !process.isRunning, process.processIdentifier == 0 {
                return logger.error("a notifier cannot be run", metadata: ["program": "\(program)", "about": "\(about)"])
            }
        }
        if ended.wait(timeout: .now() + .seconds(seconds)) == .timedOut {
            kill(process.processIdentifier, SIGKILL)
            ended.wait()
            logger.error("a notifier was ended: it took too long", metadata: ["program": "\(program)", "seconds": "\(seconds)", "about": "\(about)"])
        } else if process.terminationStatus != 0 {
            let status = process.terminationStatus
            logger.error(
                "a notifier has failed", metadata: ["program": "\(program)", "status": "\(failure(status) ?? String(status))", "about": "\(about)"]
            )
        }
    }
}
