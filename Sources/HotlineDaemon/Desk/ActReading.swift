import HotlineAgreement
import HotlineDesk
import HotlineWatch
import HotlineWire

/// From the names that an officer uses to what is stated about a letter.
struct ActReading {
    let agreement: Agreement
    let me: StationNumber
    private var names: LetterReading { LetterReading(agreement: agreement, me: me) }

    func draft(_ order: ActOrder, about: EntryID) throws(DeskError) -> ActDraft {
        let act = try act(order.act)
        var language: LanguageNumber?
        if case .outcome(let outcome) = act, !outcome.text.isEmpty { language = try names.language(order.language) }
        return ActDraft(about: about, act: act, language: language)
    }

    private func act(_ act: ActOrder.Act) throws(DeskError) -> Act {
        switch act {
        case .take: .receipt(.taken)
        case .lay: .receipt(.laid)
        case .hold(let number): .holdingReply(number)
        case .answer(let text): .outcome(.answered(text: Array(text.utf8)))
        case .decline(let name, let text): .outcome(.declined(reason: try reason(name), text: Array(text.utf8)))
        case .notYet(let until, let post, let text):
            .outcome(
                .notYet(
                    until: try until.map { (text) throws(DeskError) in agreement.claimed(try Calendar.time(text)) },
                    awaiting: try post.map { (name) throws(DeskError) in try names.ownPost(name) }, text: Array(text.utf8)
                )
            )
        case .withdraw(let text): .outcome(.withdrawn(text: Array(text.utf8)))
        case .lapse: .outcome(.lapsed)
        }
    }

    private func reason(_ name: String) throws(DeskError) -> UInt8 {
        let wanted = name.lowercased()
        if let reason = agreement.declineReasons.first(where: { $0.code == wanted || String($0.number) == wanted }) { return reason.number }
        let codes = agreement.declineReasons.map(\.code).joined(separator: ", ")
        throw DeskError(.refused, "the agreement has no reason '\(name)'", hint: codes.isEmpty ? "it has none at all: answer, or say not yet" : "reasons: \(codes)")
    }
}
