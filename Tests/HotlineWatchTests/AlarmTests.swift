import HotlineAgreement
import HotlineRecord
@testable import HotlineWatch
import HotlineWire
import Testing

@Suite("Deadlines and alarms")
struct AlarmTests {
    private func moment(_ seconds: Int64) -> Moment { Moment(instant: Instant(nanoseconds: seconds * 1_000_000_000), wall: WallTime(milliseconds: seconds * 1_000)) }

    private func alarm(_ at: Int64, number: UInt64 = 1, _ precedence: Precedence = .immediate, isOverQuota: Bool = false) throws -> Alarm {
        Alarm(
            .replyDue, about: EntryID(try Transcript.generation(1), EntryNumber(number)), party: try Line.station(1), at: WallTime(milliseconds: at * 1_000),
            precedence: precedence, isOverQuota: isOverQuota
        )
    }

    @Test("it rings at its time and not before, every minute until somebody has acknowledged it, and up the succession")
    func rings() throws {
        var book = AlarmBook()
        func poll(_ dues: [Alarm], at now: Moment) -> [AlarmBook.Ring] { book.poll(dues, at: now) }
        func acknowledge(_ name: String) -> Bool { book.acknowledge(name, by: "Lind") }
        let dues = [try alarm(100)]
        #expect(poll(dues, at: moment(99)).isEmpty)
        #expect(book.next(dues, after: moment(99).wall) == dues[0].at)
        #expect(poll(dues, at: moment(100)).map(\.count) == [1])
        #expect(poll(dues, at: moment(159)).isEmpty)
        var levels: [Int] = []
        for minute in 1...6 { levels += book.poll(dues, at: moment(100 + 60 * Int64(minute))).map(\.level) }
        #expect(levels == [0, 0, 1, 1, 1, 2])
        #expect(acknowledge(dues[0].name))
        #expect(poll(dues, at: moment(10_000)).isEmpty)
        #expect(book.raised[dues[0].name]?.acknowledgedBy == "Lind")
    }

    @Test("what is done is forgotten; what was never raised is not acknowledged")
    func done() throws {
        var book = AlarmBook()
        func poll(_ dues: [Alarm], at now: Moment) -> [AlarmBook.Ring] { book.poll(dues, at: now) }
        func acknowledge(_ name: String) -> Bool { book.acknowledge(name, by: "Lind") }
        let due = try alarm(100)
        #expect(!acknowledge(due.name))
        _ = book.poll([due], at: moment(100))
        #expect(poll([], at: moment(200)).isEmpty && book.raised.isEmpty)
    }

    @Test("after a crash it goes on where it was: nothing rings twice at once, nothing is silent that nobody has acknowledged")
    func restored() throws {
        var book = AlarmBook()
        func poll(_ dues: [Alarm], at now: Moment) -> [AlarmBook.Ring] { book.poll(dues, at: now) }
        func acknowledge(_ name: String) -> Bool { book.acknowledge(name, by: "Lind") }
        let (open, heard) = (try alarm(100), try alarm(100, number: 2))
        book.restore(open.name, rings: 3, acknowledgedBy: nil, at: moment(500).instant)
        book.restore(heard.name, rings: 1, acknowledgedBy: "Lind", at: moment(500).instant)
        #expect(poll([open, heard], at: moment(501)).isEmpty)
        #expect(poll([open, heard], at: moment(560)).map(\.count) == [4])
    }

    @Test("a clock in doubt rings nothing until somebody has confirmed the time; nothing is lost meanwhile")
    func doubt() throws {
        var book = AlarmBook()
        func poll(_ dues: [Alarm], at now: Moment) -> [AlarmBook.Ring] { book.poll(dues, at: now) }
        func acknowledge(_ name: String) -> Bool { book.acknowledge(name, by: "Lind") }
        book.doubtTime()
        #expect(poll([try alarm(100)], at: moment(1_000_000)).isEmpty)
        book.confirmTime()
        #expect(poll([try alarm(100)], at: moment(1_000_000)).count == 1)
    }

    @Test("a FLASH over quota rings once, after those that are not")
    func overQuota() throws {
        var book = AlarmBook()
        func poll(_ dues: [Alarm], at now: Moment) -> [AlarmBook.Ring] { book.poll(dues, at: now) }
        func acknowledge(_ name: String) -> Bool { book.acknowledge(name, by: "Lind") }
        let dues = [try alarm(100, .routine), try alarm(100, number: 2, .flash, isOverQuota: true)]
        #expect(poll(dues, at: moment(100)).map(\.alarm.precedence) == [.flash, .routine])
        #expect(poll(dues, at: moment(160)).map(\.alarm.precedence) == [.routine])
    }

    @Test("AGR-23: a burst, then one in each interval; a clock that goes back or far ahead fills no more than the burst")
    func quota() throws {
        let limits = FlashLimits(wordsMax: 200, bytesMax: 4_096, burst: 3, interval: .seconds(300))
        var quota = FlashQuota(limits, at: moment(0).wall)
        func take(at seconds: Int64) -> Bool { quota.take(limits, at: WallTime(milliseconds: seconds * 1_000)) }
        #expect((0..<4).map { _ in take(at: 0) } == [true, true, true, false])
        #expect(!take(at: 299))
        #expect(take(at: 300))
        #expect(!take(at: 0))
        #expect((0..<4).map { _ in take(at: 1 << 40) } == [true, true, true, false])
    }

    @Test("what is due of a letter: of theirs our receipt and our reply, of ours theirs; done is done")
    func letters() throws {
        var transcript = try Transcript()
        let letter = try transcript.letter(1, .flash)
        transcript.see(0)
        let agreement = transcript.line.agreement
        var duty = Duty()
        duty.apply(letter, at: moment(1_000).wall, agreement)
        let deadlines = agreement.deadlines(for: .flash)
        func dues(of place: Int) throws -> [Alarm] { Alarm.dues(duty, [], agreement, me: try Line.station(place), now: moment(1_000).wall) }
        #expect(try dues(of: 0).map(\.kind) == [.receiptDue, .replyDue])
        #expect(try dues(of: 0).map(\.at) == [moment(1_000).wall + deadlines.receipt, moment(1_000).wall + deadlines.reply])
        #expect(try dues(of: 1).map(\.kind) == [.receiptLate, .replyLate])
        duty.apply(try transcript.act(0, .receipt(.taken), about: letter).entry, at: moment(1_001).wall, agreement)
        #expect(try dues(of: 0).map(\.kind) == [.replyDue])
        duty.apply(try transcript.act(0, .outcome(.notYet(until: 5_000, awaiting: nil, text: [])), about: letter).entry, at: moment(1_002).wall, agreement)
        #expect(try dues(of: 0).map(\.kind) == [.waitOver] && dues(of: 0)[0].at == agreement.time(claimed: 5_000))
        duty.apply(try transcript.act(0, .outcome(.answered(text: [0x61])), about: letter).entry, at: moment(1_003).wall, agreement)
        #expect(try dues(of: 0).isEmpty)
    }

    @Test("what is due of a contact, by both sides")
    func contacts() throws {
        var transcript = try Transcript()
        let request = try transcript.request(0, .text, windows: [ContactTests.first])
        transcript.see(1)
        func kinds(now: UInt64 = 1_000) throws -> [[Alarm.Kind]] {
            let contact = try #require(transcript.contacts(request).first)
            let agreement = transcript.line.agreement
            return try [0, 1].map { Alarm.dues(Duty(), [contact], agreement, me: try Line.station($0), now: agreement.time(claimed: now)).map(\.kind) }
        }
        #expect(try kinds() == [[.receiptLate], [.receiptDue]])
        try transcript.step(1, .act(.receipt(.taken)), about: request)
        #expect(try kinds() == [[.replyLate], [.replyDue]])
        let offer = try transcript.step(1, .proposed([ContactTests.other], text: []), about: request)
        transcript.see(0)
        #expect(try kinds() == [[.answerDue], [.replyLate]])
        try transcript.step(0, .accepted(window: 0), about: request, object: offer.id)
        #expect(try kinds() == [[.contactBegins], [.contactBegins]])
        #expect(try kinds(now: ContactTests.other.to) == [[.contactUntold], [.contactUntold]])
        try transcript.step(0, .opened, about: request)
        transcript.see(1)
        #expect(try kinds() == [[.contactBegins], [.contactBegins]], "one waits for the other")
        try transcript.step(1, .opened, about: request)
        #expect(try kinds() == [[], []], "both sit in it")
    }
}
