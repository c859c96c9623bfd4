import HotlineAgreement
import HotlineDesk
import HotlineWatch
import HotlineWire

extension ActRefusal {
    /// What may not be said of a letter.
    func words(_ agreement: Agreement) -> (String, String) {
        switch self {
        case .notYetUntilPassed(let time, let now):
            return ("not yet until \(agreement.time(claimed: time).minute) says nothing", "it is \(agreement.time(claimed: now).minute) by our clock")
        case .noLetter: return ("that entry is no letter", "hotline open lists the letters that wait")
        case .notAddressed: return ("that letter is not to a post of ours", "what we have sent ourselves is withdrawn, or lapses")
        case .notAsked: return ("that letter is not one that we have sent", "a letter of the other side is answered or declined, or not yet")
        case .takenAlready: return ("the watch has taken it already", "hotline show says when")
        case .laidAlready: return ("it is before the principal already", "hotline show says since when")
        case .endedAlready: return ("it has its final word already", "hotline show says which; say more in a letter of your own, with --ref")
        case .lapseTooEarly(let due, let now):
            return (
                "an answer may still come until \(agreement.time(claimed: due).minute)",
                "it is \(agreement.time(claimed: now).minute) by our clock; withdraw it if it is not needed any more"
            )
        case .unknownReply(let number):
            let numbers = agreement.holdingReplies.map { "\($0.number)" }.joined(separator: ", ")
            return ("the agreement has no holding reply \(number)", "it has \(numbers): hotline agreement show")
        case .unknownReason(let number):
            return ("the agreement has no reason \(number)", "reasons: \(agreement.declineReasons.map(\.code).joined(separator: ", "))")
        case .foreignAuthority(let code):
            return ("the post '\(code)' is not of our side", "authority is awaited of a post of our own")
        }
    }
}
