import HotlineAgreement
import HotlineSeal
import HotlineWire
import Testing

@Suite("The default agreement")
struct DraftTests {
    @Test("It parses to the terms it was written from, for two parties up to fifteen", arguments: [2, 3, 15])
    func roundTrip(count: Int) throws {
        let draft = try Parties(count).draft()
        let parsed = try Agreement.parse(draft.file)
        #expect(parsed.terms == draft.terms)
        #expect(parsed.file == draft.file)
        #expect(parsed.terms.parties.count == count)
        #expect(parsed.terms.posts.count == 3 * count)
    }

    @Test("AGR-13: one party alone, or sixteen, are no line")
    func cardCount() throws {
        let parties = try Parties()
        #expect(throws: AgreementError.cardCount(found: 1)) {
            try AgreementDraft.defenceStaffs(cards: [parties.cards[0]], date: Parties.date)
        }
        let many = Array(repeating: parties.cards[0], count: 16)
        #expect(throws: AgreementError.cardCount(found: 16)) { try AgreementDraft.defenceStaffs(cards: many, date: Parties.date) }
    }

    @Test("AGR-7: the same card twice is refused")
    func sameCard() throws {
        let card = try Parties().cards[0]
        #expect(throws: AgreementError.self) { try AgreementDraft.defenceStaffs(cards: [card, card], date: Parties.date) }
    }

    @Test("Its languages are English and each party's own, each written once; a language without a template gets English words")
    func languages() throws {
        let parties = try Parties()
        var identity = try Parties.identity(2)
        identity.languages = [try Parties.tag("fr"), try Parties.tag("en")]
        identity.names = Wording([Wording.Version(try Parties.tag("fr"), "Suisse"), Wording.Version(try Parties.tag("en"), "Switzerland")])
        let card = try identity.signed(by: Parties.root(2))
        let terms = try AgreementDraft.defenceStaffs(cards: parties.cards + [card], date: Parties.date).terms
        #expect(terms.languages.map(\.tag.text) == ["en", "ru", "fr"])
        #expect(terms.languages.map(\.name) == ["English", "Русский", "Français"])
        let french = try Parties.tag("fr")
        #expect(terms.parties[2].names[french] == "Suisse")
        #expect(terms.holdingReplies[0].text[french] == terms.holdingReplies[0].text[try Parties.tag("en")])
        #expect(terms.post(named: "cgs", of: try Parties.station(3))?.title[french] == "Chief of the General Staff, Switzerland")
    }

    @Test("The caller names the line and the staffs")
    func named() throws {
        let parties = try Parties()
        let draft = try AgreementDraft.defenceStaffs(
            cards: parties.cards, date: Parties.date, line: "Washington–Moscow",
            staffs: parties.cards.map { DefenceStaff.general($0.identity.names) }
        )
        #expect(draft.terms.line == "Washington–Moscow")
        #expect(draft.terms.posts[3].title.first == "Minister of Defence, Russian Federation")
    }

    @Test(
        "Words that would read back as something else are refused",
        arguments: ["a\nsuite         1", "a\u{202E}b", "a\tb", " a", "", "a\r"])
    func injection(text: String) throws {
        var draft = try Parties().draft()
        draft.terms.line = text
        #expect(throws: AgreementError.self) { try draft.parsed() }
    }

    @Test("A line of the preamble that is a heading is refused")
    func headingInPreamble() throws {
        var draft = try Parties().draft()
        draft.terms.preamble += ["", "PARTIES", ""]
        #expect(throws: AgreementError.self) { try draft.parsed() }
    }

    @Test("Quotation marks and backslashes in texts survive")
    func quotes() throws {
        var draft = try Parties().draft()
        draft.terms.line = #"The "red" line \ 1"#
        #expect(try draft.parsed().terms.line == draft.terms.line)
    }

    @Test("Every number and name of it can be changed")
    func edited() throws {
        var draft = try Parties().draft()
        draft.terms.contacts = []
        draft.terms.glossary = []
        draft.terms.phrasebook = []
        draft.terms.forms = []
        draft.terms.declineReasons = []
        draft.terms.channels[0].release = .roles([.principal, .principal], proofFirst: false)
        draft.terms.channels[0].suspension = .allowed(passing: [])
        draft.terms.channels[0].bearers = [.courier]
        draft.terms.posts[0].rank = nil
        draft.terms.posts[0].succession = []
        draft.terms.parties[0].keys.recovery = [Digest.sha256([1]), Digest.sha256([2]), Digest.sha256([3])]
        draft.terms.tests.probe = .seconds(61)
        #expect(try draft.parsed().terms == draft.terms)
    }
}
