public import HotlineAgreement
import HotlineRecord
public import HotlineWire

/// What a contact waits for next, of whom, and until when, by our own clock.
public struct ContactClock: Hashable, Sendable {
    public enum Due: Hashable, Sendable {
        /// To be in the hands of the watch.
        case receipt
        /// A holding reply, 'not yet', other windows, an acceptance or a refusal.
        case reply
        /// To what the other side proposes.
        case answer
        /// The contact itself: when its window begins.
        case contact
        /// Whether it was held or missed: when its window has ended.
        case word
    }
    /// Nil where it waits without a clock.
    public let due: Due?
    public let at: WallTime?
    /// Whose it is; nil where it is both sides'.
    public let party: StationNumber?

    private init(_ due: Due?, _ at: WallTime?, of party: StationNumber?) {
        self.due = due
        self.at = at
        self.party = party
    }

    /// - Parameter now: by our own clock.
    public init(_ contact: Contact, _ agreement: Agreement, now: WallTime) {
        let deadlines = agreement.deadlines(for: contact.request.header.precedence)
        let offering = contact.offers.keys.sorted().first { $0 != contact.asker || contact.agreed != nil }
        if let offering {
            self.init(.answer, contact.offers[offering].map { $0.at + deadlines.reply }, of: contact.other(offering))
        } else if let agreed = contact.agreed {
            let (begins, ends) = (agreement.time(claimed: agreed.window.from), agreement.time(claimed: agreed.window.to))
            if now < ends || contact.opened.count == 2 { self.init(.contact, begins, of: nil) } else { self.init(.word, ends, of: nil) }
        } else if contact.taken == nil, contact.laid == nil, contact.holdingReplies.isEmpty, contact.notYet == nil {
            self.init(.receipt, contact.at + deadlines.receipt, of: contact.addressee)
        } else if contact.holdingReplies.isEmpty, contact.notYet == nil {
            self.init(.reply, agreement.time(claimed: contact.replyBy(agreement)), of: contact.addressee)
        } else {
            self.init(nil, nil, of: contact.addressee)
        }
    }
}
