public import HotlineWire

/// An agreement in the making: terms that are still to be edited, and the text that they give.
public struct AgreementDraft: Hashable, Sendable {
    public var terms: Terms

    public init(terms: Terms) { self.terms = terms }

    /// The terms of an agreement in force, to be edited into the text that takes its place.
    public init(amending agreement: Agreement, date: WallTime) {
        terms = agreement.terms
        terms.date = date
        terms.edition = .amendment(
            Amendment(
                version: agreement.terms.edition.version + 1, epoch: agreement.terms.epoch, first: agreement.line, previous: agreement.hash
            )
        )
    }

    /// The whole file, ready to be signed.
    public var file: [UInt8] { TermsWriter.file(terms) }

    /// - Throws: `malformed` where the terms contradict themselves, or hold something that their text cannot; lines are
    ///   those of `file`.
    public func parsed() throws(AgreementError) -> ParsedAgreement {
        let parsed = try ParsedAgreement(file)
        guard parsed.terms == terms else { throw .malformed([.otherwise("terms")]) }
        return parsed
    }

    /// Whether the drafts have words of their own in this language; else they take the English ones.
    public static func hasWords(in language: LanguageTag) -> Bool { DraftWords.has(language) }

    /// A complete agreement between defence staffs, checked: English and each party's first language, three posts a party,
    /// four channels. The parties are numbered in the order of their cards.
    ///
    /// - Parameters:
    ///   - line: the name of the line; the names of the parties where there is none.
    ///   - staffs: one for each card; what the parties' names suggest where there are none.
    /// - Throws: `cardCount`; `malformed` where the cards do not fit together (a key, a mark or a name that two have).
    public static func defenceStaffs(
        cards: [IdentityCard], date: WallTime, line: String? = nil, staffs: [DefenceStaff]? = nil
    ) throws(AgreementError) -> AgreementDraft {
        guard Limits.partiesRange.contains(cards.count), staffs.map({ $0.count == cards.count }) ?? true else {
            throw .cardCount(found: cards.count)
        }
        let identities = cards.map(\.identity)
        let composition = DefenceComposition(
            identities: identities, staffs: staffs ?? identities.map { DefenceStaff.suggested(for: $0.names) }, date: date
        )
        let draft = AgreementDraft(terms: composition.terms(line: line))
        _ = try draft.parsed()
        return draft
    }
}
