import HotlineAgreement
import HotlineDesk
import HotlineSeal
import HotlineWire

/// The words for what the targets below say in facts about keys, cards and agreements.
extension DeskError {
    enum TextKind: String {
        case card = "identity card"
        case statement = "key statement"
        case agreement
    }

    init(_ error: SealError, file: String) {
        switch error {
        case .wrongLength(let what, let found, let expected):
            self.init(.malformed, "\(file): the \(what) has \(found) bytes in place of \(expected)", hint: "bring the file back from the copy that you keep")
        case .weakKey:
            self.init(.refused, "\(file): an Ed25519 key of small order, which nobody can be held to", hint: "do not go on; ask its party for a new identity card")
        case .invalidKey(let what):
            self.init(.malformed, "\(file): the bytes are no \(what)", hint: "bring the file back from the copy that you keep")
        case .notVerified, .notOpened:
            self.init(.notVerified, "\(file): the signature does not hold", hint: "the file was changed, or is not of whom it says: get it again")
        case .unavailable(let what):
            self.init(.unavailable, "\(file): no \(what) could be made", hint: "try again; if it stays, the machine is at fault")
        }
    }

    init(_ error: AgreementError, file: String, kind: TextKind = .agreement, parties: [Party] = []) {
        func name(_ number: StationNumber) -> String { parties.first { $0.number == number }.map { "\($0.name) (\($0.mark))" } ?? "party \(number)" }
        switch error {
        case .malformed(let problems):
            let first = problems.first.map { "line \($0.line): expected \($0.expected), found \($0.found)" } ?? "unreadable"
            let more = problems.count > 1 ? " (and \(problems.count - 1) more)" : ""
            let hint = kind == .agreement ? "hotline agreement check \(file) shows each mistake with what to do" : problems.first?.hint ?? ""
            self.init(.malformed, "\(file) is not a sound \(kind.rawValue): \(first)\(more)", hint: hint)
        case .unsigned(let missing):
            self.init(
                .refused, "\(file) is not signed by all: \(missing.map(name).joined(separator: ", ")) missing",
                hint: "send it to them; each runs hotline agreement sign and sends it back"
            )
        case .notVerified(let number?):
            self.init(
                .notVerified, "the signature of \(name(number)) in \(file) is not one by its root key over this text",
                hint: "some byte was changed after it was signed, or somebody else signed: ask for the file again and compare the words"
            )
        case .notVerified(nil):
            self.init(.notVerified, "\(file) was not signed by the root key on it", hint: "it was changed or made up on its way: get it again")
        case .noParty(let number):
            self.init(.refused, "\(file) lists no party with number \(number)", hint: "hotline agreement show \(file) lists its parties")
        case .wrongRoot(let number):
            self.init(.refused, "this root key is not the one that \(file) lists for \(name(number))", hint: "use the root key that was made with the card in the agreement")
        case .alreadySigned(let number):
            self.init(.refused, "\(name(number)) has signed \(file) already", hint: "nothing needs to be done")
        case .otherText:
            self.init(.refused, "\(file) is not the same text: its signatures belong to another", hint: "all parties must sign one file, byte for byte: compare the words")
        case .cardCount(let found):
            self.init(
                .usage, "an agreement is between two to fifteen parties; \(found) cards were given", hint: "name the identity card of each party, in the order of their numbers")
        case .seal(let error):
            self.init(error, file: file)
        }
    }

    /// Why an amendment cannot take the place of the agreement in force.
    init(_ fault: AmendmentFault, file: String) {
        let hint = "hotline agreement check \(file) shows each mistake with what to do"
        switch fault {
        case .version(let found, let expected):
            self.init(
                .refused, "\(file) is version \(found); version \(expected - 1) is in force here, so the next one is \(expected)",
                hint: found > expected ? "install the versions between them first, in their order" : "hotline agreement amend writes the text of version \(expected)"
            )
        case .otherLine:
            self.init(.refused, "\(file) is of another line, or gives the date of its first agreement otherwise", hint: hint)
        case .otherText:
            self.init(.refused, "\(file) amends another text than the agreement in force here", hint: hint)
        case .earlier(let found, let expected):
            self.init(.refused, "\(file) is dated \(Timestamp.text(found)), before the agreement in force, of \(Timestamp.text(expected))", hint: hint)
        case .otherParties:
            self.init(.refused, "\(file) has other parties than the agreement in force", hint: "parties that join or leave make another line")
        case .unannouncedKeys(let party):
            self.init(
                .refused, "\(file) gives party \(party) keys that it has not announced",
                hint: "do not sign: whoever holds these keys would be party \(party). Ask it over the telephone"
            )
        case .usedBefore(let party):
            self.init(
                .refused, "\(file) gives party \(party) keys that have stood on this line before, or announces none behind those it had announced",
                hint: "do not sign: who has stolen an old key would have it in force again. Ask party \(party) for keys that are new"
            )
        }
    }

    static func notFirst(_ agreement: ParsedAgreement, file: String) -> DeskError {
        DeskError(
            .refused, "\(file) is version \(agreement.terms.edition.version), not the first agreement of its line",
            hint: "a station keeps all of them: install the first one first, then each amendment in order"
        )
    }

    static func another(_ installed: LineAgreements, version: Int, directory: StationDirectory) -> DeskError {
        DeskError(
            .refused,
            "\(directory.path) has another agreement: '\(installed.last.terms.line)', version \(installed.last.terms.edition.version), of "
                + "\(Timestamp.text(installed.last.terms.date))",
            hint: version == 1
                ? "a station keeps the agreement that its record names. For another line, make another party with hotline init"
                : "compare the words of version \(version) with the other side: only one text can be it"
        )
    }

    /// The agreement does not list the card's party, or lists it with other values: says which.
    static func otherKeys(_ agreement: ParsedAgreement, card: IdentityCard, file: String) -> DeskError {
        let identity = card.identity
        guard let party = agreement.terms.parties.first(where: { $0.mark == identity.mark }) else {
            let marks = agreement.terms.parties.map(\.mark).joined(separator: ", ")
            return DeskError(
                .refused, "\(file) is between \(marks); we are \(identity.mark)", hint: "is it the right file, and the right directory?"
            )
        }
        return otherKeys(
            party, ours: identity.keys, nonce: identity.nonce, file: file, than: "our identity card",
            hint: "do not sign. Send our card again, compare its words over the telephone, and draft anew"
        )
    }

    /// The same for an amendment: our keys are those in force.
    static func otherKeys(_ agreement: ParsedAgreement, of installed: InstalledAgreement, card: IdentityCard, file: String) -> DeskError {
        guard let party = agreement.party(installed.me), let ours = installed.agreements.keys(of: installed.me) else {
            return otherKeys(agreement, card: card, file: file)
        }
        return otherKeys(
            party, ours: ours, nonce: card.identity.nonce, file: file, than: "is in force",
            hint: "do not sign: an amendment changes no key of ours. Whoever wrote it must tell why; hotline keys replace is the way to new keys"
        )
    }

    private static func otherKeys(_ party: Party, ours: PartyKeys, nonce: [UInt8], file: String, than what: String, hint: String) -> DeskError {
        let theirs = party.keys
        let differing = [
            ("root key", ours.root == theirs.root), ("station key", ours.station == theirs.station), ("light key", ours.light == theirs.light),
            ("TLS pin", ours.tlsPin == theirs.tlsPin), ("next identity", ours.next == theirs.next), ("recovery keys", ours.recovery == theirs.recovery),
            ("nonce", nonce == party.nonce),
        ].filter { !$0.1 }.map(\.0)
        return DeskError(
            .refused, "\(file) lists \(party.name) (\(party.mark)) with another \(differing.joined(separator: ", another ")) than \(what)", hint: hint
        )
    }
}
