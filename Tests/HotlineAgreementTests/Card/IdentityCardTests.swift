import HotlineAgreement
import HotlineSeal
import HotlineWire
import Testing

@Suite("Identity cards")
struct IdentityCardTests {
    @Test("AGR-39: a card reads back as it was written")
    func roundTrip() throws {
        var identity = try Parties.identity(0)
        identity.keys.recovery = [Digest.sha256([1]), Digest.sha256([2]), Digest.sha256([3])]
        let card = try identity.signed(by: Parties.root(0))
        let read = try IdentityCard.parse(card.file)
        #expect(read == card)
        #expect(read.identity == identity)
        #expect(
            String(decoding: card.file.prefix(200), as: UTF8.self).hasPrefix("HOTLINE IDENTITY CARD 1\n\nname          en \"United States"))
    }

    @Test("AGR-40: a card signed by another key than its root key is refused")
    func otherRoot() throws {
        #expect(throws: AgreementError.notVerified(nil)) { try Parties.identity(0).signed(by: Parties.root(1)) }
    }

    @Test("AGR-40: no byte of a card can be changed")
    func everyByte() throws {
        let file = try Parties().cards[0].file
        for place in file.indices {
            // The keys and the signature are long and alike: every eleventh of their bytes stands for the rest.
            guard place < 600 || place % 11 == 0 else { continue }
            var changed = file
            changed[place] ^= 1
            #expect((try? IdentityCard.parse(changed)) == nil, "byte \(place)")
        }
    }

    @Test(
        "AGR-39: a card has one form",
        arguments: [
            ("mark          W", "mark         W"), ("recovery      none\n", "recovery      none\n\n"),
            ("languages     en", "languages     en en"),
            ("mark          W\nlanguages     en", "languages     en\nmark          W"), ("suite         1", "suite         2"),
            ("mark          W", "mark          w"), ("en \"United States of America\"", "en \"United States of America\" "),
        ])
    func oneForm(wanted: String, found: String) throws {
        let text = String(decoding: try Parties().cards[0].file, as: UTF8.self)
        let place = try #require(text.firstRange(of: wanted))
        let changed = text[..<place.lowerBound] + found + text[place.upperBound...]
        #expect(throws: AgreementError.self) { try UnverifiedCard(Array(changed.utf8)) }
    }

    @Test("AGR-7: a card with one key for two purposes is refused")
    func equalKeys() throws {
        var identity = try Parties.identity(0)
        identity.keys.station = identity.keys.root
        #expect(throws: AgreementError.self) { try identity.signed(by: Parties.root(0)) }
        identity = try Parties.identity(0)
        identity.keys.light = try LightPublicKey(identity.keys.root.classicalHalf)
        #expect(throws: AgreementError.self) { try identity.signed(by: Parties.root(0)) }
    }

    @Test("AGR-39: a card cannot be written with words that would read back as something else")
    func injection() throws {
        var identity = try Parties.identity(0)
        identity.names = Wording([Wording.Version(try Parties.tag("en"), "Somewhere\"\nmark          X")])
        #expect(throws: AgreementError.self) { try identity.signed(by: Parties.root(0)) }
    }

    @Test("AGR-39: a card whose first name is not in its own first language is refused")
    func firstLanguage() throws {
        var identity = try Parties.identity(0)
        identity.names = Wording([Wording.Version(try Parties.tag("ru"), "Соединённые Штаты"), Wording.Version(try Parties.tag("en"), "United States")])
        #expect(throws: AgreementError.self) { try identity.signed(by: Parties.root(0)) }
        identity.names = Wording(identity.names.versions.reversed())
        #expect(throws: Never.self) { try identity.signed(by: Parties.root(0)) }
    }

    @Test("AGR-41, AGR-42: the fingerprint that people compare is that of the signed text, not of the signature")
    func fingerprint() throws {
        let first = try Parties.identity(0).signed(by: Parties.root(0))
        let second = try Parties.identity(0).signed(by: Parties.root(0))
        #expect(first.file != second.file, "signatures are hedged")
        #expect(first.fingerprint == second.fingerprint)
        #expect(first.fingerprint != (try Parties.identity(1).signed(by: Parties.root(1))).fingerprint)
    }
}
