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

    @Test("AGR-12, AGR-36: what may not change is told with its line, what belongs there, what stands there, and what to do")
    func problems() throws {
        let text = String(decoding: AgreementDraft(amending: first, date: Self.later).file, as: UTF8.self)
        func problems(_ edit: (inout AgreementDraft) throws -> Void) throws -> [(line: String, Problem)] {
            var draft = AgreementDraft(amending: first, date: Self.later)
            try edit(&draft)
            let parsed = try draft.parsed()
            let lines = String(decoding: parsed.text, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            let agreements = try #require(LineAgreements(first))
            return parsed.problems(amending: agreements).map { (String(lines[max(0, $0.line - 1)]), $0) }
        }
        func edition(_ edit: @escaping (inout Amendment) -> Void) -> (inout AgreementDraft) throws -> Void {
            { draft in
                guard case .amendment(var amendment) = draft.terms.edition else { return }
                edit(&amendment)
                draft.terms.edition = .amendment(amendment)
            }
        }
        #expect(text.contains("first         2026-03-01T00:00:00Z \(first.hash)\namends        \(first.hash)\n"))
        #expect(try problems { _ in }.isEmpty)
        let other = Digest.sha256([9])
        let changes: [(String, (inout AgreementDraft) throws -> Void)] = [
            ("first ", edition { ($0.first, $0.previous) = (other, other) }), ("first ", edition { $0.epoch = WallTime(milliseconds: 0) }),
            ("keys 2", { $0.terms.parties[1].keys.light = try LightPrivateKey(seed: Parties.seed(0, 9, 32)).publicKey }),
            ("version ", edition { ($0.version, $0.previous) = (3, other) }),
        ]
        var second = AgreementDraft(amending: first, date: Self.later)
        second.terms.flash.burst = 6
        for (place, change) in changes {
            let found = try problems(change)
            #expect(found.contains { $0.line.hasPrefix(place) }, "\(place): \(found.map(\.line))")
            #expect(found.allSatisfy { !$0.1.expected.isEmpty && !$0.1.found.isEmpty && !$0.1.hint.isEmpty })
        }
        let amended = try Agreement.parse(parties.signed(second)).verified()
        var agreements = try #require(LineAgreements(first))
        try agreements.append(amended)
        var early = AgreementDraft(amending: amended, date: Parties.date)
        early.terms.flash.burst = 7
        #expect(try early.parsed().problems(amending: agreements).map(\.line) == [4])
    }

    @Test("AGR-36: the agreements of a line are read in order, and none is left out")
    func chain() throws {
        var chain = try #require(LineAgreements(first))
        let second = try Agreement.parse(parties.signed(chain.amendment(date: Self.later))).verified()
        #expect(LineAgreements(second) == nil, "an amendment does not begin a line")
        try chain.append(second)
        let third = try Agreement.parse(parties.signed(chain.amendment(date: Parties.date))).verified()
        #expect(third.date == Self.later, "a clock that is behind does not make a text that cannot be signed")
        var short = try #require(LineAgreements(first))
        #expect(throws: AmendmentFault.version(found: 3, expected: 2)) { try short.append(third) }
        try chain.append(third)
        #expect(chain.all.map(\.hash) == [first.hash, second.hash, third.hash] && chain.last == third && chain.line == first.hash)
        #expect(chain.agreement(second.hash) == second && chain.agreement(Digest.sha256([])) == nil)
    }

    private func verified(_ draft: AgreementDraft, roots: [CompositePrivateKey]) throws -> Agreement {
        var parsed = try draft.parsed()
        for (place, root) in roots.enumerated() { parsed = try parsed.adding(parsed.sign(with: root, as: Parties.station(place + 1))) }
        return try parsed.verified()
    }
}
