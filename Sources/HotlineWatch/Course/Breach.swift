import HotlineAgreement
import HotlineRecord
import HotlineWire

/// Why a statement about a letter changes nothing. It is kept and shown as what it is.
public enum Breach: Hashable, Sendable {
    /// Its content is not of its kind.
    case unreadable
    /// The letter is to no post of another party.
    case noAddressee
    /// Its author is not the party that the letter is to.
    case notTheAddressee
    /// Its author has not sent the letter.
    case notTheAsker
    /// It carries another precedence, channel or mark than the letter, or goes between other posts.
    case otherHandling
    /// The same stage again.
    case repeated
    /// After its author's own final word.
    case afterFinal
    /// A final word beside its author's own, in a generation of a restore or a clone. It is no breach, and is shown beside the outcome.
    case contradicts
    /// A second withdrawal or lapse.
    case endedBefore
    /// A withdrawal or lapse whose author had seen the answer.
    case endedAfterAnswer
    case unknownReply(UInt8)
    case unknownReason(UInt8)
    // Of contacts.
    /// Its author is neither the asker nor the addressee, or it says that such a one missed it.
    case notOfTheContact
    /// A letter's answer, to what is no letter.
    case answersNoLetter
    /// It accepts what is not the other side's last offer.
    case staleOffer
    case noSuchWindow
    /// No window is agreed.
    case notAgreed
    /// A window is agreed already.
    case agreedBefore
    /// The contact is no text session.
    case notText
    /// The session is not open.
    case noSession
    /// It confirms what are no minutes of the other side.
    case noSuchMinutes
}

extension Statement {
    /// Whether it is the asker's to state.
    var isOfAsker: Bool {
        guard case .outcome(let outcome) = act else { return false }
        return outcome.isOfAsker
    }

    /// Why it does not count, whatever else has been stated about the letter (docs/spec/watch.md, WAT-8); nil where it may.
    ///
    /// - Parameters:
    ///   - letter: the header of the letter.
    ///   - agreement: the one that the statement names.
    func breach(_ letter: EntryHeader, from asker: StationNumber, to addressee: StationNumber?, _ agreement: Agreement) -> Breach? {
        guard let act else { return .unreadable }
        guard let addressee else { return .noAddressee }
        guard author == (isOfAsker ? asker : addressee) else { return isOfAsker ? .notTheAsker : .notTheAddressee }
        guard entry.header.isHandled(as: letter, turned: !isOfAsker) else { return .otherHandling }
        switch act {
        case .holdingReply(let number): return agreement.holdingReply(number) == nil ? .unknownReply(number) : nil
        case .outcome(.declined(let reason, _)): return agreement.declineReason(reason) == nil ? .unknownReason(reason) : nil
        case .receipt, .outcome: return nil
        }
    }
}

extension EntryHeader {
    /// WAT-4: else an answer could leave on a channel that needs no release.
    ///
    /// - Parameter turned: whether it goes the other way than the letter.
    func isHandled(as letter: EntryHeader, turned: Bool) -> Bool {
        let posts = turned ? (letter.toPost, letter.fromPost) : (letter.fromPost, letter.toPost)
        return precedence == letter.precedence && channel == letter.channel && exercise == letter.exercise && (fromPost, toPost) == posts
    }
}
