import Foundation
import HotlineDesk
import Logging

/// Somebody outside who is told of alarms: says what happened and what to do, and never a text of the line.
protocol Notifier: Sendable {
    /// Returns at once.
    func notify(_ alarm: AlarmView)
}

/// A program that is run for each ring, with the alarm as one line of JSON on its standard input.
struct ProgramNotifier: Notifier {
    private let run: NotifierRun

    init(_ path: String, logger: Logger) { run = NotifierRun(path, seconds: 10, atOnce: 4, logger: logger) }

    func notify(_ alarm: AlarmView) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(alarm) else { preconditionFailure("an alarm is always JSON") }
        run.start(environment: ["HOTLINE_ALARM": alarm.kind, "HOTLINE_ABOUT": alarm.name], input: data + [0x0A], about: alarm.name)
    }
}
