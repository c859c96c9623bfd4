import HotlineAgreement
import HotlineSeal
import HotlineWire
import Testing

@Suite("Signing and verifying an agreement")
struct SignatureTests {
    let parties: Parties
    let draft: AgreementDraft

    init() throws {
        parties = try Parties()
        draft = try parties.draft()
    }

    @Test("AGR-34: an agreement that all parties have signed is verified")
    func verified() throws {
        let file = try parties.signed(draft)
        let agreement = try Agreement.parse(file).verified()
        #expect(agreement.file == file)
        #expect(agreement.terms == draft.terms)
        let second = try Parties.station(2)
        #expect(agreement.stationKeys(of: second)?.station == parties.cards[1].identity.keys.station)
        #expect(agreement.tlsPin(of: second) == parties.cards[1].identity.keys.tlsPin)
        #expect(agreement.rootKey(of: second) == parties.cards[1].identity.keys.root)
        #expect(agreement.stationKeys(of: try Parties.station(3)) == nil)
        #expect(agreement.parsed.station(of: parties.cards[1]) == second)
    }

    @Test("AGR-35: the hash is SHA-256 of the text above SIGNATURES and does not change with signatures")
    func hash() throws {
        let unsigned = try draft.parsed()
        let agreement = try Agreement.parse(parties.signed(draft)).verified()
        let file = String(decoding: agreement.file, as: UTF8.self)
        let end = try #require(file.firstRange(of: "SIGNATURES\n"))
        #expect(agreement.hash == Digest.sha256(Array(file[..<end.lowerBound].utf8)))
        #expect(agreement.hash == unsigned.hash)
        #expect(agreement.line == agreement.hash)
    }

    @Test("AGR-34: a party that has not signed is named")
    func missing() throws {
        let first = try Parties.station(1)
        let second = try Parties.station(2)
        #expect(throws: AgreementError.unsigned(by: [first, second])) { try draft.parsed().verified() }
        let one = try Agreement.parse(draft.parsed().signed(with: parties.roots[0], as: first))
        #expect(throws: AgreementError.unsigned(by: [second])) { try one.verified() }
    }

    @Test("AGR-34: another text's signature is refused")
    func otherText() throws {
        var other = draft
        other.terms.line = "Another line"
        let first = try Parties.station(1)
        let signature = try other.parsed().sign(with: parties.roots[0], as: first)
        #expect(throws: AgreementError.notVerified(first)) { try draft.parsed().adding(signature) }
    }

    @Test("AGR-32: a signature over the bytes without the label is refused")
    func withoutLabel() throws {
        let first = try Parties.station(1)
        let parsed = try draft.parsed()
        let bare = AgreementSignature(signer: first, bytes: try parties.roots[0].sign(parsed.text))
        #expect(throws: AgreementError.notVerified(first)) { try parsed.adding(bare) }
        let whole = AgreementSignature(signer: first, bytes: try parties.roots[0].sign(Label.agreement + parsed.text))
        #expect(try parsed.adding(whole).signatures == [whole])
    }

    @Test("Only the root key that the text lists can sign for a party, and only once")
    func whoSigns() throws {
        let first = try Parties.station(1)
        let third = try Parties.station(3)
        let parsed = try draft.parsed()
        #expect(throws: AgreementError.wrongRoot(first)) { try parsed.sign(with: parties.roots[1], as: first) }
        #expect(throws: AgreementError.noParty(third)) { try parsed.sign(with: parties.roots[1], as: third) }
        let signed = try Agreement.parse(parsed.signed(with: parties.roots[0], as: first))
        #expect(throws: AgreementError.alreadySigned(first)) { try signed.signed(with: parties.roots[0], as: first) }
    }

    @Test("Two copies, each signed by one party, make one that both have signed")
    func merging() throws {
        let parsed = try draft.parsed()
        let one = try Agreement.parse(parsed.signed(with: parties.roots[0], as: Parties.station(1)))
        let other = try Agreement.parse(parsed.signed(with: parties.roots[1], as: Parties.station(2)))
        let merged = try other.merging(one)
        #expect(try merged.verified().signatureCount == 2)
        var changed = draft
        changed.terms.line = "Another line"
        let stranger = try changed.parsed()
        #expect(throws: AgreementError.otherText(parsed.hash, stranger.hash)) { try parsed.merging(stranger) }
    }

    @Test(
        "AGR-33: what stands below SIGNATURES has one form",
        arguments: [
            ("SIGNATURES\n\nsignature 1", "SIGNATURES\nsignature 1"), ("signature 1", "signature 01"), ("signature 1", "signature  1"),
            ("signature 1", "signature 3"), ("signature 2", "signature 1"), ("\n\nsignature 2", "\n\n\nsignature 2"),
            ("signature 2", "signature"),
        ])
    func oneForm(wanted: String, found: String) throws {
        let text = String(decoding: try parties.signed(draft), as: UTF8.self)
        let place = try #require(text.firstRange(of: wanted))
        #expect(!Edits.problems(of: Array((text[..<place.lowerBound] + found + text[place.upperBound...]).utf8)).isEmpty)
    }

    @Test("AGR-33: nothing may follow the last signature", arguments: ["\n", "x\n", "\nsignature 2\n  AAAA\n"])
    func nothingBehind(tail: String) throws {
        #expect(!Edits.problems(of: try parties.signed(draft) + Array(tail.utf8)).isEmpty)
    }
}

extension Agreement {
    var signatureCount: Int { parsed.signatures.count }
}
