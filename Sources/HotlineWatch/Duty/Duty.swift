public import HotlineAgreement
public import HotlineRecord
public import HotlineWire

/// The letters of a line that wait for something, in memory: what an officer on watch must not forget.
///
/// A letter is open from the moment it is durable here until a final word of either side. What became of a letter that is
/// not open, `Course` tells from the journal.
public struct Duty: Sendable {
    public private(set) var open: [EntryID: OpenLetter] = [:]
    /// Letters of a party that were not taken in because too many of it wait already. They are in the record all the same.
    public private(set) var unwatched: [StationNumber: UInt64] = [:]

    private(set) var quotas: [StationNumber: FlashQuota] = [:]

    /// How many of a party are open, of each precedence: looked at with every letter.
    private var counts: [StationNumber: [Int]] = [:]

    public init() {}

    /// Open letters, the most urgent first, then in order of their time here.
    public var inOrder: [OpenLetter] {
        open.values.sorted { $0.isBefore($1) }
    }

    /// Takes an entry in that has just become durable here; whatever it is.
    public mutating func apply(_ entry: Entry, at: WallTime, _ agreement: Agreement) {
        if EntryKind(rawValue: entry.header.kind)?.isLetter ?? false { return begin(entry, at: at, agreement) }
        guard let statement = Statement(entry, at: at), var letter = open[statement.letter],
            statement.breach(letter.header, from: letter.asker, to: letter.addressee, agreement) == nil
        else { return }
        switch statement.act {
        case .receipt(.taken): letter.takenAt = letter.takenAt ?? at
        case .receipt(.laid):
            letter.takenAt = letter.takenAt ?? at
            letter.laidAt = letter.laidAt ?? at
        case .holdingReply:
            letter.repliedAt = letter.repliedAt ?? at
        case .outcome(.notYet(let until, _, _)):
            letter.repliedAt = letter.repliedAt ?? at
            letter.notYet = .some(until)
        case .outcome, nil: return remove(letter)
        }
        open[letter.id] = letter
    }

    /// From a snapshot.
    mutating func restore(_ letter: OpenLetter) { insert(letter) }
    mutating func restore(_ quota: FlashQuota, of party: StationNumber) { quotas[party] = quota }
    mutating func restore(unwatched count: UInt64, of party: StationNumber) { unwatched[party] = count }

    private mutating func begin(_ entry: Entry, at: WallTime, _ agreement: Agreement) {
        guard let addressee = PostNumber(entry.header.toPost).flatMap({ agreement.post($0)?.party }), addressee != entry.id.author else { return }
        var letter = OpenLetter(entry, to: addressee, at: at)
        if letter.precedence == .flash {
            var quota = quotas[letter.asker] ?? FlashQuota(agreement.flash, at: at)
            letter.isOverQuota = !quota.take(agreement.flash, at: at)
            quotas[letter.asker] = quota
        }
        let counts = counts[letter.asker] ?? []
        guard counts.reduce(0, +) >= WatchLimits.openMax else { return insert(letter) }
        // The least urgent gives way to a more urgent one, the latest of them first.
        unwatched[letter.asker, default: 0] += 1
        guard counts.indices.contains(where: { $0 > letter.precedence.rawValue && counts[$0] > 0 }),
            let last = open.values.filter({ $0.asker == letter.asker }).max(by: { $0.isBefore($1) })
        else { return }
        remove(last)
        insert(letter)
    }

    private mutating func insert(_ letter: OpenLetter) {
        open[letter.id] = letter
        counts[letter.asker, default: Array(repeating: 0, count: Precedence.allCases.count)][Int(letter.precedence.rawValue)] += 1
    }

    private mutating func remove(_ letter: OpenLetter) {
        open[letter.id] = nil
        counts[letter.asker]?[Int(letter.precedence.rawValue)] -= 1
    }
}

/// A letter without a final word. Times are when each stage became durable here, by our own clock.
public struct OpenLetter: Hashable, Sendable {
    public let id: EntryID
    public let addressee: StationNumber
    public let precedence: Precedence
    public let exercise: Bool
    public let channel: UInt8
    public let fromPost: UInt8
    public let toPost: UInt8
    public let at: WallTime
    /// Claimed time by which an answer is asked for, where the letter says its own.
    public let replyBy: UInt64?
    /// A FLASH beyond its asker's quota: its alarm is lower, and nothing else of it.
    public internal(set) var isOverQuota = false
    public internal(set) var takenAt: WallTime?
    public internal(set) var laidAt: WallTime?
    /// The first holding reply or 'not yet'.
    public internal(set) var repliedAt: WallTime?
    /// The latest 'not yet': until when, if it says so.
    public internal(set) var notYet: UInt64??

    public var asker: StationNumber { id.author }

    /// What a statement about it must carry.
    var header: EntryHeader {
        EntryHeader(
            kind: EntryKind.letter.rawValue, precedence: precedence, exercise: exercise, channel: channel, fromPost: fromPost, toPost: toPost
        )
    }

    /// The most urgent first, then in order of their time here.
    func isBefore(_ other: OpenLetter) -> Bool { (precedence, at, id) < (other.precedence, other.at, other.id) }

    init(_ entry: Entry, to addressee: StationNumber, at: WallTime) {
        id = entry.id
        self.addressee = addressee
        precedence = entry.header.precedence
        exercise = entry.header.exercise
        channel = entry.header.channel
        fromPost = entry.header.fromPost
        toPost = entry.header.toPost
        self.at = at
        replyBy = Letter.replyBy(entry)
    }
}

/// What of a letter is due, and when, by our own clock.
public struct LetterClocks: Hashable, Sendable {
    /// By when it is to be in the hands of the watch.
    public let receiptDue: WallTime
    /// By when there is to be an answer, a holding reply or a 'not yet'.
    public let replyDue: WallTime

    public init(_ letter: OpenLetter, _ agreement: Agreement) {
        let deadlines = agreement.deadlines(for: letter.precedence)
        receiptDue = letter.at + deadlines.receipt
        replyDue = letter.replyBy.map { agreement.time(claimed: $0) } ?? letter.at + deadlines.reply
    }
}

extension Agreement {
    /// The calendar time of a claimed time: whole seconds since the date of the first agreement. One beyond all calendars
    /// is the end of them.
    public func time(claimed seconds: UInt64) -> WallTime {
        WallTime(milliseconds: self.epoch.milliseconds + Int64(min(seconds, 1 << 40)) * 1000)
    }

    /// The claimed time of a calendar time; 0, 'no clock', where that lies before the line.
    public func claimed(_ time: WallTime) -> UInt64 {
        let seconds = (time.milliseconds - self.epoch.milliseconds) / 1000
        return seconds > 0 ? UInt64(seconds) : 0
    }
}
