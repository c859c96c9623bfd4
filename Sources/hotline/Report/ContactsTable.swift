import HotlineDesk

/// The report of contacts as a table for other programs: RFC 4180, UTF-8, one row an attempt.
struct ContactsTable {
    let report: ContactsReport

    var csv: String { ([ContactsTable.titles] + report.attempts.map(row)).map { $0.map(ContactsTable.cell).joined(separator: ",") + "\r\n" }.joined() }

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

    /// A spreadsheet would calculate what begins with one of these: what the other side has written is never a formula.
    private static func cell(_ text: String) -> String {
        let harmless = text.first.map { "=+-@\t\r".contains($0) } ?? false ? "'" + text : text
        return "\"" + Plain.line(harmless).replacing("\"", with: "\"\"") + "\""
    }
}
