public import HotlineRecord
public import HotlineSeal
public import HotlineWire

/// The agreements of a line in the order in which they came into force: the first, then each amendment. All parties have
/// signed each of them, and each may take the place of the one before it.
public struct LineAgreements: Sendable {
    /// At least one, the first agreement first.
    public private(set) var all: [Agreement]
    /// The key statements that count, in the order in which they were appended.
    public private(set) var statements: [KeyStatement] = []

    /// Nil where it is not the first agreement of a line.
    public init?(_ first: Agreement) {
        guard first.hash == first.line else { return nil }
        all = [first]
    }

    /// - Throws: the first rule by which it cannot take the place of the last one (AGR-36).
    public mutating func append(_ amendment: Agreement) throws(AmendmentFault) {
        if let fault = amendment.parsed.faults(amending: self).first { throw fault }
        all.append(amendment)
    }

    /// - Throws: the first rule by which it does not count (AGR-51 to AGR-54).
    public mutating func append(_ statement: UnverifiedKeyStatement) throws(KeyStatementFault) { statements.append(try check(statement)) }

    public var first: Agreement { all[0] }
    /// The one in force for whoever has switched to it.
    public var last: Agreement { all[all.count - 1] }
    /// LH.
    public var line: Hash { first.hash }

    /// Nil for one that is not here.
    public func agreement(_ hash: Hash) -> Agreement? { all.first { $0.hash == hash } }

    /// The text of version n + 1 as it stands before anybody has edited it.
    public func amendment(date: WallTime) -> AgreementDraft {
        var draft = AgreementDraft(amending: last, date: max(date, last.date))
        for index in draft.terms.parties.indices {
            if let keys = keys(of: draft.terms.parties[index].number) { draft.terms.parties[index].keys = keys }
        }
        return draft
    }

    /// The exact bytes of everything that proves something on this line: each agreement, and behind it its key statements.
    public var files: [[UInt8]] {
        all.flatMap { agreement in [agreement.file] + statements.filter { $0.change.agreement == agreement.hash }.map(\.file) }
    }

    /// Every root key that a party has had on this line, the latest first.
    public func roots(of party: StationNumber) -> [CompositePublicKey] {
        let listed = all.compactMap { $0.rootKey(of: party) } + statements.map(\.change).filter { $0.party == party }.map(\.keys.root)
        return listed.reversed().reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// Which keys each agreement lists, and what replaces them.
    public var keys: LineKeys {
        LineKeys(
            line: line, agreements: all.map { agreement in (agreement.hash, agreement.terms.parties.map(\.stationKeys)) },
            replacements: statements.map { statement in
                let change = statement.change
                return LineKeys.Replacement(
                    statement: statement.hash, agreement: change.agreement,
                    keys: StationPublicKeys(number: change.party, station: change.keys.station, light: change.keys.light),
                    isAfterTheft: change.reason == .stolen
                )
            }
        )
    }
}
