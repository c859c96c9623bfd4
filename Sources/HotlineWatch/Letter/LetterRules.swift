public import HotlineAgreement
public import HotlineWire

/// Whether the agreement allows a letter.
public enum LetterRules {
    /// - Throws: the first rule that the draft breaks, with what would be allowed.
    ///
    /// - Parameters:
    ///   - isReleased: whether it leaves with its release, on a channel that needs one.
    ///   - now: claimed time; 0 without a clock.
    public static func check(
        _ draft: LetterDraft, from me: StationNumber, _ agreement: Agreement, _ suspensions: Suspensions = Suspensions(), isReleased: Bool = false, now: UInt64
    ) throws(Refusal) -> Letter {
        guard let to = agreement.post(draft.to) else { throw .unknownPost(draft.to) }
        guard to.party != me else { throw .ownPost(to.code) }
        let from = try sender(draft, to: to, me, agreement)
        guard agreement.language(draft.language) != nil else { throw .unknownLanguage(draft.language) }
        let channel = try channel(draft, agreement, suspensions, isReleased: isReleased)
        guard draft.references.count <= Limits.referencesMax else { throw .tooManyReferences(draft.references.count, max: Limits.referencesMax) }
        try TextRules.check(draft.text)
        if draft.precedence == .flash { try checkFlash(draft.text, agreement.flash) }
        if let replyBy = draft.replyBy, replyBy <= now { throw .replyByPassed(replyBy, now: now) }
        return Letter(
            from: from, to: to.number, channel: channel, precedence: draft.precedence, language: draft.language, exercise: draft.exercise,
            replyBy: draft.replyBy, text: draft.text
        )
    }

    private static func sender(_ draft: LetterDraft, to: Post, _ me: StationNumber, _ agreement: Agreement) throws(Refusal) -> PostNumber {
        guard let wanted = draft.from else {
            guard let counterpart = agreement.counterpart(of: to, at: me) else { throw .noCounterpart(to.code) }
            return counterpart.number
        }
        guard let post = agreement.post(wanted) else { throw .unknownPost(wanted) }
        guard post.party == me else { throw .foreignSender(post.code) }
        // Each rank speaks to its own: a caller of the wrong one was a reason not to answer.
        if let counterpart = agreement.counterpart(of: to, at: me), post.number != counterpart.number, !counterpart.succession.contains(post.number) {
            throw .notCounterparts(from: post.code, to: to.code, instead: counterpart.code)
        }
        return post.number
    }

    private static func channel(_ draft: LetterDraft, _ agreement: Agreement, _ suspensions: Suspensions, isReleased: Bool) throws(Refusal) -> ChannelNumber {
        let allowed = agreement.channels.filter { channel in
            channel.precedences.contains(draft.precedence) && (channel.release == .nobody) != isReleased && channel.code != Channel.tests
        }
        let open = allowed.filter { suspensions.passes(draft.precedence, on: $0) }
        guard let wanted = draft.channel else {
            guard let first = open.first else { throw allowed.first.map { suspended($0, suspensions) } ?? .noChannel(draft.precedence) }
            return first.number
        }
        guard let channel = agreement.channel(wanted) else { throw .unknownChannel(wanted) }
        guard channel.precedences.contains(draft.precedence) else {
            throw .precedenceNotOnChannel(draft.precedence, channel: channel.code, allowed: channel.precedences)
        }
        if isReleased, channel.release == .nobody { throw .release(.notNeeded(channel: channel.code)) }
        guard isReleased || channel.release == .nobody else { throw .needsRelease(channel: channel.code, roles: channel.release.roles, instead: open.map(\.code)) }
        guard suspensions.passes(draft.precedence, on: channel) else { throw suspended(channel, suspensions) }
        return channel.number
    }

    private static func suspended(_ channel: Channel, _ suspensions: Suspensions) -> Refusal {
        let parties = suspensions.parties(suspending: channel.number.value).map(\.party)
        return .channelSuspended(channel: channel.code, by: parties, passing: channel.precedences.filter { channel.passesWhenSuspended($0) })
    }

    static func checkFlash(_ text: String, _ limits: FlashLimits) throws(Refusal) {
        let words = text.split(whereSeparator: \.isWhitespace).count
        guard words <= limits.wordsMax else { throw .flashWords(words, max: limits.wordsMax) }
        guard text.utf8.count <= limits.bytesMax else { throw .flashBytes(text.utf8.count, max: limits.bytesMax) }
    }
}
