public import HotlineWire

extension Agreement {
    /// Whether this agreement may take the place of another. Its own signatures are verified already.
    ///
    /// - Throws: the first rule that it breaks.
    public func check(amends previous: Agreement) throws(AmendmentFault) {
        try parsed.check(amends: previous.parsed)
    }
}

extension ParsedAgreement {
    /// The same of texts, whoever has signed them.
    func check(amends previous: ParsedAgreement) throws(AmendmentFault) {
        if let fault = faults(amending: previous, keys: { previous.party($0)?.keys }).first { throw fault }
    }

    /// Every rule by which this text cannot take the place of an agreement (AGR-36). None where it can, once all have signed it.
    public func faults(amending agreements: LineAgreements) -> [AmendmentFault] {
        faults(amending: agreements.last.parsed, keys: agreements.keys(of:)) + staleKeys(on: agreements)
    }

    /// With keys that were announced comes a new announcement, and nothing comes back: as with key statements (AGR-54).
    private func staleKeys(on agreements: LineAgreements) -> [AmendmentFault] {
        let listed = agreements.everListed
        return terms.parties.compactMap { party in
            guard let before = agreements.keys(of: party.number) else { return nil }
            let isAnnounced = party.keys.root != before.root || party.keys.station != before.station || party.keys.light != before.light
            let fresh = LineAgreements.values(party.keys).subtracting(LineAgreements.values(before))
            return fresh.isDisjoint(with: listed) && !(isAnnounced && party.keys.next == before.next) ? nil : .usedBefore(of: party.number)
        }
    }

    /// - Parameter keys: those that a party has before it.
    fileprivate func faults(amending previous: ParsedAgreement, keys listed: (StationNumber) -> PartyKeys?) -> [AmendmentFault] {
        var faults: [AmendmentFault] = []
        let expected = previous.terms.edition.version + 1
        if terms.edition.version != expected { faults.append(.version(found: terms.edition.version, expected: expected)) }
        guard case .amendment(let amendment) = terms.edition else { return faults }
        if line != previous.line || terms.epoch != previous.terms.epoch { faults.append(.otherLine(found: line, expected: previous.line)) }
        if amendment.previous != previous.hash { faults.append(.otherText(found: amendment.previous, expected: previous.hash)) }
        if terms.date < previous.terms.date { faults.append(.earlier(found: terms.date, expected: previous.terms.date)) }
        if terms.parties.map(\.number) != previous.terms.parties.map(\.number) { faults.append(.otherParties) }
        for party in terms.parties {
            guard let before = listed(party.number) else { continue }
            let keys = party.keys
            let same = keys.root == before.root && keys.station == before.station && keys.light == before.light
            if !same, NextIdentity.hash(root: keys.root, station: keys.station, light: keys.light) != before.next {
                faults.append(.unannouncedKeys(of: party.number))
            }
        }
        return faults
    }

    /// The same as mistakes of the text, each with its line.
    public func problems(amending agreements: LineAgreements) -> [Problem] {
        let places = TextPlaces(text)
        return faults(amending: agreements).map { $0.problem(in: self, at: places, amending: agreements.last) }.sorted { $0.line < $1.line }
    }
}

/// Why an agreement cannot take the place of another.
public enum AmendmentFault: Error, Hashable, Sendable {
    case version(found: Int, expected: Int)
    /// It names another line, or gives the line's first date otherwise.
    case otherLine(found: Hash, expected: Hash)
    /// It amends another text than the one in force.
    case otherText(found: Hash, expected: Hash)
    case earlier(found: WallTime, expected: WallTime)
    /// Parties can neither join nor leave by an amendment: they make another line.
    case otherParties
    /// The party's keys are neither those of before nor those whose hash it had given as its next identity.
    case unannouncedKeys(of: StationNumber)
    /// The party brings back a key, takes one that somebody else has, or announces nothing behind what it had announced.
    case usedBefore(of: StationNumber)
}

extension AmendmentFault {
    fileprivate func problem(in text: ParsedAgreement, at places: TextPlaces, amending previous: Agreement) -> Problem {
        switch self {
        case .version(let found, let expected):
            Problem(
                line: places.header("version"), expected: "version \(expected), for version \(expected - 1) is in force here",
                found: "version \(found)",
                hint: found < expected
                    ? "hotline agreement amend writes the text of the next version from the agreement in force."
                    : "Install the versions between them first, in their order."
            )
        case .otherLine(_, let expected):
            Problem(
                line: places.header("first"), expected: "'\(Timestamp.text(previous.terms.epoch)) \(expected)', the first agreement of this line",
                found: "'\(Timestamp.text(text.terms.epoch)) \(text.line)'", hint: "An amendment cannot change which line it is of: put the line back."
            )
        case .otherText(let found, let expected):
            Problem(
                line: places.header("amends"), expected: "'\(expected)', the agreement in force here", found: "'\(found)'",
                hint: "It was written from another text: compare which agreement each side has installed."
            )
        case .earlier(let found, let expected):
            Problem(
                line: places.header("date"), expected: "a date not before \(Timestamp.text(expected)), that of the agreement in force",
                found: "'\(Timestamp.text(found))'", hint: "Set the date on which the parties sign."
            )
        case .otherParties:
            Problem(
                line: places.heading(.parties), expected: "the parties \(AmendmentFault.numbers(previous.terms)), as before",
                found: AmendmentFault.numbers(text.terms), hint: "Parties that join or leave make another line."
            )
        case .unannouncedKeys(let party):
            Problem(
                line: places.keys(of: party), expected: "the root, station and light keys that party \(party) has, or those it had announced",
                found: "other ones", hint: "Do not sign: whoever holds these keys would be party \(party). Ask it over the telephone."
            )
        case .usedBefore(let party):
            Problem(
                line: places.keys(of: party), expected: "keys that have not stood on this line, and behind keys that were announced another 'next'",
                found: "what has stood here before", hint: "Do not sign: who has stolen an old key would have it in force again. Ask party \(party)."
            )
        }
    }

    private static func numbers(_ terms: Terms) -> String { terms.parties.map(\.number.description).joined(separator: ", ") }
}
