public import HotlineAgreement
public import HotlineWire

/// Whether the agreement allows a letter.
public enum LetterRules {
    /// - Throws: the first rule that the draft breaks, with what would be allowed.
    public static func check(_ draft: LetterDraft, from me: StationNumber, _ agreement: Agreement) throws(Refusal) -> Letter {
        guard let to = agreement.post(draft.to) else { throw .unknownPost(draft.to) }
        guard to.party != me else { throw .ownPost(to.code) }
        let from = try sender(draft, to: to, me, agreement)
        guard agreement.language(draft.language) != nil else { throw .unknownLanguage(draft.language) }
        let channel = try channel(draft, agreement)
        guard draft.references.count <= Limits.referencesMax else { throw .tooManyReferences(draft.references.count, max: Limits.referencesMax) }
        try TextRules.check(draft.text)
        if draft.precedence == .flash { try checkFlash(draft.text, agreement.flash) }
        return Letter(
            from: from, to: to.number, channel: channel, precedence: draft.precedence, language: draft.language, exercise: draft.exercise,
            text: draft.text
        )
    }

    private static func sender(_ draft: LetterDraft, to: Post, _ me: StationNumber, _ agreement: Agreement) throws(Refusal) -> PostNumber {
        guard let wanted = draft.from else {
            guard let counterpart = agreement.counterpart(of: to, at: me) else { throw .noCounterpart(to.code) }
            return counterpart.number
        }
        guard let post = agreement.post(wanted) else { throw .unknownPost(wanted) }
        guard post.party == me else { throw .foreignSender(post.code) }
        return post.number
    }

    private static func channel(_ draft: LetterDraft, _ agreement: Agreement) throws(Refusal) -> ChannelNumber {
        let open = agreement.channels.filter { $0.precedences.contains(draft.precedence) && $0.release == .nobody && $0.code != testsChannel }
        guard let wanted = draft.channel else {
            guard let first = open.first else { throw .noChannel(draft.precedence) }
            return first.number
        }
        guard let channel = agreement.channel(wanted) else { throw .unknownChannel(wanted) }
        guard channel.precedences.contains(draft.precedence) else {
            throw .precedenceNotOnChannel(draft.precedence, channel: channel.code, allowed: channel.precedences)
        }
        guard channel.release == .nobody else { throw .needsRelease(channel: channel.code, roles: channel.release.roles, instead: open.map(\.code)) }
        return channel.number
    }

    /// Carries line tests and no letters.
    private static let testsChannel = "tests"

    private static func checkFlash(_ text: String, _ limits: FlashLimits) throws(Refusal) {
        let words = text.split(whereSeparator: \.isWhitespace).count
        guard words <= limits.wordsMax else { throw .flashWords(words, max: limits.wordsMax) }
        guard text.utf8.count <= limits.bytesMax else { throw .flashBytes(text.utf8.count, max: limits.bytesMax) }
    }
}

/// What a text may hold (docs/spec/entries.md): no control that could hide, reorder or overwrite what is read.
public enum TextRules {
    public static func check(_ text: String) throws(Refusal) {
        guard !text.isEmpty, !text.allSatisfy(\.isWhitespace) else { throw .emptyText }
        guard text.utf8.count <= Limits.entryBytesMax - headroom else {
            throw .longText(text.utf8.count, max: Limits.entryBytesMax - headroom)
        }
        var line = 1
        for scalar in text.unicodeScalars {
            if scalar == "\n" { line += 1 } else if isForbidden(scalar) { throw .control(scalar.value, line: line) }
        }
    }

    /// C0 and C1 controls but line feed, and the bidirectional controls of UAX #9: a sender refuses them, a receiver
    /// shows them as escapes.
    public static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A: false
        case 0x00...0x1F, 0x7F...0x9F: true
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    /// The text as a receiver shows it.
    public static func shown(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            if isForbidden(scalar) { out += "\\u{\(String(scalar.value, radix: 16))}" } else { out.unicodeScalars.append(scalar) }
        }
        return out
    }

    /// Room for the fields of an entry besides its text.
    private static let headroom = 1024
}

/// Why our own station did not take what an officer handed in. Facts only; the words are at the edge.
public enum Refusal: Error, Hashable, Sendable {
    case unknownPost(PostNumber)
    case ownPost(String)
    case foreignSender(String)
    case noCounterpart(String)
    case unknownLanguage(LanguageNumber)
    case unknownChannel(ChannelNumber)
    case noChannel(Precedence)
    case precedenceNotOnChannel(Precedence, channel: String, allowed: [Precedence])
    case needsRelease(channel: String, roles: [OfficerRole], instead: [String])
    case tooManyReferences(Int, max: Int)
    /// It speaks of an entry that this station does not hold: nobody could hold such a letter (ENT-10).
    case unknownReference(EntryID)
    case emptyText
    case longText(Int, max: Int)
    case control(UInt32, line: Int)
    case flashWords(Int, max: Int)
    case flashBytes(Int, max: Int)
}
