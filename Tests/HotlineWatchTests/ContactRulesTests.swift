import HotlineAgreement
import HotlineRecord
import HotlineWatch
import HotlineWire
import Testing

@Suite("What our own station states about contacts")
struct ContactRulesTests {
    private let line: Line
    private let english: LanguageNumber

    init() throws {
        line = try Line.shared()
        english = try #require(LanguageNumber(1))
    }

    private func ask(_ windows: [Window], replyBy: UInt64? = nil, subject: String = "Poland", now: UInt64 = 1_000) throws -> Result<(EntryHeader, [UInt8]), Refusal> {
        let draft = RequestDraft(
            letter: LetterDraft(to: line.chiefs[1].number, precedence: .immediate, language: english, replyBy: replyBy, text: subject), medium: .voice, windows: windows
        )
        let station = try Line.station(0)
        return Result { () throws(Refusal) in try ContactRules.check(draft, from: station, line.agreement, Suspensions(), now: now) }
    }

    private func state(
        _ step: ContactStep, by place: Int, _ transcript: Transcript, _ request: Entry, now: UInt64 = 1_000, language: LanguageNumber? = LanguageNumber(1)
    ) throws -> Result<(EntryHeader, [EntryID]), Refusal> {
        let contact = try #require(transcript.contacts(request).first)
        let station = try Line.station(place)
        return Result { () throws(Refusal) in
            try ContactRules.check(ContactDraft(about: request.id, step: step, language: language), contact, from: station, line.agreement, now: now)
        }
    }

    private func expect<T>(_ refusal: Refusal, _ result: Result<T, Refusal>, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(throws: refusal, sourceLocation: sourceLocation) { try result.get() }
    }

    @Test("WAT-20: no window that is over, none at all, or too many; no answer after the last of them")
    func requests() throws {
        let first = ContactTests.first
        #expect(try ask([first, ContactTests.second]).get().0.kind == 11)
        expect(.contact(.noWindows), try ask([]))
        expect(.contact(.tooManyWindows(9, max: 8)), try ask(Array(repeating: first, count: 9)))
        expect(.contact(.windowPassed(first, now: first.to)), try ask([ContactTests.second, first], now: first.to))
        expect(.contact(.replyByAfterWindows(first.to)), try ask([first], replyBy: first.to))
        expect(.emptyText, try ask([first], subject: " "))
        expect(.control(0x202E, line: 1), try ask([first], subject: "Po\u{202E}land"))
    }

    @Test("WAT-20: what would be a breach is refused; the last offer is what is accepted")
    func steps() throws {
        var transcript = try Transcript()
        let request = try transcript.request(0, .text, windows: [ContactTests.first], replyBy: 5_000)
        transcript.see(1)
        expect(.contact(.nothingOffered), try state(.accepted(window: 0), by: 0, transcript, request))
        expect(.contact(.breach(.noSuchWindow)), try state(.accepted(window: 1), by: 1, transcript, request))
        expect(.contact(.breach(.notTheAddressee)), try state(.act(.receipt(.taken)), by: 0, transcript, request))
        expect(.contact(.breach(.answersNoLetter)), try state(.act(.outcome(.answered(text: [0x61]))), by: 1, transcript, request))
        expect(.contact(.windowPassed(ContactTests.first, now: 9_000)), try state(.accepted(window: 0), by: 1, transcript, request, now: 9_000))
        let (header, references) = try state(.accepted(window: 0), by: 1, transcript, request).get()
        #expect(header.fromPost == request.header.toPost && header.toPost == request.header.fromPost && header.language == 0)
        #expect(references == [request.id, request.id])
        expect(.act(.lapseTooEarly(due: 5_000, now: 4_999)), try state(.act(.outcome(.lapsed)), by: 0, transcript, request, now: 4_999))
        try transcript.step(1, .accepted(window: 0), about: request, object: request.id)
        expect(.contact(.breach(.noSession)), try state(.said(text: [0x61]), by: 0, transcript, request))
        expect(.emptyText, try state(.minuted(text: []), by: 0, transcript, request))
        expect(.noLanguage, try state(.minuted(text: [0x61]), by: 0, transcript, request, language: nil))
        expect(.contact(.nothingOffered), try state(.confirmed, by: 0, transcript, request))
        expect(.contact(.breach(.notOfTheContact)), try state(.missed(by: try #require(StationNumber(9))), by: 0, transcript, request))
    }

    @Test("WAT-10, WAT-20: what somebody has worded leaves a channel that needs release with it or not at all")
    func release() throws {
        var transcript = try Transcript()
        let principals = try #require(line.agreement.channels.first { $0.release != .nobody })
        let request = try transcript.request(0, .text, windows: [ContactTests.first], channel: principals.number.value)
        transcript.see(1)
        #expect(try state(.accepted(window: 0), by: 1, transcript, request).get().1.count == 2)
        expect(
            .needsRelease(channel: principals.code, roles: principals.release.roles, instead: []),
            try state(.proposed([ContactTests.other], text: [0x61]), by: 1, transcript, request)
        )
        #expect(try state(.proposed([ContactTests.other], text: []), by: 1, transcript, request).get().1.count == 1)
    }

    @Test("WAT-11: what a contact waits for next, and of whom")
    func clock() throws {
        func due(_ transcript: Transcript, _ request: Entry, now: UInt64 = 1_000) throws -> ContactClock {
            ContactClock(try #require(transcript.contacts(request).first), line.agreement, now: line.agreement.time(claimed: now))
        }
        var transcript = try Transcript()
        let request = try transcript.request(0, windows: [ContactTests.first])
        transcript.see(1)
        let (asker, addressee) = (try Line.station(0), try Line.station(1))
        #expect(try due(transcript, request).due == .receipt && due(transcript, request).party == addressee)
        try transcript.step(1, .act(.receipt(.taken)), about: request)
        #expect(try due(transcript, request).due == .reply)
        let offer = try transcript.step(1, .proposed([ContactTests.other], text: []), about: request)
        #expect(try due(transcript, request).due == .answer && due(transcript, request).party == asker)
        transcript.see(0)
        try transcript.step(0, .accepted(window: 0), about: request, object: offer.id)
        #expect(try due(transcript, request).due == .contact && due(transcript, request).party == nil)
        #expect(try due(transcript, request, now: ContactTests.other.to).due == .word)
    }
}
