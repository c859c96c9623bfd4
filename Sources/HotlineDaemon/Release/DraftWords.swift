import HotlineAgreement
import HotlineDesk
import HotlineStation
import HotlineWatch
import HotlineWire

/// A draft as a person reads it. On the loop's thread.
struct DraftWords {
    let core: StationCore
    let words: EventWords

    init(_ core: StationCore, _ words: EventWords) {
        self.core = core
        self.words = words
    }

    func view(_ draft: StoredDraft) throws(DeskError) -> DraftView {
        let statement = draft.statement
        let header = statement.header
        let agreement = words.agreements.agreement(statement.agreement) ?? words.agreement
        let (roster, isAboutContact) = try LoopDesk.journal { () throws(JournalError) in
            (try core.roster(), try core.isAboutContact(header, statement.references))
        }
        let roles = ReleaseNeed.roles(header, statement.content, isAboutContact: isAboutContact, agreement)
        let signers = draft.signatures.map(\.officer)
        var (kind, text, replyBy, about): (String, [UInt8], UInt64?, String?) = ("letter", [], nil, nil)
        switch draft.release.draft {
        case .letter(let letter): (text, replyBy) = (Array(letter.text.utf8), letter.replyBy)
        case .act(let act):
            kind = [EventWords.word(act.act), words.detail(act.act)].compactMap(\.self).joined(separator: ", ")
            about = words.serial(act.about, core.station)
            if case .outcome(let outcome) = act.act { text = outcome.text }
        case .request(let request):
            kind = "request for a contact, \(EventWords.word(request.medium)), \(words.windows(request.windows))"
            (text, replyBy) = (Array(request.letter.text.utf8), request.letter.replyBy)
        case .contact(let contact):
            kind = [EventWords.word(contact.step), words.detail(contact.step)].filter { !$0.isEmpty }.joined(separator: ", ")
            about = words.serial(contact.about, core.station)
            text = contact.step.text
        case .channel, .presence, .release, .roster, nil: kind = "unreadable"
        }
        var encoder = Encoder()
        statement.encode(into: &encoder)
        return DraftView(
            number: draft.number, at: draft.at.text, kind: kind, about: about, precedence: header.precedence.description, exercise: header.exercise,
            channel: ChannelNumber(header.channel).flatMap { agreement.channel($0)?.code } ?? "unknown channel \(header.channel)",
            from: words.title(header.fromPost, nil, in: agreement), to: words.title(header.toPost, nil, in: agreement),
            language: LanguageNumber(header.language).flatMap { agreement.language($0)?.tag.description }, replyBy: replyBy.flatMap(words.claimed),
            references: statement.references.map { words.serial($0, core.station) }, text: EventWords.shown(text), roles: roles.map(\.rawValue),
            signers: signers, missing: ReleaseRules.missing(signers.compactMap { roster?.officer($0) }, roles).map(\.rawValue),
            statement: Base64.string(encoder.bytes)
        )
    }
}
