import HotlineAgreement
import HotlineRecord
import HotlineWatch
import HotlineWire
import Testing

@Suite("The letters that wait")
struct DutyTests {
    private static func time(_ seconds: Int64) -> WallTime { WallTime(milliseconds: seconds * 1_000) }

    @Test("WAT-11: what is due, from when it became durable here, and what meets it")
    func clocks() throws {
        var transcript = try Transcript()
        let agreement = transcript.line.agreement
        let letter = try transcript.letter(0, .immediate)
        let timed = try transcript.letter(0, .routine, replyBy: 600)
        transcript.see(1)
        var duty = Duty()
        duty.apply(letter, at: Self.time(1_000), agreement)
        duty.apply(timed, at: Self.time(1_001), agreement)
        #expect(duty.inOrder.map(\.id) == [letter.id, timed.id])
        let clocks = LetterClocks(try #require(duty.open[letter.id]), agreement)
        let deadlines = agreement.deadlines(for: .immediate)
        #expect(clocks.receiptDue.milliseconds == 1_000_000 + deadlines.receipt.nanoseconds / 1_000_000)
        #expect(clocks.replyDue.milliseconds == 1_000_000 + deadlines.reply.nanoseconds / 1_000_000)
        #expect(LetterClocks(try #require(duty.open[timed.id]), agreement).replyDue == agreement.time(claimed: 600))
        duty.apply(try transcript.act(1, .holdingReply(1), about: letter).entry, at: Self.time(1_002), agreement)
        #expect(duty.open[letter.id]?.repliedAt == Self.time(1_002) && duty.open[letter.id]?.takenAt == nil)
        duty.apply(try transcript.act(1, .receipt(.laid), about: letter).entry, at: Self.time(1_003), agreement)
        #expect(duty.open[letter.id]?.takenAt == Self.time(1_003) && duty.open[letter.id]?.laidAt == Self.time(1_003))
        duty.apply(try transcript.act(0, .outcome(.answered(text: [0x61])), about: letter).entry, at: Self.time(1_004), agreement)
        #expect(duty.open[letter.id] != nil, "it is not the asker's to say")
        duty.apply(try transcript.act(1, .outcome(.declined(reason: 200, text: [])), about: letter).entry, at: Self.time(1_004), agreement)
        #expect(duty.open[letter.id] != nil, "the agreement has no such reason")
        duty.apply(try transcript.act(1, .outcome(.answered(text: [0x61])), about: letter).entry, at: Self.time(1_005), agreement)
        duty.apply(try transcript.act(0, .outcome(.withdrawn(text: [])), about: timed).entry, at: Self.time(1_006), agreement)
        #expect(duty.open.isEmpty)
    }

    @Test("it comes back from a snapshot as it was")
    func snapshot() throws {
        var transcript = try Transcript()
        let agreement = transcript.line.agreement
        var duty = Duty()
        for index in 0..<20 {
            let letter = try transcript.letter(index % 2, replyBy: index % 3 == 0 ? 600 : nil)
            duty.apply(letter, at: Self.time(Int64(index)), agreement)
            transcript.see(1 - index % 2)
            if index % 4 == 0 { duty.apply(try transcript.act(1 - index % 2, .receipt(.taken), about: letter).entry, at: Self.time(99), agreement) }
            let notYet = LetterOutcome.notYet(until: index % 2 == 0 ? 700 : nil, awaiting: nil, text: [])
            if index % 5 == 0 { duty.apply(try transcript.act(1 - index % 2, .outcome(notYet), about: letter).entry, at: Self.time(100), agreement) }
        }
        var encoder = Encoder()
        duty.encode(into: &encoder)
        var decoder = Decoder(encoder.bytes)
        let back = try Duty(&decoder)
        try decoder.finish()
        #expect(back.inOrder == duty.inOrder)
    }

    @Test("WAT-12: too many letters of one party do not push out the urgent ones, nor those of the other")
    func flood() throws {
        var transcript = try Transcript()
        let agreement = transcript.line.agreement
        var duty = Duty()
        let ours = try transcript.letter(1)
        duty.apply(ours, at: Self.time(0), agreement)
        for second in 0..<1_100 { duty.apply(try transcript.letter(0), at: Self.time(Int64(second)), agreement) }
        let flash = try transcript.letter(0, .flash)
        duty.apply(flash, at: Self.time(2_000), agreement)
        #expect(duty.open[flash.id] != nil && duty.open[ours.id] != nil)
        #expect(duty.open.count == 1_025)
        #expect(duty.unwatched[flash.id.author] == 77)
    }
}
