public import HotlineRecord
public import HotlineSeal
public import HotlineWire

/// The agreements of a line in the order in which they came into force: the first, then each amendment. All parties have
/// signed each of them, and each may take the place of the one before it.
public struct LineAgreements: Sendable {
    /// At least one, the first agreement first.
    public private(set) var all: [Agreement]

    /// Nil where it is not the first agreement of a line.
    public init?(_ first: Agreement) {
        guard first.hash == first.line else { return nil }
        all = [first]
    }

    /// - Throws: the first rule by which it cannot take the place of the last one (AGR-36).
    public mutating func append(_ amendment: Agreement) throws(AmendmentFault) {
        try amendment.check(amends: last)
        all.append(amendment)
    }

    public var first: Agreement { all[0] }
    /// The one in force for whoever has switched to it.
    public var last: Agreement { all[all.count - 1] }
    /// LH.
    public var line: Hash { first.hash }

    /// Nil for one that is not here.
    public func agreement(_ hash: Hash) -> Agreement? { all.first { $0.hash == hash } }

    /// The text of version n + 1 as it stands before anybody has edited it.
    public func amendment(date: WallTime) -> AgreementDraft { AgreementDraft(amending: last, date: max(date, last.date)) }

    /// Every root key that a party has had on this line, the latest first.
    public func roots(of party: StationNumber) -> [CompositePublicKey] {
        all.reversed().compactMap { $0.rootKey(of: party) }.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// Which keys each agreement lists.
    public var keys: LineKeys {
        LineKeys(line: line, agreements: all.map { agreement in (agreement.hash, agreement.terms.parties.map(\.stationKeys)) })
    }
}
