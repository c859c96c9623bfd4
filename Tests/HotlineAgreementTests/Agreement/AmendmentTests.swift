import HotlineAgreement
import HotlineSeal
import HotlineWire
import Testing

@Suite("Amendments")
struct AmendmentTests {
    let parties: Parties
    let first: Agreement
    static let later = WallTime(milliseconds: Parties.date.milliseconds + 86_400_000)

    init() throws {
        parties = try Parties()
        first = try Agreement.parse(parties.signed(parties.draft())).verified()
    }

    @Test("AGR-36: a text that all have signed and that names the one before takes its place; the line keeps its name")
    func follows() throws {
        var draft = AgreementDraft(amending: first, date: Self.later)
        draft.terms.flash.burst = 5
        let second = try Agreement.parse(parties.signed(draft)).verified()
        try second.check(amends: first)
        #expect(second.line == first.hash)
        #expect(second.hash != first.hash)
        #expect(second.terms.epoch == first.date)
        let third = try Agreement.parse(parties.signed(AgreementDraft(amending: second, date: Self.later))).verified()
        try third.check(amends: second)
        #expect(third.line == first.hash)
        #expect(third.terms.edition.version == 3)
        #expect(throws: AmendmentFault.version(found: 3, expected: 2)) { try third.check(amends: first) }
    }

    @Test("AGR-36: an amendment of another text is refused")
    func otherText() throws {
        var other = try parties.draft()
        other.terms.line = "Another line"
        let stranger = try Agreement.parse(parties.signed(other)).verified()
        let second = try Agreement.parse(parties.signed(AgreementDraft(amending: stranger, date: Self.later))).verified()
        #expect(throws: AmendmentFault.otherLine(found: stranger.hash, expected: first.hash)) { try second.check(amends: first) }
    }

    @Test("AGR-36: an amendment dated before the text that it amends is refused")
    func earlier() throws {
        let second = try Agreement.parse(parties.signed(AgreementDraft(amending: first, date: Self.later))).verified()
        let third = try Agreement.parse(parties.signed(AgreementDraft(amending: second, date: Parties.date))).verified()
        #expect(throws: AmendmentFault.earlier(found: Parties.date, expected: Self.later)) { try third.check(amends: second) }
    }

    @Test("AGR-36, AGR-38: a party's keys change only to those that it had announced")
    func keys() throws {
        let root = try CompositePrivateKey(seed: Parties.seed(0, 4, 64))
        var draft = AgreementDraft(amending: first, date: Self.later)
        draft.terms.parties[0].keys.root = try root.publicKey
        draft.terms.parties[0].keys.station = try CompositePrivateKey(seed: Parties.seed(0, 5, 64)).publicKey
        draft.terms.parties[0].keys.light = try LightPrivateKey(seed: Parties.seed(0, 6, 32)).publicKey
        draft.terms.parties[0].keys.next = Digest.sha256([1])
        try verified(draft, roots: [root, parties.roots[1]]).check(amends: first)
        draft.terms.parties[0].keys.light = try LightPrivateKey(seed: Parties.seed(0, 9, 32)).publicKey
        let stolen = try verified(draft, roots: [root, parties.roots[1]])
        #expect(throws: AmendmentFault.unannouncedKeys(of: first.parties[0].number)) { try stolen.check(amends: first) }
    }

    @Test("AGR-36: parties neither join nor leave by an amendment")
    func otherParties() throws {
        let three = try Parties(3)
        var draft = try three.draft()
        draft.terms.edition = AgreementDraft(amending: first, date: Self.later).terms.edition
        draft.terms.date = Self.later
        let second = try Agreement.parse(three.signed(draft)).verified()
        #expect(throws: AmendmentFault.otherParties) { try second.check(amends: first) }
    }

    private func verified(_ draft: AgreementDraft, roots: [CompositePrivateKey]) throws -> Agreement {
        var parsed = try draft.parsed()
        for (place, root) in roots.enumerated() { parsed = try parsed.adding(parsed.sign(with: root, as: Parties.station(place + 1))) }
        return try parsed.verified()
    }
}
