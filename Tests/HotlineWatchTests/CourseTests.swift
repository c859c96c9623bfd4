import HotlineAgreement
import HotlineRecord
import HotlineWatch
import HotlineWire
import Testing

@Suite("What became of a letter, by both records")
struct CourseTests {
    private static func words(_ course: Course) -> String {
        func word(_ statement: Statement?) -> String {
            switch statement?.act {
            case .outcome(.answered): "answered"
            case .outcome(.declined): "declined"
            case .outcome(.notYet): "not yet"
            case .outcome(.withdrawn): "withdrawn"
            case .outcome(.lapsed): "lapsed"
            case .receipt, .holdingReply, nil: "?"
            }
        }
        return switch course.standing {
        case .open: "open"
        case .notYet: "not yet"
        case .ended(let statement, late: nil): word(statement)
        case .ended(let statement, let late): "\(word(statement)), then \(word(late)) late"
        }
    }

    /// In whatever order the records crossed.
    private func expect(_ words: String, _ transcript: Transcript, _ letter: Entry, breaches: [Breach] = [], sourceLocation: SourceLocation = #_sourceLocation) {
        for course in transcript.courses(letter) {
            #expect(Self.words(course) == words, sourceLocation: sourceLocation)
            let found = course.breaches.sorted { $0.statement.id < $1.statement.id }.map(\.breach)
            #expect(found == breaches, sourceLocation: sourceLocation)
        }
    }

    private static let yes = Act.outcome(.answered(text: Array("Yes.".utf8)))

    @Test("WAT-5, WAT-6: taken, laid, held, not yet, answered; each stage is kept, and the first final word counts")
    func stages() throws {
        var transcript = try Transcript()
        let letter = try transcript.letter(0)
        transcript.see(1)
        expect("open", transcript, letter)
        try transcript.act(1, .receipt(.taken), about: letter)
        try transcript.act(1, .holdingReply(1), about: letter)
        try transcript.act(1, .receipt(.laid), about: letter)
        expect("open", transcript, letter)
        try transcript.act(1, .outcome(.notYet(until: 500, awaiting: nil, text: [])), about: letter)
        expect("not yet", transcript, letter)
        try transcript.act(1, Self.yes, about: letter)
        expect("answered", transcript, letter)
        let course = try #require(transcript.courses(letter).first)
        #expect(course.taken != nil && course.laid != nil && course.holdingReplies.count == 1 && course.notYet != nil)
        try transcript.act(1, .outcome(.declined(reason: 1, text: [])), about: letter)
        expect("answered", transcript, letter, breaches: [.afterFinal])
    }

    @Test("WAT-7: an answer that crosses a lapse or a withdrawal is late", arguments: [Act.outcome(.lapsed), .outcome(.withdrawn(text: []))])
    func crossing(end: Act) throws {
        var transcript = try Transcript()
        let letter = try transcript.letter(0)
        transcript.see(1)
        try transcript.act(1, Self.yes, about: letter)
        try transcript.act(0, end, about: letter)
        expect(end == .outcome(.lapsed) ? "lapsed, then answered late" : "withdrawn, then answered late", transcript, letter)
    }

    @Test("WAT-7: a lapse whose author had seen the answer does not count")
    func seen() throws {
        var transcript = try Transcript()
        let letter = try transcript.letter(0)
        transcript.see(1)
        try transcript.act(1, Self.yes, about: letter)
        transcript.see(0)
        try transcript.act(0, .outcome(.lapsed), about: letter)
        expect("answered", transcript, letter, breaches: [.endedAfterAnswer])
    }

    @Test("WAT-7: who has seen a later generation of a record has seen the earlier one")
    func laterGeneration() throws {
        let transcript = try Transcript()
        let letter = EntryID(try Transcript.generation(1), EntryNumber(3))
        let later = GenerationID(station: letter.author, name: GenerationName(9))
        let entry = Entry(
            id: EntryID(try Transcript.generation(0), EntryNumber(1)), agreement: transcript.line.agreement.hash, header: EntryHeader(kind: 9, precedence: .routine),
            references: [], seen: [Entry.Seen(generation: later, size: RecordSize(1))], content: []
        )
        #expect(entry.hasSeen(letter, RecordOrder([later: letter.generation])))
        #expect(!entry.hasSeen(letter, RecordOrder([letter.generation: later])))
        #expect(!entry.hasSeen(letter, RecordOrder([:])))
    }

    @Test("WAT-7: a lapse that had seen the answer is no word of its author, whichever came here first")
    func secondWord() throws {
        var transcript = try Transcript()
        let letter = try transcript.letter(0)
        transcript.see(1)
        try transcript.act(1, Self.yes, about: letter)
        transcript.see(0)
        try transcript.act(0, .outcome(.lapsed), about: letter)
        transcript.forget(0)
        try transcript.act(0, .outcome(.withdrawn(text: [])), about: letter)
        expect("withdrawn, then answered late", transcript, letter, breaches: [.endedAfterAnswer])
    }

    @Test("WAT-6: a final word beside another of its author contradicts it, and no flood of breaches hides it")
    func contradiction() throws {
        let letter = EntryID(try Transcript.generation(0), EntryNumber(1))
        var writing = try Transcript()
        let asked = try writing.letter(0)
        let answer = try writing.act(1, Self.yes, about: asked).entry
        func beside(_ name: UInt64, _ act: Act) throws -> Statement {
            let id = EntryID(GenerationID(station: answer.id.author, name: GenerationName(name)), EntryNumber(1))
            let header = EntryHeader(
                kind: act.kind.rawValue, precedence: answer.header.precedence, channel: answer.header.channel, fromPost: answer.header.fromPost, toPost: answer.header.toPost)
            let entry = Entry(id: id, agreement: answer.agreement, header: header, references: [asked.id], seen: [], content: act.content)
            return try #require(Statement(entry, at: WallTime(milliseconds: 0)))
        }
        #expect(asked.id == letter)
        let before = try beside(1, .outcome(.declined(reason: 1, text: [])))
        let later = try #require(Statement(answer, at: WallTime(milliseconds: 0)))
        let flood = try (100..<140).map { try beside($0, .receipt(.taken)) }
        let course = Course(asked, at: WallTime(milliseconds: 0), flood + [later, before], in: RecordOrder([:])) { _ in writing.line.agreement }
        #expect(course.answer == before && course.breaches.first { $0.breach == .contradicts }?.statement == later)
        // The one goes on from the other: no clone, and a breach as any other.
        let order = RecordOrder([answer.id.generation: before.id.generation])
        let straight = Course(asked, at: WallTime(milliseconds: 0), [later, before], in: order) { _ in writing.line.agreement }
        #expect(straight.answer == before && straight.breaches.map(\.breach) == [.afterFinal])
    }

    @Test("WAT-4, WAT-8: what carries another precedence, channel, mark or post than its letter changes nothing, on the course or on duty")
    func handling() throws {
        let transcript = try Transcript()
        var writing = transcript
        let letter = try writing.letter(0)
        let carried = try writing.act(1, Self.yes, about: letter).entry
        let header = carried.header
        func other(precedence: Precedence? = nil, exercise: Bool = false, channel: UInt8? = nil, from: UInt8? = nil, to: UInt8? = nil) -> EntryHeader {
            EntryHeader(
                kind: header.kind, precedence: precedence ?? header.precedence, exercise: exercise, channel: channel ?? header.channel,
                fromPost: from ?? header.fromPost, toPost: to ?? header.toPost
            )
        }
        for header in [other(precedence: .flash), other(exercise: true), other(channel: 0), other(from: 250), other(to: 0)] {
            let entry = Entry(id: carried.id, agreement: carried.agreement, header: header, references: [letter.id], seen: [], content: carried.content)
            let statement = try #require(Statement(entry, at: WallTime(milliseconds: 0)))
            let course = Course(letter, at: WallTime(milliseconds: 0), [statement], in: RecordOrder([:])) { _ in transcript.line.agreement }
            #expect(course.breaches.map(\.breach) == [.otherHandling] && course.answer == nil)
            var duty = Duty()
            duty.apply(letter, at: WallTime(milliseconds: 0), transcript.line.agreement)
            duty.apply(entry, at: WallTime(milliseconds: 1), transcript.line.agreement)
            #expect(duty.open.count == 1)
        }
    }

    @Test("WAT-8: what is not its author's to say, says nothing, or names what is not agreed, changes nothing")
    func breaches() throws {
        var transcript = try Transcript()
        let letter = try transcript.letter(0)
        transcript.see(1)
        try transcript.act(0, .receipt(.taken), about: letter)
        try transcript.act(0, Self.yes, about: letter)
        expect("open", transcript, letter, breaches: [.notTheAddressee, .notTheAddressee])
        try transcript.act(1, .outcome(.lapsed), about: letter)
        try transcript.act(1, .holdingReply(200), about: letter)
        try transcript.act(1, .outcome(.declined(reason: 200, text: [])), about: letter)
        try transcript.state(1, kind: .outcome, [9], about: letter)
        try transcript.act(1, .receipt(.taken), about: letter)
        try transcript.act(1, .receipt(.taken), about: letter)
        expect(
            "open", transcript, letter,
            breaches: [.notTheAddressee, .notTheAddressee, .notTheAsker, .unknownReply(200), .unknownReason(200), .unreadable, .repeated]
        )
    }

    @Test("WAT-2: nothing counts about a letter to nobody")
    func nobody() throws {
        for post in [try Line.shared().chiefs[0].number.value, 250] {
            var transcript = try Transcript()
            let letter = try transcript.letter(0, to: post)
            transcript.see(1)
            try transcript.act(1, .receipt(.taken), about: letter)
            expect("open", transcript, letter, breaches: [.noAddressee])
            var duty = Duty()
            duty.apply(letter, at: WallTime(milliseconds: 0), transcript.line.agreement)
            #expect(duty.open.isEmpty)
        }
    }

    @Test("a flood of breaches is counted to a limit and hides nothing")
    func flood() throws {
        var transcript = try Transcript()
        let letter = try transcript.letter(0)
        transcript.see(1)
        for _ in 0..<400 { try transcript.act(0, Self.yes, about: letter) }
        try transcript.act(1, Self.yes, about: letter)
        for course in transcript.courses(letter) {
            #expect(Self.words(course) == "answered")
            #expect(course.breaches.count == 16)
        }
    }
}
