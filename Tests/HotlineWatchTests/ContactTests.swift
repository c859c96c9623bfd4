import HotlineAgreement
import HotlineRecord
import HotlineWatch
import HotlineWire
import Testing

@Suite("A contact of two posts, by both records")
struct ContactTests {
    static let first = Window(from: 7_200, length: 1_800)!
    static let second = Window(from: 90_000, length: 3_600)!
    static let other = Window(from: 10_800, length: 1_800)!
    private static let declined = ContactStep.act(.outcome(.declined(reason: 1, text: [])))
    private static let withdrawn = ContactStep.act(.outcome(.withdrawn(text: [])))
    private static let lapsed = ContactStep.act(.outcome(.lapsed))

    private static func words(_ contact: Contact) -> String {
        switch contact.standing {
        case .requested: "requested"
        case .notYet: "not yet"
        case .agreed(let agreed): agreed.before == nil ? "agreed \(agreed.window.from)" : "moved to \(agreed.window.from)"
        case .inSession: "in session"
        case .over: "over"
        case .ended(_, late: nil): "ended"
        case .ended: "ended, then late"
        }
    }

    private func expect(
        _ words: String, _ transcript: Transcript, _ request: Entry, void: [Breach] = [], crossed: Int = 0, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let contacts = transcript.contacts(request)
        for contact in contacts {
            #expect(Self.words(contact) == words, sourceLocation: sourceLocation)
            #expect(contact.void.map(\.breach) == void, sourceLocation: sourceLocation)
            #expect(contact.void.count(where: \.isCrossed) == crossed, sourceLocation: sourceLocation)
        }
        #expect(Set(contacts.map(\.void)).count == 1, sourceLocation: sourceLocation)
    }

    private func asked(_ medium: Medium = .voice) throws -> (Transcript, Entry) {
        var transcript = try Transcript()
        let request = try transcript.request(0, medium, windows: [Self.first, Self.second])
        transcript.see(1)
        return (transcript, request)
    }

    private func agreed(_ medium: Medium = .voice) throws -> (Transcript, Entry) {
        var (transcript, request) = try asked(medium)
        try transcript.step(1, .accepted(window: 1), about: request, object: request.id)
        transcript.see(0)
        return (transcript, request)
    }

    // MARK: Coming to terms

    @Test("WAT-16, WAT-18: taken, held, not yet; a window of the request is accepted")
    func accepted() throws {
        var (transcript, request) = try asked()
        try transcript.step(1, .act(.receipt(.taken)), about: request)
        try transcript.step(1, .act(.holdingReply(1)), about: request)
        try expect("requested", transcript, request)
        try transcript.step(1, .act(.outcome(.notYet(until: 500, awaiting: nil, text: []))), about: request)
        try expect("not yet", transcript, request)
        try transcript.step(1, .accepted(window: 1), about: request, object: request.id)
        try expect("agreed 90000", transcript, request)
        try transcript.step(1, .act(.receipt(.taken)), about: request)
        try transcript.step(1, .act(.outcome(.notYet(until: nil, awaiting: nil, text: []))), about: request)
        try expect("agreed 90000", transcript, request, void: [.repeated, .agreedBefore])
    }

    @Test("WAT-18: other windows are proposed, and accepted by the asker; then it is moved")
    func proposed() throws {
        var (transcript, request) = try asked()
        let offer = try transcript.step(1, .proposed([Self.other], text: []), about: request)
        transcript.see(0)
        try expect("requested", transcript, request)
        try transcript.step(0, .accepted(window: 0), about: request, object: offer.id)
        try expect("agreed 10800", transcript, request)
        transcript.see(1)
        let again = try transcript.step(0, .proposed([Self.second], text: []), about: request)
        try expect("agreed 10800", transcript, request)
        transcript.see(1)
        try transcript.step(1, .accepted(window: 0), about: request, object: again.id)
        try expect("moved to 90000", transcript, request)
    }

    @Test("WAT-18: what is accepted is the other side's last offer, and a window of it")
    func offers() throws {
        var (transcript, request) = try asked()
        let mine = try transcript.step(1, .proposed([Self.other], text: []), about: request)
        try transcript.step(1, .accepted(window: 2), about: request, object: request.id)
        try transcript.step(1, .accepted(window: 0), about: request, object: mine.id)
        try transcript.step(1, .accepted(window: 0), about: request)
        try expect("requested", transcript, request, void: [.noSuchWindow, .staleOffer, .staleOffer])
        transcript.see(0)
        let newer = try transcript.step(0, .proposed([Self.other], text: []), about: request)
        transcript.see(1)
        try transcript.step(1, .accepted(window: 0), about: request, object: request.id)
        try expect("requested", transcript, request, void: [.noSuchWindow, .staleOffer, .staleOffer, .staleOffer])
        try transcript.step(1, .accepted(window: 0), about: request, object: newer.id)
        try expect("agreed 10800", transcript, request, void: [.noSuchWindow, .staleOffer, .staleOffer, .staleOffer])
    }

    @Test("WAT-19: an acceptance that crosses a newer offer changes nothing, and nobody is to blame")
    func crossedOffer() throws {
        var (transcript, request) = try asked()
        try transcript.step(0, .proposed([Self.other], text: []), about: request)
        try transcript.step(1, .accepted(window: 0), about: request, object: request.id)
        try expect("requested", transcript, request, void: [.staleOffer], crossed: 1)
    }

    @Test("WAT-18: two acceptances that cross: the asker's counts")
    func crossedAcceptances() throws {
        var (transcript, request) = try asked()
        let offer = try transcript.step(1, .proposed([Self.other], text: []), about: request)
        transcript.see(0)
        try transcript.step(1, .accepted(window: 0), about: request, object: request.id)
        try transcript.step(0, .accepted(window: 0), about: request, object: offer.id)
        try expect("agreed 10800", transcript, request, void: [.staleOffer], crossed: 1)
    }

    // MARK: The end

    @Test("WAT-18: declined, withdrawn and lapsed end it; nothing counts afterwards")
    func ends() throws {
        for (place, end) in [(1, Self.declined), (0, Self.withdrawn), (0, Self.lapsed)] {
            var (transcript, request) = try asked()
            try transcript.step(place, end, about: request)
            try expect("ended", transcript, request)
            transcript.see(0)
            transcript.see(1)
            try transcript.step(0, .proposed([Self.other], text: []), about: request)
            try transcript.step(1, .accepted(window: 0), about: request, object: request.id)
            try expect("ended", transcript, request, void: [.afterFinal, .afterFinal])
        }
    }

    @Test("WAT-19: an acceptance that crosses a withdrawal or a lapse is late; a receipt that does is nobody's fault")
    func late() throws {
        for end in [Self.withdrawn, Self.lapsed] {
            var (transcript, request) = try asked()
            try transcript.step(0, end, about: request)
            try transcript.step(1, .act(.receipt(.taken)), about: request)
            try transcript.step(1, .accepted(window: 0), about: request, object: request.id)
            try expect("ended, then late", transcript, request, void: [.afterFinal], crossed: 1)
        }
    }

    @Test("WAT-18: an agreed contact is called off by either side in its own way, and never lapses")
    func calledOff() throws {
        var (transcript, request) = try agreed()
        try transcript.step(0, Self.lapsed, about: request)
        try expect("agreed 90000", transcript, request, void: [.agreedBefore])
        try transcript.step(1, Self.declined, about: request)
        try expect("ended", transcript, request, void: [.agreedBefore])
    }

    // MARK: Held, missed, minuted

    @Test("WAT-18: held by one's word, missed by the other's: both are kept, the first of each")
    func words() throws {
        var (transcript, request) = try agreed()
        try transcript.step(0, .held(Self.second), about: request)
        try transcript.step(1, .missed(by: Line.station(0)), about: request)
        try transcript.step(1, .held(Self.second), about: request)
        try transcript.step(0, .missed(by: try #require(StationNumber(9))), about: request)
        try expect("over", transcript, request, void: [.notOfTheContact, .repeated])
        #expect(transcript.contacts(request).allSatisfy { $0.words.count == 2 })
        transcript.see(1)
        transcript.see(0)
        try transcript.step(0, Self.withdrawn, about: request)
        try expect("over", transcript, request, void: [.notOfTheContact, .repeated, .afterFinal])
    }

    @Test("WAT-18: minutes are agreed once the other side confirms them")
    func minutes() throws {
        var (transcript, request) = try agreed()
        let mine = try transcript.step(0, .minuted(text: Array("We spoke.".utf8)), about: request)
        transcript.see(1)
        try transcript.step(0, .confirmed, about: request, object: mine.id)
        try transcript.step(1, .confirmed, about: request, object: mine.id)
        try transcript.step(1, .confirmed, about: request, object: mine.id)
        try expect("agreed 90000", transcript, request, void: [.noSuchMinutes, .repeated])
        #expect(transcript.contacts(request).allSatisfy { $0.minutes.map { $0.confirmation != nil } == [true] })
    }

    // MARK: The session

    @Test("WAT-18: a session is opened by both, each says what it says, either closes it")
    func session() throws {
        var (transcript, request) = try agreed(.text)
        try transcript.step(0, .opened, about: request)
        try transcript.step(0, .said(text: [0x3f]), about: request)
        try expect("agreed 90000", transcript, request, void: [.noSession])
        transcript.see(1)
        try transcript.step(1, .opened, about: request)
        transcript.see(0)
        try transcript.step(0, .said(text: [0x61]), about: request)
        try expect("in session", transcript, request, void: [.noSession])
        try transcript.step(0, .closed, about: request)
        // It crosses the close, and was said in the session all the same.
        try transcript.step(1, .said(text: [0x62]), about: request)
        try expect("over", transcript, request, void: [.noSession])
        #expect(transcript.contacts(request).allSatisfy { $0.said.map { $0.step?.text } == [[0x61], [0x62]] })
        transcript.see(1)
        try transcript.step(1, .said(text: [0x63]), about: request)
        try expect("over", transcript, request, void: [.noSession, .afterFinal])
    }

    @Test("WAT-18: a call has no session, and nothing is held before it is agreed")
    func noSession() throws {
        var (transcript, request) = try asked(.voice)
        try transcript.step(1, .held(Self.first), about: request)
        try transcript.step(1, .accepted(window: 0), about: request, object: request.id)
        try transcript.step(1, .opened, about: request)
        try expect("agreed 7200", transcript, request, void: [.notAgreed, .notText])
    }

    // MARK: Whose word

    @Test("WAT-17: each states what is its side's, about a request that has an addressee")
    func sides() throws {
        var (transcript, request) = try asked()
        try transcript.step(0, .act(.receipt(.taken)), about: request)
        try transcript.step(0, Self.declined, about: request)
        try transcript.step(1, Self.withdrawn, about: request)
        try transcript.step(1, .act(.outcome(.answered(text: [0x61]))), about: request)
        try transcript.step(1, .act(.holdingReply(200)), about: request)
        try expect("requested", transcript, request, void: [.notTheAddressee, .notTheAddressee, .notTheAsker, .answersNoLetter, .unknownReply(200)])
        let own = try transcript.request(0, windows: [Self.first], to: try Line.shared().watches[0].number.value)
        try transcript.step(1, .accepted(window: 0), about: own, object: own.id)
        try expect("requested", transcript, own, void: [.noAddressee])
    }

    // MARK: What the watch keeps

    @Test("WAT-12: the open contacts in memory stand as the journal has them, through a snapshot")
    func openContacts() throws {
        var (transcript, request) = try asked()
        let offer = try transcript.step(1, .proposed([Self.other], text: Array("Rather so.".utf8)), about: request)
        transcript.see(0)
        try transcript.step(0, .accepted(window: 0), about: request, object: offer.id)
        var open = OpenContacts()
        for entry in transcript.entries { open.apply(entry, at: WallTime(milliseconds: 0), transcript.line.agreement) { RecordOrder([:]) } }
        var encoder = Encoder()
        open.encode(into: &encoder)
        var decoder = Decoder(encoder.bytes)
        var back = try OpenContacts(&decoder)
        try decoder.finish()
        let agreement = transcript.line.agreement
        #expect(back.all(RecordOrder([:])) { _ in agreement }.map(Self.words) == ["agreed 10800"])
        let held = try transcript.step(1, .held(Self.other), about: request)
        back.apply(held.entry, at: WallTime(milliseconds: 0), agreement) { RecordOrder([:]) }
        #expect(back.all(RecordOrder([:])) { _ in agreement }.isEmpty)
    }

    @Test("WAT-12: a flood of requests takes the place of none that is open")
    func flood() throws {
        var transcript = try Transcript()
        var open = OpenContacts()
        for _ in 0..<(WatchLimits.contactsMax + 3) {
            open.apply(try transcript.request(1, windows: [Self.first]), at: WallTime(milliseconds: 0), transcript.line.agreement) { RecordOrder([:]) }
        }
        open.apply(try transcript.request(0, windows: [Self.first]), at: WallTime(milliseconds: 0), transcript.line.agreement) { RecordOrder([:]) }
        let agreement = transcript.line.agreement
        #expect(open.all(RecordOrder([:])) { _ in agreement }.count == WatchLimits.contactsMax + 1)
        #expect(open.unwatched == [try Line.station(1): 3])
    }
}
