import HotlineAgreement
import HotlineRecord
import HotlineWatch
import HotlineWire
import Testing

@Suite("What our own station may state")
struct ActRulesTests {
    /// What comes of an act of party `place` at claimed time `now`.
    private func check(
        _ act: Act, by place: Int, _ transcript: Transcript, _ letter: Entry, now: UInt64 = 1_000, language: LanguageNumber? = LanguageNumber(1)
    ) throws -> Result<EntryHeader, Refusal> {
        let course = try #require(transcript.courses(letter).first)
        let station = try Line.station(place)
        return Result { () throws(Refusal) in
            try ActRules.check(ActDraft(about: letter.id, act: act, language: language), course, from: station, transcript.line.agreement, now: now)
        }
    }

    private func expect(_ refusal: ActRefusal, _ result: Result<EntryHeader, Refusal>, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(throws: Refusal.act(refusal), sourceLocation: sourceLocation) { try result.get() }
    }

    private static let yes = Act.outcome(.answered(text: Array("Yes.".utf8)))

    @Test("WAT-4: a statement carries what its letter carries, turned round where it is the addressee's")
    func header() throws {
        var transcript = try Transcript()
        let letter = try transcript.letter(0, .immediate)
        let receipt = try check(.receipt(.taken), by: 1, transcript, letter).get()
        #expect(receipt.kind == 7 && receipt.precedence == .immediate && receipt.channel == letter.header.channel)
        #expect(receipt.fromPost == letter.header.toPost && receipt.toPost == letter.header.fromPost && receipt.language == 0)
        let answer = try check(Self.yes, by: 1, transcript, letter).get()
        #expect(answer.language == 1 && answer.claimedTime == 1_000)
        let end = try check(.outcome(.withdrawn(text: [])), by: 0, transcript, letter).get()
        #expect(end.fromPost == letter.header.fromPost && end.toPost == letter.header.toPost)
    }

    @Test("WAT-9: what would be a breach is refused")
    func breaches() throws {
        var transcript = try Transcript()
        let letter = try transcript.letter(0)
        transcript.see(1)
        expect(.notAddressed, try check(.receipt(.taken), by: 0, transcript, letter))
        expect(.notAddressed, try check(.holdingReply(1), by: 0, transcript, letter))
        expect(.notAddressed, try check(Self.yes, by: 0, transcript, letter))
        expect(.notAsked, try check(.outcome(.lapsed), by: 1, transcript, letter))
        expect(.unknownReply(99), try check(.holdingReply(99), by: 1, transcript, letter))
        expect(.unknownReason(99), try check(.outcome(.declined(reason: 99, text: [])), by: 1, transcript, letter))
        expect(.foreignAuthority("w-cgs"), try check(.outcome(.notYet(until: nil, awaiting: transcript.line.chiefs[0].number, text: [])), by: 1, transcript, letter))
        expect(.notYetUntilPassed(999, now: 1_000), try check(.outcome(.notYet(until: 999, awaiting: nil, text: [])), by: 1, transcript, letter))
        try transcript.act(1, .receipt(.laid), about: letter)
        expect(.takenAlready, try check(.receipt(.taken), by: 1, transcript, letter))
        expect(.laidAlready, try check(.receipt(.laid), by: 1, transcript, letter))
        try transcript.act(1, Self.yes, about: letter)
        for act in [Self.yes, .receipt(.taken), .holdingReply(1)] { expect(.endedAlready, try check(act, by: 1, transcript, letter)) }
        expect(.endedAlready, try check(.outcome(.lapsed), by: 0, transcript, letter, now: 1 << 40))
    }

    @Test("WAT-9: no lapse before its time, nor before the other side's 'not yet' is over; an answer may come after it")
    func lapse() throws {
        var transcript = try Transcript()
        let letter = try transcript.letter(0, replyBy: 2_000)
        transcript.see(1)
        expect(.lapseTooEarly(due: 2_000, now: 1_999), try check(.outcome(.lapsed), by: 0, transcript, letter, now: 1_999))
        _ = try check(.outcome(.lapsed), by: 0, transcript, letter, now: 2_000).get()
        try transcript.act(1, .outcome(.notYet(until: 3_000, awaiting: nil, text: [])), about: letter)
        expect(.lapseTooEarly(due: 3_000, now: 2_999), try check(.outcome(.lapsed), by: 0, transcript, letter, now: 2_999))
        try transcript.act(0, .outcome(.lapsed), about: letter)
        expect(.endedAlready, try check(.outcome(.withdrawn(text: [])), by: 0, transcript, letter))
        _ = try check(Self.yes, by: 1, transcript, letter).get()
    }

    @Test("WAT-10: on a channel that needs release only what needs nobody's courage goes without it")
    func release() throws {
        var transcript = try Transcript()
        let channel = try #require(transcript.line.agreement.channels.first { $0.release != .nobody })
        let letter = try transcript.letter(0, channel: channel.number.value)
        for act in [Act.receipt(.taken), .holdingReply(1), .outcome(.notYet(until: nil, awaiting: nil, text: []))] {
            _ = try check(act, by: 1, transcript, letter).get()
        }
        for act in [Self.yes, .outcome(.declined(reason: 1, text: [])), .outcome(.notYet(until: nil, awaiting: nil, text: [0x61]))] {
            #expect(throws: Refusal.needsRelease(channel: channel.code, roles: channel.release.roles, instead: [])) { try check(act, by: 1, transcript, letter).get() }
        }
    }

    @Test("a text is held to the rules of texts, and has a language")
    func texts() throws {
        var transcript = try Transcript()
        let letter = try transcript.letter(0, .flash)
        #expect(throws: Refusal.noLanguage) { try check(Self.yes, by: 1, transcript, letter, language: nil).get() }
        #expect(throws: Refusal.emptyText) { try check(.outcome(.answered(text: Array(" ".utf8))), by: 1, transcript, letter).get() }
        #expect(throws: Refusal.control(0x202E, line: 1)) { try check(.outcome(.answered(text: Array("\u{202E}".utf8))), by: 1, transcript, letter).get() }
        let long = Array(String(repeating: "no ", count: 201).utf8)
        #expect(throws: Refusal.flashWords(201, max: 200)) { try check(.outcome(.declined(reason: 1, text: long)), by: 1, transcript, letter).get() }
    }
}
