public import HotlineAgreement
import HotlineRecord
public import HotlineWire

/// What an officer states about a letter, before it is checked.
public struct ActDraft: Hashable, Sendable {
    public var about: EntryID
    public var act: Act
    /// The language of its text; nil where it has none.
    public var language: LanguageNumber?

    public init(about: EntryID, act: Act, language: LanguageNumber? = nil) {
        self.about = about
        self.act = act
        self.language = language
    }
}

/// Whether our own station may state something about a letter. A peer's statements are judged by `Course`.
public enum ActRules {
    /// - Parameters:
    ///   - course: of the letter it is about, with all that is here.
    ///   - isReleased: whether it leaves with its release, on a channel that needs one.
    ///   - now: claimed time; 0 without a clock.
    /// - Returns: the header of the entry.
    /// - Throws: the first rule that it breaks.
    public static func check(
        _ draft: ActDraft, _ course: Course, from me: StationNumber, _ agreement: Agreement, isReleased: Bool = false, now: UInt64
    ) throws(Refusal) -> EntryHeader {
        switch draft.act {
        case .receipt(let receipt):
            try addressed(course, me)
            guard course.answer == nil else { throw .act(.endedAlready) }
            if receipt == .taken, course.taken != nil || course.laid != nil { throw .act(.takenAlready) }
            if receipt == .laid, course.laid != nil { throw .act(.laidAlready) }
        case .holdingReply(let number):
            try addressed(course, me)
            guard course.answer == nil else { throw .act(.endedAlready) }
            guard agreement.holdingReply(number) != nil else { throw .act(.unknownReply(number)) }
        case .outcome(let outcome):
            try check(outcome, course, me, agreement, now: now)
            try release(outcome, course, agreement, isReleased: isReleased)
            try text(draft, outcome, course, agreement)
        }
        return header(draft, course, now: now)
    }

    private static func addressed(_ course: Course, _ me: StationNumber) throws(Refusal) {
        guard course.addressee == me else { throw .act(.notAddressed) }
    }

    private static func check(_ outcome: LetterOutcome, _ course: Course, _ me: StationNumber, _ agreement: Agreement, now: UInt64) throws(Refusal) {
        guard !outcome.isOfAsker else {
            guard course.asker == me, course.addressee != nil else { throw .act(.notAsked) }
            if case .ended = course.standing { throw .act(.endedAlready) }
            if case .lapsed = outcome { try checkLapse(course, agreement, now: now) }
            return
        }
        try addressed(course, me)
        // An answer to what was withdrawn or has lapsed may still be given: a message may always be lodged.
        guard course.answer == nil else { throw .act(.endedAlready) }
        switch outcome {
        case .declined(let reason, _):
            guard agreement.declineReason(reason) != nil else { throw .act(.unknownReason(reason)) }
        case .notYet(let until, let awaiting, _): try checkWaiting(until, awaiting, me, agreement, now: now)
        case .answered, .withdrawn, .lapsed: break
        }
    }

    /// Waiting until a time to come, and for a post of our own.
    static func checkWaiting(_ until: UInt64?, _ awaiting: PostNumber?, _ me: StationNumber, _ agreement: Agreement, now: UInt64) throws(Refusal) {
        if let until, until <= now { throw .act(.notYetUntilPassed(until, now: now)) }
        if let awaiting {
            guard let post = agreement.post(awaiting) else { throw .unknownPost(awaiting) }
            guard post.party == me else { throw .act(.foreignAuthority(post.code)) }
        }
    }

    /// Not before the time by which an answer was asked for, and not before the time until which the other side waits.
    private static func checkLapse(_ course: Course, _ agreement: Agreement, now: UInt64) throws(Refusal) {
        let asked = Letter.replyBy(course.letter) ?? agreement.claimed(course.at + agreement.deadlines(for: course.letter.header.precedence).reply)
        var due = asked
        if case .notYet(let statement) = course.standing, case .outcome(.notYet(let until?, _, _))? = statement.act { due = max(due, until) }
        guard now >= due else { throw .act(.lapseTooEarly(due: due, now: now)) }
    }

    /// What the agreement lets nobody write alone leaves with the signatures it names, or not at all. A holding reply, a receipt and a
    /// bare 'not yet', withdrawal or lapse need nobody's courage.
    private static func release(_ outcome: LetterOutcome, _ course: Course, _ agreement: Agreement, isReleased: Bool) throws(Refusal) {
        guard let channel = ChannelNumber(course.letter.header.channel).flatMap({ agreement.channel($0) }) else { return }
        let isNeeded = channel.release != .nobody && outcome.isWorded
        if isReleased, !isNeeded { throw .release(.notNeeded(channel: channel.code)) }
        guard isNeeded, !isReleased else { return }
        throw .needsRelease(channel: channel.code, roles: channel.release.roles, instead: [])
    }

    private static func text(_ draft: ActDraft, _ outcome: LetterOutcome, _ course: Course, _ agreement: Agreement) throws(Refusal) {
        let text = String(decoding: outcome.text, as: UTF8.self)
        if case .answered = outcome, outcome.text.isEmpty { throw .emptyText }
        guard !outcome.text.isEmpty else { return }
        guard let language = draft.language else { throw .noLanguage }
        guard agreement.language(language) != nil else { throw .unknownLanguage(language) }
        try TextRules.check(text)
        if course.letter.header.precedence == .flash { try LetterRules.checkFlash(text, agreement.flash) }
    }

    /// That of the letter, turned round where the author is its addressee.
    private static func header(_ draft: ActDraft, _ course: Course, now: UInt64) -> EntryHeader {
        let letter = course.letter.header
        var isOfAsker = false
        var hasText = false
        if case .outcome(let outcome) = draft.act { (isOfAsker, hasText) = (outcome.isOfAsker, !outcome.text.isEmpty) }
        return EntryHeader(
            kind: draft.act.kind.rawValue, precedence: letter.precedence, exercise: letter.exercise, channel: letter.channel,
            fromPost: isOfAsker ? letter.fromPost : letter.toPost, toPost: isOfAsker ? letter.toPost : letter.fromPost,
            language: hasText ? draft.language?.value ?? 0 : 0, claimedTime: now
        )
    }
}
