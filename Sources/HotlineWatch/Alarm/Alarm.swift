public import HotlineAgreement
import HotlineRecord
public import HotlineWire

/// Something that somebody should do, or know, by a time. Derived from transcript, agreement and the state of the line; never scheduled.
public struct Alarm: Hashable, Sendable {
    public enum Kind: UInt8, Sendable, CaseIterable {
        /// A letter or a request of theirs is to be in the hands of our watch.
        case receiptDue = 1
        /// One of theirs waits for our answer, holding reply or 'not yet'.
        case replyDue = 2
        /// One of ours is not in the hands of their watch in its time.
        case receiptLate = 3
        /// One of ours has no answer, holding reply or 'not yet' in its time.
        case replyLate = 4
        /// The time until which a letter was to wait for authority has passed.
        case waitOver = 5
        /// What the other side proposes for a contact waits for our answer.
        case answerDue = 6
        /// An agreed contact begins.
        case contactBegins = 7
        /// A contact's window is over, and nobody has said whether it was held or missed.
        case contactUntold = 8
        /// Nothing is heard of a station.
        case lineDown = 9
    }
    public let kind: Kind
    /// The letter or the request; nil for the line.
    public let about: EntryID?
    /// The other party.
    public let party: StationNumber
    /// When it is due, by our own clock.
    public let at: WallTime
    public let precedence: Precedence
    public let exercise: Bool
    /// It rings once: a FLASH beyond the other side's quota (AGR-23).
    public let isOverQuota: Bool

    public init(
        _ kind: Kind, about: EntryID?, party: StationNumber, at: WallTime, precedence: Precedence = .immediate, exercise: Bool = false, isOverQuota: Bool = false
    ) {
        self.kind = kind
        self.about = about
        self.party = party
        self.at = at
        self.precedence = precedence
        self.exercise = exercise
        self.isOverQuota = isOverQuota
    }

    /// What it is called in the local log: the same after a crash.
    public var name: String {
        guard let about else { return "\(kind.rawValue)/\(party)/\(at.milliseconds)" }
        return "\(kind.rawValue)/\(about)"
    }
}

extension Alarm {
    /// All that is due or will be, of letters and contacts that are open.
    ///
    /// - Parameters:
    ///   - me: our own station.
    ///   - now: by our own clock.
    public static func dues(_ duty: Duty, _ contacts: [Contact], _ agreement: Agreement, me: StationNumber, now: WallTime) -> [Alarm] {
        duty.open.values.flatMap { of($0, agreement, me) } + contacts.compactMap { of($0, agreement, me, now) }
    }

    private static func of(_ letter: OpenLetter, _ agreement: Agreement, _ me: StationNumber) -> [Alarm] {
        let isOwn = letter.asker == me
        guard isOwn || letter.addressee == me else { return [] }
        let clocks = LetterClocks(letter, agreement)
        func alarm(_ kind: Kind, _ at: WallTime) -> Alarm {
            Alarm(
                kind, about: letter.id, party: isOwn ? letter.addressee : letter.asker, at: at, precedence: letter.precedence, exercise: letter.exercise,
                isOverQuota: letter.isOverQuota
            )
        }
        if let until = letter.notYet { return until.map { [alarm(.waitOver, agreement.time(claimed: $0))] } ?? [] }
        guard letter.repliedAt == nil else { return [] }
        let reply = alarm(isOwn ? .replyLate : .replyDue, clocks.replyDue)
        return letter.takenAt == nil ? [alarm(isOwn ? .receiptLate : .receiptDue, clocks.receiptDue), reply] : [reply]
    }

    private static func of(_ contact: Contact, _ agreement: Agreement, _ me: StationNumber, _ now: WallTime) -> Alarm? {
        guard let addressee = contact.addressee, contact.asker == me || addressee == me else { return nil }
        let clock = ContactClock(contact, agreement, now: now)
        // Whoever sits in the session needs no bell.
        guard let due = clock.due, let at = clock.at, due != .contact || contact.opened.count < 2 else { return nil }
        let isOurs = clock.party.map { $0 == me } ?? true
        let kind: Kind =
            switch due {
            case .receipt: isOurs ? .receiptDue : .receiptLate
            case .reply: isOurs ? .replyDue : .replyLate
            case .answer: isOurs ? .answerDue : .replyLate
            case .contact: .contactBegins
            case .word: .contactUntold
            }
        let header = contact.request.header
        return Alarm(
            kind, about: contact.request.id, party: contact.asker == me ? addressee : contact.asker, at: at, precedence: header.precedence, exercise: header.exercise
        )
    }
}
