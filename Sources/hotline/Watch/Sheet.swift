import HotlineDesk

/// What whoever takes the watch must know, on one page.
struct Sheet {
    let lines: [String]

    init(_ desk: any Desk, _ times: Times, _ terminal: Terminal) async throws {
        let duty = try await desk.duty()
        let status = try await desk.status()
        let channels = try await desk.channels().filter { !$0.suspensions.isEmpty }
        let posts = try await desk.posts().filter(\.isOwn)
        let open = try await desk.open()
        var lines = ["WATCH  \(duty.officer.map { "\(Plain.line($0)), since \(duty.since.map(times.minute) ?? "-")" } ?? "nobody has taken it")"]
        if let note = duty.note { lines += ["note"] + Plain.indented(note, width: terminal.width) }
        if duty.isLogBroken { lines.append(terminal.alarm("THE LOCAL LOG CANNOT BE WRITTEN")) }
        lines += [""] + Sheet.alarms(duty, times, terminal) + ["", "LINE"]
        lines += status.peers.map { peer in
            let words = "\(Plain.line(peer.party))  \(peer.state), \(peer.backlog) waiting"
            return "  " + (peer.state == "up" ? words : terminal.alarm(words))
        }
        lines += channels.map { "  " + terminal.alarm("channel \(Plain.line($0.code)) SUSPENDED by \($0.suspensions.map { Plain.line($0.party) }.joined(separator: " and "))") }
        lines += ["", "OUR POSTS"] + posts.map { "  \(Plain.line($0.code))  \($0.presence)\($0.rings == $0.code ? "" : ", rings at \($0.rings)")" }
        lines += [""] + OpenCommand.pages(open, times, terminal)
        self.lines = lines
    }

    static func alarms(_ duty: DutyView, _ times: Times, _ terminal: Terminal) -> [String] {
        let doubt = duty.isTimeDoubtful ? [terminal.alarm("THE TIME IS IN DOUBT: no deadline rings until somebody has confirmed it: hotline watch confirm-time NAME")] : []
        guard !duty.alarms.isEmpty else { return doubt + ["ALARMS: none"] }
        return doubt + ["ALARMS"]
            + duty.alarms.flatMap { alarm in
                let exercise = alarm.exercise ? "EXERCISE " : ""
                let state = alarm.acknowledgedBy.map { "acknowledged by \(Plain.line($0))" } ?? "rung \(alarm.rings)x at \(alarm.posts.joined(separator: ", "))"
                let words = "\(Plain.line(alarm.name))  \(exercise)\(alarm.precedence)  \(Plain.line(alarm.what))"
                return ["  " + (alarm.acknowledgedBy == nil ? terminal.alarm(words) : words), "      since \(times.minute(alarm.dueAt)), \(state); \(Plain.line(alarm.hint))"]
            }
    }
}
