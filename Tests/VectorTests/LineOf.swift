import HotlineAgreement
import HotlineRecord
import HotlineSeal
import HotlineWire

/// A line as somebody knows it who has read its agreements and key statements, the first agreement first.
struct LineOf {
    private(set) var agreements: LineAgreements

    var first: Agreement { agreements.first }
    var keys: LineKeys { agreements.keys }

    init(_ texts: [[UInt8]]) throws(Ending) {
        guard let text = texts.first, let agreements = LineAgreements(try LineOf.agreement(text)) else {
            throw Ending(.malformed, "there is no first agreement")
        }
        self.agreements = agreements
        for text in texts.dropFirst() { try install(text) }
    }

    /// The line of a vector, whose header names the texts.
    init(_ vector: Vector) throws { self = try LineOf(try vector.agreements()) }

    /// Takes an amendment or a key statement behind those that are there.
    mutating func install(_ text: [UInt8]) throws(Ending) {
        if UnverifiedKeyStatement.isMeant(by: text) {
            let statement = try Ending.on(.malformed) { () throws(AgreementError) in try UnverifiedKeyStatement(text) }
            do throws(KeyStatementFault) { try agreements.append(statement) } catch {
                if case .notVerified = error { throw Ending(.unverified, "\(error)") }
                throw Ending(.refused, "\(error)")
            }
        } else {
            let amendment = try LineOf.agreement(text)
            do throws(AmendmentFault) { try agreements.append(amendment) } catch { throw Ending(.refused, "\(error)") }
        }
    }

    private static func agreement(_ text: [UInt8]) throws(Ending) -> Agreement {
        let parsed = try Ending.on(.malformed) { () throws(AgreementError) in try Agreement.parse(text) }
        return try Ending.on(.unverified) { () throws(AgreementError) in try parsed.verified() }
    }
}
