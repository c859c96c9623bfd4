import HotlineDesk

/// Proof that a record was rewritten, or that one number has two contents. It stands before everything else.
enum Evidence {
    /// Nothing where none is held.
    static func lines(_ status: StatusView, _ terminal: Terminal) -> [String] {
        guard status.evidence > 0 else { return [] }
        let count = status.evidence == 1 ? "1 FORK OR CONFLICT" : "\(status.evidence) FORKS OR CONFLICTS"
        return [
            terminal.alarm("!!! EVIDENCE: \(count) HELD: a record on this line has two versions !!!"),
            terminal.alarm("!!! Tell the custodian and the auditor. Keep this directory as it is. !!!"),
            "",
        ]
    }

    static func show(_ desk: any Desk, _ terminal: Terminal) async throws(DeskError) {
        terminal.say(lines(try await desk.status(), terminal))
    }
}
