public import HotlineAgreement
import HotlineRecord
public import HotlineWire

/// Whether our own station may ask for a contact, or state something about one. A peer's statements are judged by `Contact`.
public enum ContactRules {
    /// - Parameters:
    ///   - isReleased: whether it leaves with a release.
    ///   - now: claimed time; 0 without a clock.
    /// - Returns: the header of the entry and its content.
    /// - Throws: the first rule that it breaks.
    public static func check(
        _ draft: RequestDraft, from me: StationNumber, _ agreement: Agreement, _ suspensions: Suspensions, isReleased: Bool = false, now: UInt64
    ) throws(Refusal) -> (EntryHeader, [UInt8]) {
        let letter = try LetterRules.check(draft.letter, from: me, agreement, suspensions, isReleased: isReleased, now: now)
        try check(draft.windows, now: now)
        if let replyBy = letter.replyBy, let last = draft.windows.map(\.to).max(), replyBy >= last { throw .contact(.replyByAfterWindows(replyBy)) }
        let request = ContactRequest(medium: draft.medium, replyBy: letter.replyBy, windows: draft.windows, subject: Array(letter.text.utf8))
        return (letter.header(kind: .contactRequest, claimedTime: now), request.content)
    }

    /// - Parameters:
    ///   - contact: with all that is here.
    ///   - isReleased: whether it leaves with a release.
    ///   - now: claimed time; 0 without a clock.
    /// - Returns: the header of the entry and what it refers to.
    /// - Throws: the first rule that it breaks.
    public static func check(
        _ draft: ContactDraft, _ contact: Contact, from me: StationNumber, _ agreement: Agreement, isReleased: Bool = false, now: UInt64
    ) throws(Refusal) -> (EntryHeader, [EntryID]) {
        let object = try object(draft.step, contact, me)
        if contact.addressee == nil || (me != contact.asker && me != contact.addressee) { throw .contact(.breach(.notOfTheContact)) }
        if let breach = contact.breach(draft.step, by: me, object: object, agreement) { throw .contact(.breach(breach)) }
        switch draft.step {
        case .proposed(let windows, _): try check(windows, now: now)
        case .accepted(let place):
            let offered = contact.other(me).flatMap { contact.offers[$0] }
            if let window = offered?.windows[Int(place)], window.to <= now { throw .contact(.windowPassed(window, now: now)) }
        case .act(let act): try check(act, contact, me, agreement, now: now)
        case .opened, .said, .closed, .held, .missed, .minuted, .confirmed: break
        }
        try release(draft.step, contact, agreement, isReleased: isReleased)
        try text(draft, contact, agreement)
        let header = contact.request.header
        let isTurned = me != contact.asker
        return (
            EntryHeader(
                kind: draft.step.kind.rawValue, precedence: header.precedence, exercise: header.exercise, channel: header.channel,
                fromPost: isTurned ? header.toPost : header.fromPost, toPost: isTurned ? header.fromPost : header.toPost,
                language: draft.step.text.isEmpty ? 0 : draft.language?.value ?? 0, claimedTime: now
            ),
            [draft.about] + (object.map { [$0] } ?? [])
        )
    }

    /// The offer or the minutes of the other side that are meant: the last.
    private static func object(_ step: ContactStep, _ contact: Contact, _ me: StationNumber) throws(Refusal) -> EntryID? {
        switch step {
        case .accepted:
            guard let offer = contact.other(me).flatMap({ contact.offers[$0] }) else { throw .contact(.nothingOffered) }
            return offer.id
        case .confirmed:
            guard let minutes = contact.minutes.last(where: { $0.statement.author != me }) else { throw .contact(.nothingOffered) }
            return minutes.statement.id
        case .act, .proposed, .opened, .said, .closed, .held, .missed, .minuted: return nil
        }
    }

    private static func check(_ windows: [Window], now: UInt64) throws(Refusal) {
        guard !windows.isEmpty else { throw .contact(.noWindows) }
        guard windows.count <= WatchLimits.windowsMax else { throw .contact(.tooManyWindows(windows.count, max: WatchLimits.windowsMax)) }
        if let passed = windows.first(where: { $0.to <= now }) { throw .contact(.windowPassed(passed, now: now)) }
    }

    private static func check(_ act: Act, _ contact: Contact, _ me: StationNumber, _ agreement: Agreement, now: UInt64) throws(Refusal) {
        switch act {
        case .outcome(.lapsed):
            let asked = contact.replyBy(agreement)
            var due = asked
            if case .outcome(.notYet(let until?, _, _))? = contact.notYet?.step?.act { due = max(due, until) }
            guard now >= due else { throw .act(.lapseTooEarly(due: due, now: now)) }
        case .outcome(.notYet(let until, let awaiting, _)): try ActRules.checkWaiting(until, awaiting, me, agreement, now: now)
        case .receipt, .holdingReply, .outcome: break
        }
    }

    /// As of a letter: what somebody has worded leaves a channel that needs release with its release, or not at all.
    private static func release(_ step: ContactStep, _ contact: Contact, _ agreement: Agreement, isReleased: Bool) throws(Refusal) {
        guard let channel = ChannelNumber(contact.request.header.channel).flatMap({ agreement.channel($0) }) else { return }
        let isNeeded = channel.release != .nobody && !step.text.isEmpty
        if isReleased, !isNeeded { throw .release(.notNeeded(channel: channel.code)) }
        guard isNeeded, !isReleased else { return }
        throw .needsRelease(channel: channel.code, roles: channel.release.roles, instead: [])
    }

    private static func text(_ draft: ContactDraft, _ contact: Contact, _ agreement: Agreement) throws(Refusal) {
        let text = String(decoding: draft.step.text, as: UTF8.self)
        switch draft.step {
        case .said, .minuted: if text.isEmpty { throw .emptyText }
        case .act, .accepted, .proposed, .opened, .closed, .held, .missed, .confirmed: break
        }
        guard !text.isEmpty else { return }
        guard let language = draft.language else { throw .noLanguage }
        guard agreement.language(language) != nil else { throw .unknownLanguage(language) }
        try TextRules.check(text)
        if contact.request.header.precedence == .flash { try LetterRules.checkFlash(text, agreement.flash) }
    }
}

extension Contact {
    /// By when an answer is asked for, in claimed time.
    public func replyBy(_ agreement: Agreement) -> UInt64 {
        asked?.replyBy ?? agreement.claimed(at + agreement.deadlines(for: request.header.precedence).reply)
    }
}

extension ContactStep {
    /// What is stated about letters too.
    public var act: Act? {
        if case .act(let act) = self { act } else { nil }
    }
}
