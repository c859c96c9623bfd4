import HotlineAgreement
import HotlineWire
import Testing

@Suite("A signed agreement cannot be changed")
struct EveryByteTests {
    @Test("AGR-34: wherever a byte is changed, the file is no longer a verified agreement", arguments: 0..<4)
    func everyByte(quarter: Int) throws {
        let file = try Self.small()
        let keys = try #require(file.firstRange(of: Array("\nKEYS\n".utf8))).lowerBound
        // A debug build needs 20 ms a file. What is read is tried at every third byte, and so are the seams between keys and
        // signatures; their insides are long and alike.
        let places = file.indices.filter { $0 < keys || Self.isNearSeam($0, file) ? $0.isMultiple(of: 3) : $0.isMultiple(of: 97) }
        for place in places.enumerated().filter({ $0.offset % 4 == quarter }).map(\.element) {
            var changed = file
            changed[place] ^= 1
            let verified = (try? Agreement.parse(changed)).flatMap { try? $0.verified() }
            #expect(verified == nil, "byte \(place)")
        }
    }

    @Test("AGR-34: a file cut short at any line is no longer a verified agreement")
    func cutShort() throws {
        let file = try Self.small()
        for place in file.indices where file[place] == 0x0A && place + 1 < file.count && place.isMultiple(of: 7) {
            let verified = (try? Agreement.parse(Array(file[...place]))).flatMap { try? $0.verified() }
            #expect(verified == nil, "cut after byte \(place)")
        }
    }

    /// Near a line that is not full: a key's name, its last line, a signature's number.
    private static func isNearSeam(_ place: Int, _ file: [UInt8]) -> Bool {
        let start = file[..<place].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let end = file[place...].firstIndex(of: 0x0A) ?? file.count
        return end - start < 70 && end - start > 0
    }

    /// As little as an agreement can hold: one language, one post a party, one channel, one reply.
    static func small() throws -> [UInt8] {
        let parties = try Parties()
        let draft = try parties.draft()
        var terms = draft.terms
        let english = terms.languages[0].tag
        func only(_ wording: Wording) -> Wording { Wording([Wording.Version(english, wording.text(in: english))]) }
        terms.preamble = ["Both sides may write at any hour."]
        terms.languages = [terms.languages[0]]
        for place in terms.parties.indices {
            terms.parties[place].names = only(terms.parties[place].names)
            terms.parties[place].languages = [english]
        }
        terms.posts = [terms.posts[1], terms.posts[4]]
        for place in terms.posts.indices {
            terms.posts[place].succession = []
            terms.posts[place].title = only(terms.posts[place].title)
            terms.posts[place].address = only(terms.posts[place].address)
        }
        terms.channels = [terms.channels[3]]
        terms.channels[0].title = only(terms.channels[0].title)
        terms.holdingReplies = [HoldingReply(number: 1, text: only(terms.holdingReplies[0].text))]
        terms.contacts = []
        terms.declineReasons = []
        terms.glossary = []
        terms.phrasebook = []
        terms.forms = []
        return try parties.signed(AgreementDraft(terms: terms))
    }
}
