import HotlineAgreement
import HotlineWatch

/// Why nothing was released, or signed for release: one sentence of what is wrong, one of what to do.
extension ReleaseRefusal {
    var words: (String, String) {
        func names(_ roles: [OfficerRole]) -> String { roles.map(\.rawValue).joined(separator: " and ") }
        switch self {
        case .notNeeded(let channel):
            return ("on the channel '\(channel)' one officer's word is enough for that", "state it directly: hotline send, contact, answer, decline, not-yet or withdraw")
        case .notReleasable:
            return ("that cannot be drafted for release", "letters can, and what becomes of them: answer, decline, not-yet and withdraw")
        case .noRoster:
            return ("our record holds no roster of releasing officers", "enrol them: hotline officer add")
        case .unknownOfficer(let code):
            return ("officer \(code) is not in our roster", "hotline officer list shows who is; who was revoked signs nothing any more")
        case .signedAlready(let code):
            return ("officer \(code) has signed it already", "as many different officers must sign as the channel names roles")
        case .wrongRole(let code, let has, let missing):
            return (
                "officer \(code) has the role \(names(has)), and \(missing.isEmpty ? "no role is open" : "what is missing is \(names(missing))")",
                "another officer must sign: hotline officer list"
            )
        case .badSignature(let code):
            return ("the signature of officer \(code) does not fit the draft and the roster", "sign again: hotline draft sign; or the officer's keys have been made anew")
        case .missing(let roles):
            return ("nobody has signed it as \(names(roles))", "hotline draft sign, by an officer of that role who is in the roster now")
        case .usedBefore:
            return ("it has been released already", "the record has it: hotline outbox; to say it again, draft it again")
        case .otherAgreement:
            return ("it was drafted under another agreement than the one in force", "its posts may be others now: discard it, and draft it again")
        case .changed:
            return ("it would be written otherwise now than it was signed", "discard it, and draft it again")
        case .notRebuilt:
            return (
                "this station was restored, and not every other side has said yet what it holds of our record",
                "a draft may have been released before: wait until the line is up, and try again"
            )
        case .foreignRoster:
            return ("the roster is not signed by our root key in force", "hotline officer add signs one; after new keys the station must start once before it")
        case .staleRoster(let found, let inForce):
            return ("the roster has version \(found), and version \(inForce) is in force", "make it again: hotline officer add or revoke takes the next version")
        }
    }
}
