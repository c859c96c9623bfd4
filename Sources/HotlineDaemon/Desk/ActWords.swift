import HotlineAgreement
import HotlineDesk
import HotlineRecord
import HotlineWatch
import HotlineWire

extension EntryKind {
    /// What a person calls an entry of this kind.
    static func word(_ number: UInt8) -> String {
        switch EntryKind(rawValue: number) {
        case .opening: "opening"
        case .letter, .letterByTime: "letter"
        case .receipt: "receipt"
        case .holdingReply: "holding reply"
        case .outcome: "outcome"
        case .channel: "channel"
        case .contactRequest: "request for a contact"
        case .contactStatement: "contact"
        case .presence: "presence"
        case .declaration: "declaration"
        case .recovery: "recovery"
        case .inForce: "in force"
        case .roster: "roster"
        case .lightRelease, .release: "release"
        case nil: "unknown kind \(number)"
        }
    }
}

/// What is stated about letters, in words.
extension EventWords {
    static func word(_ act: Act) -> String {
        switch act {
        case .receipt(.taken): "taken by the watch"
        case .receipt(.laid): "before the principal"
        case .holdingReply: "holding reply"
        case .outcome(.answered): "answered"
        case .outcome(.declined): "declined"
        case .outcome(.notYet): "not yet"
        case .outcome(.withdrawn): "withdrawn"
        case .outcome(.lapsed): "lapsed"
        }
    }

    /// The holding reply's text, the reason, the post whose authority is awaited: what stands beside the word.
    func detail(_ act: Act) -> String? {
        switch act {
        case .receipt, .outcome(.answered), .outcome(.withdrawn), .outcome(.lapsed): return nil
        case .holdingReply(let number):
            return agreement.holdingReply(number).map { "\(number): \(own($0.text))" } ?? "\(number), which the agreement does not have"
        case .outcome(.declined(let reason, _)):
            return agreement.declineReason(reason).map { "\($0.code): \(own($0.text))" } ?? "reason \(reason), which the agreement does not have"
        case .outcome(.notYet(let until, let awaiting, _)):
            let post = awaiting.map { "authority of \(title($0.value, nil, in: agreement) ?? "an unknown post")" }
            let time = until.map { "until \(agreement.time(claimed: $0).minute)" }
            let both = [post, time].compactMap { $0 }.joined(separator: ", ")
            return both.isEmpty ? nil : both
        }
    }

    /// A claimed time as RFC 3339; nil for 'no clock'.
    func claimed(_ seconds: UInt64) -> String? {
        guard seconds > 0, seconds < 1 << 40 else { return nil }
        return agreement.time(claimed: seconds).text
    }

    /// An entry that states something about a letter: one sentence.
    func sentence(_ entry: Entry) -> String {
        let act: Act?
        do throws(WireError) { act = try Act(kind: entry.header.kind, content: entry.content) } catch { return "an unreadable statement about a letter" }
        guard let act else { return "" }
        let parts = [EventWords.word(act), detail(act), text(act)].compactMap { $0 }
        return parts.joined(separator: "; ")
    }

    private func text(_ act: Act) -> String? {
        guard case .outcome(let outcome) = act, !outcome.text.isEmpty else { return nil }
        return TextRules.shown(String(decoding: outcome.text, as: UTF8.self))
    }

    static func words(_ breach: Breach) -> String {
        switch breach {
        case .unreadable: "it cannot be read"
        case .noAddressee: "the letter is to no post of another party"
        case .notTheAddressee: "the letter is not to its author"
        case .notTheAsker: "its author has not sent the letter"
        case .otherHandling: "it carries another precedence, channel, mark or post than the letter"
        case .repeated: "the stage was stated before"
        case .afterFinal: "its author had given the final word before"
        case .contradicts: "it contradicts its author's own word, in a record beside it as after a restore or of a clone"
        case .endedBefore: "the letter was withdrawn or had lapsed before"
        case .endedAfterAnswer: "its author had seen the answer"
        case .unknownReply(let number): "the agreement has no holding reply \(number)"
        case .unknownReason(let number): "the agreement has no reason \(number)"
        case .notOfTheContact: "it is no word of one of the two sides about one of them"
        case .answersNoLetter: "it answers what is no letter"
        case .staleOffer: "it accepts what is not the other side's last offer"
        case .noSuchWindow: "the offer has no such window"
        case .notAgreed: "no window is agreed"
        case .agreedBefore: "a window is agreed"
        case .notText: "the contact is no text session"
        case .noSession: "the session is not open"
        case .noSuchMinutes: "the other side has given no such minutes"
        }
    }

    /// Why an officer cannot state it about a contact.
    static func refusal(_ breach: Breach) -> String {
        switch breach {
        case .notTheAddressee: "that is for the side that was asked to say"
        case .notTheAsker: "that is for the side that has asked to say"
        case .repeated: "that was stated already"
        case .afterFinal: "the contact is over"
        case .answersNoLetter: "a request for a contact is accepted, and not answered: hotline contact accept"
        case .notOfTheContact: "the contact is not with that party"
        case .noSession: "the session is not open: both posts open it"
        case .unreadable, .noAddressee, .otherHandling, .contradicts, .endedBefore, .endedAfterAnswer, .unknownReply, .unknownReason, .staleOffer, .noSuchWindow, .notAgreed,
            .agreedBefore, .notText, .noSuchMinutes:
            words(breach)
        }
    }
}
