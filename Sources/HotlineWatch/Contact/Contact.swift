public import HotlineAgreement
public import HotlineRecord
public import HotlineWire

/// A contact of two posts: what has been stated about one request, and how it stands. Both sides compute the same from the
/// same transcript (docs/spec/watch.md).
///
/// ```
///   requested ─▶ taken, before the principal, holding replies, not yet
///       │  ▲
///       ▼  │ other windows (either side)
///    accepted = agreed ─▶ in session ─▶ closed          (a text session, on the line)
///       │  ▲     └─────▶ held | missed, by each side's word ─▶ minutes, confirmed
///       │  └─ moved: another window proposed, accepted
///       └───▶ declined (the addressee) | withdrawn (the asker) | lapsed (the asker, before it is agreed)
/// ```
///
/// The statements of the two sides count in one order: a statement after all that its author had seen, and of two that crossed the
/// asker's first. No clock decides, nor the order in which they came here. One that breaks a rule is kept and changes nothing.
public struct Contact: Sendable {
    public let request: Entry
    /// What is asked for; nil where that cannot be read.
    public let asked: ContactRequest?
    /// When the request became durable here.
    public let at: WallTime
    /// The party that is asked; nil where the agreement knows no such post of another party, or nothing is asked for.
    public let addressee: StationNumber?

    public internal(set) var taken: ContactStatement?
    public internal(set) var laid: ContactStatement?
    /// In order; the first `WatchLimits.repliesMax`.
    public internal(set) var holdingReplies: [ContactStatement] = []
    /// The latest 'not yet'.
    public internal(set) var notYet: ContactStatement?
    /// What each side offers now and the other has not accepted.
    public internal(set) var offers: [StationNumber: Offer] = [:]
    public internal(set) var agreed: Agreed?
    /// Declined, withdrawn or lapsed.
    public internal(set) var end: ContactStatement?
    /// The addressee's acceptance or refusal that crossed the asker's end.
    public internal(set) var late: ContactStatement?
    /// Who is at the machine, in order.
    public internal(set) var opened: [ContactStatement] = []
    public internal(set) var closed: ContactStatement?
    /// The texts of the session, in order.
    public internal(set) var said: [ContactStatement] = []
    /// Held or missed, by each side's own word; the first of each.
    public internal(set) var words: [ContactStatement] = []
    public internal(set) var minutes: [Minutes] = []
    /// What changes nothing, and why.
    public internal(set) var void: [Void] = []

    public struct Offer: Hashable, Sendable {
        /// The request, or a proposal.
        public let id: EntryID
        public let windows: [Window]
        /// When it became durable here, by our own clock.
        public let at: WallTime
    }
    public struct Agreed: Hashable, Sendable {
        public let window: Window
        /// The acceptance.
        public let statement: ContactStatement
        /// The window it was moved from.
        public let before: Window?
    }
    /// A statement that changes nothing. A *breach*, unless by what its author had seen it would have counted: then the two sides *crossed*, and
    /// nobody is to blame. `.contradicts` where a restore or a clone of its author has said otherwise.
    public struct Void: Hashable, Sendable {
        public let statement: ContactStatement
        public let breach: Breach
        public let isCrossed: Bool
    }
    public struct Minutes: Hashable, Sendable {
        public let statement: ContactStatement
        public internal(set) var confirmation: ContactStatement?
    }

    /// - Parameters:
    ///   - statements: all that are here about the request, in any order.
    ///   - agreement: the one of a hash, as an entry names it.
    public init(_ request: Entry, at: WallTime, _ statements: [ContactStatement], in order: RecordOrder, _ agreement: (Hash) -> Agreement) {
        self.init(request, at: at, agreement(request.agreement))
        let sorted = order.sorted(statements, \.id)
        for statement in sorted where !isParty(statement.author) {
            note(statement, statement.step == nil ? .unreadable : addressee == nil ? .noAddressee : .notOfTheContact)
        }
        let both = addressee == nil ? [] : order.merged(sorted.filter { $0.author == asker }, sorted.filter { $0.author == addressee }, \.entry)
        for (index, statement) in both.enumerated() {
            guard let breach = breach(statement, agreement(statement.entry.agreement)) else {
                apply(statement)
                continue
            }
            func wouldCount(_ isLeft: (ContactStatement) -> Bool) -> Bool {
                let before = both[..<index].filter { $0.author == statement.author ? isLeft($0) : statement.entry.hasSeen($0.id, order) }
                return before.count < index && Contact(request, at: at, before, agreement).breach(statement, agreement(statement.entry.agreement)) == nil
            }
            if wouldCount({ _ in true }) {
                take(statement, breach, isCrossed: true)
            } else {
                let isBeside = wouldCount { !order.areBeside($0.id.generation, statement.id.generation) }
                note(statement, isBeside ? .contradicts : breach)
            }
        }
    }

    /// Nothing stated about it yet.
    private init(_ request: Entry, at: WallTime, _ agreement: Agreement) {
        self.request = request
        self.at = at
        asked = try? ContactRequest(content: request.content)
        let party = PostNumber(request.header.toPost).flatMap { agreement.post($0)?.party }
        addressee = party == request.id.author || asked == nil ? nil : party
        if let asked { offers[request.id.author] = Offer(id: request.id, windows: asked.windows, at: at) }
    }

    /// What one side had seen, in the order in which it counts.
    private init(_ request: Entry, at: WallTime, _ seen: [ContactStatement], _ agreement: (Hash) -> Agreement) {
        self.init(request, at: at, agreement(request.agreement))
        for statement in seen where breach(statement, agreement(statement.entry.agreement)) == nil { apply(statement) }
    }

    public var asker: StationNumber { request.id.author }

    /// The other side of a party.
    func other(_ party: StationNumber) -> StationNumber? { party == asker ? addressee : asker }

    private func isParty(_ party: StationNumber) -> Bool { addressee != nil && (party == asker || party == addressee) }

    /// How it stands, as far as the transcript here says.
    public var standing: Standing {
        if let end { return .ended(end, late: late) }
        guard let agreed else { return notYet.map { .notYet($0) } ?? .requested }
        if closed != nil || !words.isEmpty { return .over(agreed) }
        return opened.count == 2 ? .inSession(agreed) : .agreed(agreed)
    }

    public enum Standing: Sendable {
        /// Asked for; perhaps other windows were proposed (`offers`).
        case requested
        case notYet(ContactStatement)
        case agreed(Agreed)
        case inSession(Agreed)
        /// Closed, or held or missed by somebody's word.
        case over(Agreed)
        /// Declined, withdrawn or lapsed; `late` crossed it.
        case ended(ContactStatement, late: ContactStatement?)
    }

    /// What counts of all that was stated, in the order of its time here.
    public var stated: [ContactStatement] {
        let single = [taken, laid, notYet, agreed?.statement, end, late, closed].compactMap { $0 }
        let all = single + holdingReplies + opened + words + minutes.flatMap { [$0.statement] + ($0.confirmation.map { [$0] } ?? []) }
        return all.sorted { ($0.at, $0.id) < ($1.at, $1.id) }
    }

    /// No flood of breaches hides what contradicts.
    mutating func note(_ statement: ContactStatement, _ breach: Breach, isCrossed: Bool = false) {
        guard void.count(where: { ($0.breach == .contradicts) == (breach == .contradicts) }) < WatchLimits.breachesMax else { return }
        void.append(Void(statement: statement, breach: breach, isCrossed: isCrossed))
    }
}
