import HotlineAgreement
import HotlineRecord
import HotlineSeal
import HotlineWire

/// A line as somebody knows it who has read its agreements, the first one first.
struct LineOf {
    let first: Agreement
    let keys: LineKeys

    init(_ texts: [[UInt8]]) throws(Ending) {
        var all: [Agreement] = []
        for text in texts {
            let parsed = try Ending.on(.malformed) { () throws(AgreementError) in try Agreement.parse(text) }
            let agreement = try Ending.on(.unverified) { () throws(AgreementError) in try parsed.verified() }
            if let previous = all.last { try Ending.on(.refused) { () throws(AmendmentFault) in try agreement.check(amends: previous) } }
            all.append(agreement)
        }
        guard let first = all.first, first.line == first.hash else { throw Ending(.malformed, "there is no first agreement") }
        self.first = first
        keys = LineKeys(line: first.line, agreements: all.map { agreement in (agreement.hash, agreement.terms.parties.map(\.stationKeys)) })
    }

    /// The line of a vector, whose header names the agreements.
    init(_ vector: Vector) throws { self = try LineOf(try vector.agreements()) }
}
