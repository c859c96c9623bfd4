import HotlineDesk

/// A draft as a page.
struct DraftPage {
    let draft: DraftView
    let times: Times
    let terminal: Terminal

    /// Makes a draft and says what it needs.
    static func make(_ order: DraftOrder, _ station: StationOptions, _ output: OutputOptions) async throws {
        let draft = try await station.withDesk { desk in try await desk.draft(order) }
        if output.json { return Terminal.standard.say(json: draft) }
        Terminal.standard.say("draft \(draft.number)\(missing(draft))")
    }

    /// What happens next.
    static func missing(_ draft: DraftView) -> String {
        draft.missing.isEmpty
            ? "; to send it: hotline draft release \(draft.number)"
            : "; to be signed as \(Plain.line(draft.missing.joined(separator: " and "))): hotline draft sign \(draft.number) --officer LABEL"
    }

    var lines: [String] {
        guard draft.exercise else { return page }
        return [Terminal.exercise, ""] + page + ["", Terminal.exercise]
    }

    private var page: [String] {
        let precedence = draft.precedence == "FLASH" ? terminal.alarm("FLASH") : Plain.line(draft.precedence)
        let fields: [(String, String?)] = [
            ("about", draft.about), ("from", draft.from), ("to", draft.to), ("channel", draft.channel), ("language", draft.language),
            ("reply by", draft.replyBy.map(times.full)), ("speaks of", draft.references.isEmpty ? nil : draft.references.joined(separator: ", ")),
            ("drafted", times.full(draft.at)), ("needs", draft.roles.joined(separator: ", ")),
            ("signed", draft.signers.isEmpty ? "by nobody" : draft.signers.joined(separator: ", ")),
            ("missing", draft.missing.isEmpty ? nil : draft.missing.joined(separator: ", ")),
        ]
        return ["draft \(draft.number)  \(precedence)  \(Plain.line(draft.kind))", ""]
            + fields.compactMap { name, value in value.map { Cells.pad(name, to: 11) + Plain.line($0) } }
            + ["", "TEXT"] + Plain.indented(draft.text, width: terminal.width)
    }
}
