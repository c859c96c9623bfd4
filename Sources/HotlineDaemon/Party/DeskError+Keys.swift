import HotlineAgreement
import HotlineDesk
import HotlineWire

/// The words for key statements.
extension DeskError {
    /// Why a key statement does not count.
    init(_ fault: KeyStatementFault, file: String) {
        let ask = "do not install it; ask its party over the telephone how it came about"
        switch fault {
        case .otherLine: self.init(.refused, "\(file) is of another line", hint: "is it the right file, and the right directory?")
        case .noParty(let number): self.init(.refused, "\(file) is of party \(number), which the line does not have", hint: ask)
        case .otherAgreement(let expected):
            self.init(
                .refused, "\(file) stands on another agreement than version \(expected), which is in force here",
                hint: "install the amendment that it stands on, or ask for a statement under the agreement in force"
            )
        case .stale(let found, let inForce):
            self.init(.refused, "\(file): version \(found) is not above \(inForce), which is in force here", hint: "it was overtaken: ask for the latest one")
        case .farAhead(let found, let inForce):
            self.init(.refused, "\(file): version \(found) is too far above \(inForce), which is in force here", hint: ask)
        case .otherRoot: self.init(.refused, "\(file) names another root key than the one in force", hint: ask)
        case .beyondAuthority(.root):
            self.init(.refused, "\(file) changes what the root key may not change: the next identity or the recovery keys", hint: ask)
        case .beyondAuthority(let authority):
            self.init(.refused, "\(file) changes the recovery keys, or keeps the next identity, on the word of \(authority.rawValue)", hint: ask)
        case .notAnnounced: self.init(.notVerified, "the keys in \(file) are not those that its party had announced as its next identity", hint: ask)
        case .notRecovery: self.init(.notVerified, "\(file) is not signed by two of the recovery keys that the agreement lists", hint: ask)
        case .keepsKeys(.replaced): self.init(.refused, "\(file) replaces no key", hint: ask)
        case .keepsKeys(.stolen):
            self.init(
                .refused, "\(file) keeps a key that was on the stolen station",
                hint: "after a theft the station, light and TLS keys are all replaced: ask for another statement"
            )
        case .usedBefore: self.init(.refused, "\(file) brings in a key that has stood on this line before", hint: ask)
        case .notVerified(let authority):
            self.init(
                .notVerified, "\(file) is not signed by the \(authority == .recovery ? "recovery keys" : "root key") that it must be signed by",
                hint: "some byte was changed, or somebody else signed: get the file again and compare the words"
            )
        }
    }

    static func strayStatement(_ path: String) -> DeskError {
        DeskError(
            .notFound, "\(path) stands on an agreement that is not installed here",
            hint: "bring the amendment back from the copy that you keep, or from the other side: it is signed by all"
        )
    }
}
