import HotlineDesk

/// The report of contacts as a table for other programs, one row an attempt.
struct ContactsTable {
    let report: ContactsReport

    var csv: String { CommaSeparated.text([ContactsTable.titles] + report.attempts.map(row)) }

    private static let titles = [
        "serial", "id", "party", "by", "precedence", "exercise", "from_post", "from", "to_post", "to", "written", "durable", "seconds_to_their_station", "seconds_to_taken",
        "seconds_to_principal", "seconds_to_reply", "seconds_to_outcome", "outcome", "detail", "outcome_by", "outcome_stated_in", "outcome_written",
    ]

    private func row(_ attempt: ContactsReport.Attempt) -> [String] {
        let view = attempt.view
        let spans = [attempt.toTheirStation, attempt.toTaken, attempt.toPrincipal, attempt.toReply, attempt.toOutcome].map { $0.map(String.init) ?? "" }
        let who = [view.serial, view.id, view.party, view.kind, view.precedence, view.exercise ? "EXERCISE" : ""]
        let posts = [view.fromPost ?? "", view.from ?? "", view.toPost ?? "", view.to ?? ""]
        let outcome = view.outcome
        return who + posts + [view.claimedAt ?? "", view.at] + spans
            + [outcome.outcome, outcome.detail ?? "", outcome.party ?? "", outcome.serial ?? "", outcome.claimedAt ?? ""]
    }
}
