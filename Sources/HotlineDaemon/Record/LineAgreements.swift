import HotlineAgreement
import HotlineDesk
import HotlineRecord
import HotlineWire

/// The agreements that a proof carries, read and verified: the first one and its amendments.
extension LineAgreements {
    /// - Parameters:
    ///   - texts: exact bytes, the first agreement first.
    ///   - file: of which they are, for the error.
    init(_ texts: [[UInt8]], file: String) throws(DeskError) {
        var found: LineAgreements?
        for (place, text) in texts.enumerated() {
            let name = "\(UnverifiedKeyStatement.isMeant(by: text) ? "key statement" : "agreement") \(place + 1) in \(file)"
            if UnverifiedKeyStatement.isMeant(by: text), found != nil {
                try found?.append(statement: text, name: name)
                continue
            }
            let agreement: Agreement
            do throws(AgreementError) {
                agreement = try Agreement.parse(text).verified()
            } catch {
                throw DeskError(.notVerified, DeskError(error, file: name).what, hint: "what it carries proves nothing without its agreement: get the file again")
            }
            do throws(AmendmentFault) {
                if found == nil { found = LineAgreements(agreement) } else { try found?.append(agreement) }
            } catch {
                throw DeskError(.notVerified, "the \(name) does not amend the one before it", hint: "whoever made the file left one out, or changed their order")
            }
            if found == nil { break }
        }
        guard let found else {
            throw DeskError(.notVerified, "\(file) does not begin with the first agreement of a line", hint: "get the file again")
        }
        self = found
    }

    private mutating func append(statement text: [UInt8], name: String) throws(DeskError) {
        let hint = "whoever made the file left one out, or changed their order: get the file again"
        let statement: UnverifiedKeyStatement
        do throws(AgreementError) { statement = try UnverifiedKeyStatement(text) } catch {
            throw DeskError(.notVerified, DeskError(error, file: name, kind: .statement).what, hint: hint)
        }
        do throws(KeyStatementFault) { try append(statement) } catch {
            throw DeskError(.notVerified, DeskError(error, file: name).what, hint: hint)
        }
    }

    /// Compares with what the reader holds of the line itself.
    ///
    /// - Parameter agreement: a file with an agreement of that line; nil where there is none.
    /// - Returns: whether there was something to compare with.
    /// - Throws: `notVerified` where it is another line.
    func check(against agreement: String?, file: String) throws(DeskError) -> Bool {
        guard let agreement else { return false }
        let own = try AgreementFile(agreement).parse().verified(file: agreement)
        guard own.line == first.line else {
            throw DeskError(
                .notVerified, "\(file) is of another line than \(agreement): '\(last.terms.line)' in place of '\(own.terms.line)'",
                hint: "compare with the agreement of that line, or compare its words with a party to it"
            )
        }
        return true
    }
}
