import Foundation
import HotlineDesk
import Logging
import Synchronization

/// Somebody outside who is told of alarms: says what happened and what to do, and never a text of the line.
protocol Notifier: Sendable {
    /// Returns at once.
    func notify(_ alarm: AlarmView)
}

/// A program that is run for each ring, with the alarm as one line of JSON on its standard input.
final class ProgramNotifier: Notifier {
    private let path: String
    private let logger: Logger
    private let running = Mutex(0)

    /// At once: a program that hangs is ended, and does not take the machine with it.
    private static let runningMax = 4
    private static let seconds = 10

    init(_ path: String, logger: Logger) {
        self.path = path
        self.logger = logger
    }

    func notify(_ alarm: AlarmView) {
        let mayRun = running.withLock { running in
            guard running < ProgramNotifier.runningMax else { return false }
            running += 1
            return true
        }
        guard mayRun else { return logger.error("a notifier is not run: others of it have not ended", metadata: ["about": "\(alarm.name)"]) }
        let thread = Thread { [self] in
            run(alarm)
            running.withLock { $0 -= 1 }
        }
        thread.name = "hotline.notifier"
        thread.start()
    }

    private func run(_ alarm: AlarmView) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(alarm) else { preconditionFailure("an alarm is always JSON") }
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.environment = ["PATH": "/usr/bin:/bin", "HOTLINE_ALARM": alarm.kind, "HOTLINE_ABOUT": alarm.name]
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
            try pipe.fileHandleForWriting.write(contentsOf: data + [0x0A])
            try pipe.fileHandleForWriting.close()
        } catch {
            logger.error("a notifier cannot be run", metadata: ["program": "\(path)", "about": "\(alarm.name)"])
            if !process.isRunning { return }
        }
        if ended.wait(timeout: .now() + .seconds(ProgramNotifier.seconds)) == .timedOut {
            kill(process.processIdentifier, SIGKILL)
            ended.wait()
            logger.error("a notifier was ended: it took too long", metadata: ["program": "\(path)", "seconds": "\(ProgramNotifier.seconds)"])
        } else if process.terminationStatus != 0 {
            logger.error("a notifier has failed", metadata: ["program": "\(path)", "status": "\(process.terminationStatus)"])
        }
    }
}
