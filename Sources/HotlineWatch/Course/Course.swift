public import HotlineAgreement
public import HotlineRecord
public import HotlineWire

/// What has been stated about one letter, and what became of it. Both sides compute the same from the same transcript.
///
/// ```
///   sent ─▶ taken by the watch ─▶ before the principal
///     │           │                      │            addressee: holding replies, 'not yet', then
///     └───────────┴──────────────────────┴──────────▶ answered | declined
///     └──────────────────────────────────────────────▶ withdrawn | lapsed            (the asker)
/// ```
///
/// Each side's own statements count in the order of its record, so the first final one of each counts. Where both have one,
/// the asker's stands unless it had seen the other; an answer that crossed it is 'answered late'. No clock decides.
/// A statement that breaks a rule is kept as a breach and changes nothing.
public struct Course: Sendable {
    public let letter: Entry
    /// When the letter became durable here.
    public let at: WallTime
    /// The party that the letter is to; nil where the agreement knows no such post of another party.
    public let addressee: StationNumber?
    private let agreement: Agreement

    public private(set) var taken: Statement?
    public private(set) var laid: Statement?
    /// Holding replies, in order; the first `WatchLimits.repliesMax`.
    public private(set) var holdingReplies: [Statement] = []
    /// The latest 'not yet'.
    public private(set) var notYet: Statement?
    /// The addressee's final word.
    public private(set) var answer: Statement?
    /// The asker's.
    public private(set) var end: Statement?
    public private(set) var breaches: [(statement: Statement, breach: Breach)] = []

    public init(_ letter: Entry, at: WallTime, _ agreement: Agreement) {
        self.letter = letter
        self.at = at
        self.agreement = agreement
        let party = PostNumber(letter.header.toPost).flatMap { agreement.post($0)?.party }
        addressee = party == letter.id.author ? nil : party
    }

    public var asker: StationNumber { letter.id.author }

    /// What became of the letter, as far as the transcript here says.
    public var standing: Standing {
        guard let end else { return answer.map { .ended($0, late: nil) } ?? notYet.map { .notYet($0) } ?? .open }
        return .ended(end, late: answer)
    }

    /// Takes a statement in. Those of one author come in the order of its record.
    ///
    /// - Parameter order: whether a generation lies before another of the same record.
    public mutating func apply(_ statement: Statement, order: (GenerationID, GenerationID) -> Bool) {
        if let breach = breach(of: statement, order) {
            if breaches.count < WatchLimits.breachesMax { breaches.append((statement, breach)) }
            return
        }
        switch statement.act {
        case .receipt(.taken): taken = statement
        case .receipt(.laid): laid = statement
        case .holdingReply:
            if holdingReplies.count < WatchLimits.repliesMax { holdingReplies.append(statement) }
        case .outcome(.notYet): notYet = statement
        case .outcome(.answered), .outcome(.declined):
            answer = statement
            // It may have come before it only because the lines of two records cross.
            if let end, end.entry.hasSeen(statement.id, order) {
                self.end = nil
                breaches.append((end, .endedAfterAnswer))
            }
        case .outcome(.withdrawn), .outcome(.lapsed): end = statement
        case nil: break
        }
    }

    private func breach(of statement: Statement, _ order: (GenerationID, GenerationID) -> Bool) -> Breach? {
        guard let act = statement.act else { return .unreadable }
        guard let addressee else { return .noAddressee }
        if case .outcome(let outcome) = act, outcome.isOfAsker {
            guard statement.author == asker else { return .notTheAsker }
            guard end == nil else { return .endedBefore }
            if let answer, statement.entry.hasSeen(answer.id, order) { return .endedAfterAnswer }
            return nil
        }
        guard statement.author == addressee else { return .notTheAddressee }
        guard answer == nil else { return .afterFinal }
        switch act {
        case .receipt(.taken): return taken == nil ? nil : .repeated
        case .receipt(.laid): return laid == nil ? nil : .repeated
        case .holdingReply(let number): return agreement.holdingReply(number) == nil ? .unknownReply(number) : nil
        case .outcome(.declined(let reason, _)): return agreement.declineReason(reason) == nil ? .unknownReason(reason) : nil
        case .outcome: return nil
        }
    }

    /// What became of a letter.
    public enum Standing: Sendable {
        case open
        /// The addressee waits for authority.
        case notYet(Statement)
        /// The final word that counts; `late` is an answer that crossed a withdrawal or a lapse.
        case ended(Statement, late: Statement?)
    }
}

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
    /// The same stage again.
    case repeated
    /// After its author's own final word.
    case afterFinal
    /// A second withdrawal or lapse.
    case endedBefore
    /// A withdrawal or lapse whose author had seen the answer.
    case endedAfterAnswer
    case unknownReply(UInt8)
    case unknownReason(UInt8)
}

extension Entry {
    /// Whether its author durably had another entry when it wrote this one.
    public func hasSeen(_ id: EntryID, _ order: (GenerationID, GenerationID) -> Bool) -> Bool {
        seen.contains { head in
            head.generation == id.generation ? head.size > RecordSize(id.number.value) : head.generation.station == id.author && order(id.generation, head.generation)
        }
    }
}
