import HotlineAgreement
import HotlineDesk
import HotlineLine
import HotlineRecord
import HotlineStation
import HotlineWatch
import HotlineWire

/// What became of a letter, in words. On the loop's thread.
struct CourseWords {
    let core: StationCore
    let words: EventWords
    private var station: Station { core.station }
    private var me: StationNumber { station.membership.me }

    init(_ core: StationCore, _ words: EventWords) {
        self.core = core
        self.words = words
    }

    func course(_ letter: EntryID) throws(JournalError) -> Course? {
        try core.history.course(of: letter, { words.agreements.agreement($0) ?? words.agreement }, station.books)
    }

    // MARK: A letter that waits

    func view(_ letter: OpenLetter, at now: WallTime) -> OpenView {
        let clocks = LetterClocks(letter, words.agreement)
        let due: (String, WallTime)? =
            if letter.takenAt == nil, letter.repliedAt == nil { ("receipt", clocks.receiptDue) } else if letter.repliedAt == nil { ("reply", clocks.replyDue) } else { nil }
        return OpenView(
            serial: words.serial(letter.id, station), id: letter.id.description, kind: "letter", isOwn: letter.asker == me, precedence: letter.precedence.description,
            exercise: letter.exercise, channel: ChannelNumber(letter.channel).flatMap { words.agreement.channel($0)?.code } ?? "unknown channel \(letter.channel)",
            from: words.title(letter.fromPost, nil, in: words.agreement), to: words.title(letter.toPost, nil, in: words.agreement),
            at: letter.at.text, stage: stage(letter), due: due?.0, dueAt: due?.1.text, isLate: due.map { $0.1 < now } ?? false
        )
    }

    private func stage(_ letter: OpenLetter) -> String {
        if let until = letter.notYet { return "not yet" + (until.map { ", until \(words.agreement.time(claimed: $0).minute)" } ?? "") }
        if letter.laidAt != nil { return "before the principal" }
        if letter.takenAt != nil { return "taken by the watch" }
        guard letter.asker == me else { return "here" }
        return station.delivery(to: letter.addressee)?.isAcknowledged(letter.id) ?? false ? "at their station" : "sent"
    }

    // MARK: Stages and outcome

    /// Receipts, holding replies and outcomes, each with its time and whose word it is.
    func stages(_ course: Course) -> [StageView] {
        var stages: [StageView] = []
        func add(_ stage: String, _ statement: Statement, role: String) {
            stages.append(StageView(stage: stage, at: statement.at.text, word: "\(words.party(statement.author)), \(role)"))
        }
        if let taken = course.taken { add("taken by the watch", taken, role: "the watch") }
        if let laid = course.laid { add("before the principal", laid, role: "the watch") }
        for reply in course.holdingReplies { add("holding reply", reply, role: "authorised in advance") }
        if let notYet = course.notYet { add("not yet", notYet, role: post(notYet)) }
        if let answer = course.answer { add(CourseWords.word(answer), answer, role: post(answer)) }
        if let end = course.end { add(CourseWords.word(end), end, role: post(end)) }
        return stages.sorted { ($0.at ?? "") < ($1.at ?? "") }
    }

    private func post(_ statement: Statement) -> String {
        words.title(statement.entry.header.fromPost, nil, in: words.agreement) ?? "no post"
    }

    func outcome(_ course: Course) -> OutcomeView {
        switch course.standing {
        case .open: OutcomeView(outcome: "open")
        case .notYet(let statement): view(statement, "not yet")
        case .ended(let statement, let late):
            if let late {
                view(late, "\(CourseWords.word(statement)), then \(CourseWords.word(late)) late\(contradicted(course))")
            } else {
                view(statement, CourseWords.word(statement) + contradicted(course))
            }
        }
    }

    /// A word beside the one that counts may not hide behind the order of names: ', contradicted by declined (M-9)'.
    private func contradicted(_ course: Course) -> String {
        let beside = course.breaches.filter { $0.breach == .contradicts }.map { "\(CourseWords.word($0.statement)) (\(words.serial($0.statement.id, station)))" }
        return beside.isEmpty ? "" : ", contradicted by \(beside.joined(separator: " and "))"
    }

    private func view(_ statement: Statement, _ outcome: String) -> OutcomeView {
        OutcomeView(
            outcome: outcome, claimedAt: words.claimed(statement.entry.header.claimedTime), party: words.party(statement.author), serial: words.serial(statement.id, station),
            detail: statement.act.flatMap { words.detail($0) }, text: statement.act.flatMap { CourseWords.text($0) }
        )
    }

    private static func word(_ statement: Statement) -> String { statement.act.map(EventWords.word) ?? "unreadable" }

    private static func text(_ act: Act) -> String? {
        guard case .outcome(let outcome) = act, !outcome.text.isEmpty else { return nil }
        return TextRules.shown(String(decoding: outcome.text, as: UTF8.self))
    }

    func breaches(_ course: Course) -> [String] {
        course.breaches.map { "\(words.serial($0.statement.id, station)): \(EventWords.words($0.breach)); it changes nothing" }
    }

    func attempt(_ letter: Entry, at: WallTime) throws(JournalError) -> AttemptView {
        let contacts = ContactWords(core, words)
        guard EntryKind(rawValue: letter.header.kind) != .contactRequest else {
            guard let contact = try contacts.contact(letter.id) else { return attempt(letter, at: at, kind: "contact", [], OutcomeView(outcome: "open"), []) }
            return attempt(
                letter, at: at, kind: "contact, \(contact.asked.map { EventWords.word($0.medium) } ?? "unreadable")", contacts.stages(contact),
                contacts.outcome(contact), contact.stated.map(\.id)
            )
        }
        guard let course = try course(letter.id) else { return attempt(letter, at: at, kind: "letter", [], OutcomeView(outcome: "open"), []) }
        return attempt(letter, at: at, kind: "letter", stages(course), outcome(course), course.stated.map(\.id))
    }

    private func attempt(_ letter: Entry, at: WallTime, kind: String, _ stages: [StageView], _ outcome: OutcomeView, _ stated: [EntryID]) -> AttemptView {
        let header = letter.header
        let agreement = words.agreement(of: letter)
        return AttemptView(
            serial: words.serial(letter.id, station), id: letter.id.description, kind: kind, party: words.party(letter.id.author), isOwn: letter.id.author == me,
            precedence: header.precedence.description, exercise: header.exercise, from: words.title(header.fromPost, nil, in: agreement),
            to: words.title(header.toPost, nil, in: agreement), fromPost: words.code(header.fromPost, in: agreement),
            toPost: words.code(header.toPost, in: agreement), claimedAt: words.claimed(header.claimedTime), at: at.text,
            stages: EntryWords(core, words).arrival(letter.id) + stages, outcome: outcome, entries: ([letter.id] + stated).map(\.description)
        )
    }
}
