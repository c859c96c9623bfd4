public import HotlineWire

extension Agreement {
    /// Whether this agreement may take the place of another. Its own signatures are verified already.
    ///
    /// - Throws: the first rule that it breaks.
    public func check(amends previous: Agreement) throws(AmendmentFault) { try parsed.check(amends: previous.parsed) }
}

extension ParsedAgreement {
    /// The same of texts, whoever has signed them.
    func check(amends previous: ParsedAgreement) throws(AmendmentFault) {
        guard case .amendment(let amendment) = terms.edition, amendment.version == previous.terms.edition.version + 1 else {
            throw .version(found: terms.edition.version, expected: previous.terms.edition.version + 1)
        }
        guard line == previous.line, terms.epoch == previous.terms.epoch else { throw .otherLine(found: line, expected: previous.line) }
        guard amendment.previous == previous.hash else { throw .otherText(found: amendment.previous, expected: previous.hash) }
        guard terms.date >= previous.terms.date else { throw .earlier(found: terms.date, expected: previous.terms.date) }
        guard terms.parties.map(\.number) == previous.terms.parties.map(\.number) else { throw .otherParties }
        for party in terms.parties {
            guard let before = previous.party(party.number) else { throw .otherParties }
            let keys = party.keys
            let same = keys.root == before.keys.root && keys.station == before.keys.station && keys.light == before.keys.light
            guard same || NextIdentity.hash(root: keys.root, station: keys.station, light: keys.light) == before.keys.next else {
                throw .unannouncedKeys(of: party.number)
            }
        }
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
}
