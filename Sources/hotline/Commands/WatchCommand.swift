import ArgumentParser
import HotlineDesk

struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Watch the line as it lives; take the watch, and hand it over.",
        subcommands: [WatchLive.self, WatchTake.self, WatchHandOver.self, WatchSheet.self, WatchConfirmTime.self], defaultSubcommand: WatchLive.self
    )
}

struct WatchLive: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "live", abstract: "Show what happens on the line, as it happens, until Ctrl-C or until the station stops. The default."
    )

    @OptionGroup var station: StationOptions
    @OptionGroup var output: TimedOutputOptions

    func run() async throws {
        let terminal = Terminal.standard
        try await station.withDesk { desk in
            let events = try await desk.events()
            if !output.json { try await Evidence.show(desk, terminal) }
            let line = EventLine(times: output.times, terminal: terminal)
            for await event in events {
                if output.json {
                    terminal.say(json: event)
                } else {
                    terminal.say(line.text(event))
                    if event.rings { terminal.ring() }
                }
            }
            throw DeskError(.unavailable, "the station has stopped", hint: "start it with: hotline run, and watch again")
        }
    }
}

extension EventView {
    fileprivate var rings: Bool {
        switch kind {
        case .received, .early: precedence == "FLASH"
        case .conflict, .fork, .notInstalled, .alarm: true
        case .clock: false
        case .channel: true
        case .released: false
        case .sent, .stated, .acknowledged, .signed, .presence, .up, .down, .epoch, .restarted, .restored, .recovered, .provisional, .inForce, .violation,
            .stranger, .missed, .stopped:
            false
        }
    }
}

/// One event on one line: time, arrow, serial, precedence, from → to, first words.
private struct EventLine {
    let times: Times
    let terminal: Terminal

    func text(_ event: EventView) -> String {
        let (arrow, words, isAlarm) = parts(event)
        let start = "\(times.clock(event.at))  \(arrow)  "
        let line = Cells.cut(words, to: max(1, (terminal.width ?? .max) - Cells.count(start)))
        return start + (isAlarm ? terminal.alarm(line) : line)
    }

    private func parts(_ event: EventView) -> (arrow: String, words: String, isAlarm: Bool) {
        let party = Plain.line(event.party ?? "?")
        let detail = Plain.line(event.detail)
        let because = detail.isEmpty ? "" : ": \(detail)"
        let upTo = event.serial.map { "up to \(Plain.line($0))" } ?? "nothing"
        return switch event.kind {
        case .sent: ("→", letter(event), event.isFlash)
        case .received: ("←", letter(event), event.isFlash || event.release != nil)
        case .stated: ("◆", stated(event), event.release != nil)
        case .released: (event.release == nil ? "✓" : "!", released(event), event.release != nil)
        case .alarm: ("!", "ALARM \(event.exercise ? "EXERCISE " : "")\(detail)", true)
        case .presence: ("·", "\(party): \(detail)", false)
        case .channel: ("!", "\(party): CHANNEL \(detail)", true)
        case .early: ("←", "AHEAD OF A GAP " + letter(event), event.isFlash)
        case .acknowledged: ("✓", "\(upTo) at the station of \(party)", false)
        case .signed: ("✓", "\(party): signed \(detail) \(upTo)", false)
        case .up: ("·", "\(party): up\(because)", false)
        case .down: ("!", "\(party): DOWN\(because)", true)
        case .epoch: ("·", "\(party): epoch\(because)", false)
        case .restarted: ("·", "\(party): station started anew\(because)", false)
        case .restored: ("!", "\(party): RESTORED OR CLONED\(because)", true)
        case .recovered: ("✓", "from \(party)\(because)", false)
        case .provisional: ("!", "from \(party)\(because)", true)
        case .inForce: ("·", "\(party)\(because)", false)
        case .notInstalled: ("!", "\(party): its record is under \(detail)", true)
        case .violation: ("!", "\(party): BROKE A RULE\(because)", true)
        case .conflict: ("!", "\(party): CONFLICT\(because)", true)
        case .fork: ("!", "\(party): FORK\(because)", true)
        case .stranger: ("!", "A STRANGER\(because)", true)
        case .clock: ("!", "THE CLOCK OF THIS MACHINE JUMPED\(because)", true)
        case .missed: ("!", "THIS SCREEN WAS TOO SLOW\(because)", true)
        case .stopped: ("!", "THE STATION HAS STOPPED\(because)", true)
        }
    }

    private func letter(_ event: EventView) -> String {
        let exercise = event.exercise ? "EXERCISE  " : ""
        let serial = Cells.pad(Plain.line(event.serial ?? "?"), to: 6)
        let precedence = Cells.pad(Plain.line(event.precedence ?? ""), to: 9)
        let posts = "\(post(event.from, event.fromPost)) → \(post(event.to, event.toPost))"
        return "\(warning(event))\(serial)  \(precedence)  \(exercise)\(posts)  \(Plain.line(event.detail))"
    }

    /// 'W-5 declined, not-now; by the Russian Federation'.
    private func stated(_ event: EventView) -> String {
        let exercise = event.exercise ? "EXERCISE  " : ""
        return "\(warning(event))\(Cells.pad(Plain.line(event.serial ?? "?"), to: 6))  \(exercise)\(Plain.line(event.party ?? "?")): \(Plain.line(event.detail))"
    }

    /// 'W-5 released by w-1 (watch) and w-2 (releaser), signed in full'.
    private func released(_ event: EventView) -> String {
        "\(warning(event))\(Cells.pad(Plain.line(event.serial ?? "?"), to: 6))  \(Plain.line(event.party ?? "?")): \(Plain.line(event.detail))"
    }

    /// Before everything else.
    private func warning(_ event: EventView) -> String { event.release.map { "\(Plain.line($0))  " } ?? "" }

    /// On a screen the codes of the posts leave the line to what was said.
    private func post(_ title: String?, _ code: String?) -> String { Plain.line((terminal.width == nil ? nil : code) ?? title ?? "?") }
}

extension EventView {
    fileprivate var isFlash: Bool { precedence == "FLASH" }
}
