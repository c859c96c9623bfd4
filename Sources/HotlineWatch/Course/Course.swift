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
/// the asker's stands unless it had seen the other, which is then no word of its; an answer that crossed it is 'answered late'. No clock
/// decides, nor the order in which statements came here. Another final word of one author, in a generation beside that of its first, as after a
/// restore, contradicts the first: it changes nothing, and is shown beside it.
/// A statement that breaks a rule is kept as a breach and changes nothing.
public struct Course: Sendable {
    public let letter: Entry
    /// When the letter became durable here.
    public let at: WallTime
    /// The party that the letter is to; nil where the agreement knows no such post of another party.
    public let addressee: StationNumber?

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
    /// What changes nothing. What contradicts a final word stands here too, and is no breach.
    public private(set) var breaches: [(statement: Statement, breach: Breach)] = []
    /// The addressee's final words, also those that contradict the first.
    private var answers: [EntryID] = []

    /// - Parameters:
    ///   - statements: all that are here about the letter, in any order.
    ///   - shown: of final words of the asker, what its record shows beside them to have been seen (`SeenBetween`).
    ///   - agreement: the one of a hash, as an entry names it.
    public init(
        _ letter: Entry, at: WallTime, _ statements: [Statement], in order: RecordOrder, shown: [EntryID: [Entry.Seen]] = [:], _ agreement: (Hash) -> Agreement
    ) {
        self.letter = letter
        self.at = at
        let party = PostNumber(letter.header.toPost).flatMap { agreement(letter.agreement).post($0)?.party }
        addressee = party == letter.id.author ? nil : party
        var ofAsker: [Statement] = []
        for statement in order.sorted(statements, \.id) {
            if let breach = statement.breach(letter.header, from: asker, to: addressee, agreement(statement.entry.agreement)) {
                note(statement, breach)
            } else if statement.isOfAsker {
                ofAsker.append(statement)
            } else {
                take(statement, order)
            }
        }
        // Only once the addressee's word is known: what the asker had seen of it decides.
        for statement in ofAsker { close(statement, shown[statement.id] ?? [], order) }
    }

    public var asker: StationNumber { letter.id.author }

    /// What counts of all that was stated, in the order of its time here.
    public var stated: [Statement] {
        ([taken, laid, notYet, answer, end].compactMap { $0 } + holdingReplies).sorted { ($0.at, $0.id) < ($1.at, $1.id) }
    }

    /// What became of the letter, as far as the transcript here says.
    public var standing: Standing {
        guard let end else { return answer.map { .ended($0, late: nil) } ?? notYet.map { .notYet($0) } ?? .open }
        return .ended(end, late: answer)
    }

    /// The addressee's.
    private mutating func take(_ statement: Statement, _ order: RecordOrder) {
        if case .outcome(let outcome) = statement.act, outcome.isFinal, answer.map({ order.areBeside(statement.id.generation, $0.id.generation) }) ?? true {
            answers.append(statement.id)
        }
        guard answer == nil else { return note(statement, answers.last == statement.id ? .contradicts : .afterFinal) }
        switch statement.act {
        case .receipt(.taken): if taken == nil { taken = statement } else { note(statement, .repeated) }
        case .receipt(.laid): if laid == nil { laid = statement } else { note(statement, .repeated) }
        case .holdingReply: if holdingReplies.count < WatchLimits.repliesMax { holdingReplies.append(statement) }
        case .outcome(.notYet): notYet = statement
        case .outcome(.answered), .outcome(.declined): answer = statement
        case .outcome(.withdrawn), .outcome(.lapsed), nil: break
        }
    }

    /// The asker's.
    private mutating func close(_ statement: Statement, _ shown: [Entry.Seen], _ order: RecordOrder) {
        if let end {
            note(statement, order.areBeside(statement.id.generation, end.id.generation) ? .contradicts : .endedBefore)
        } else if answers.contains(where: { order.reach(statement.entry.seen, $0) || order.reach(shown, $0) }) {
            note(statement, .endedAfterAnswer)
        } else {
            end = statement
        }
    }

    /// No flood of breaches hides what contradicts.
    private mutating func note(_ statement: Statement, _ breach: Breach) {
        guard breaches.count(where: { ($0.breach == .contradicts) == (breach == .contradicts) }) < WatchLimits.breachesMax else { return }
        breaches.append((statement, breach))
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
