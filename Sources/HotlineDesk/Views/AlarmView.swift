/// An alarm that has rung, and whether somebody has acknowledged it.
public struct AlarmView: Codable, Hashable, Sendable {
    /// As 'alarm acknowledge' takes it: the serial it is about, or the mark of the party.
    public let name: String
    /// 'receipt due', 'reply due', 'their receipt is late', 'their reply is late', 'authority awaited in vain', 'answer due', 'contact begins',
    /// 'contact untold', 'line down'.
    public let kind: String
    /// What happened, in one sentence.
    public let what: String
    /// What to do, in one sentence.
    public let hint: String
    public let precedence: String
    public let exercise: Bool
    /// RFC 3339, our own clock.
    public let dueAt: String
    public let rings: Int
    /// The codes of the posts at which it rings: the first, then up the succession.
    public let posts: [String]
    public let acknowledgedBy: String?

    public init(
        name: String, kind: String, what: String, hint: String, precedence: String, exercise: Bool, dueAt: String, rings: Int, posts: [String], acknowledgedBy: String?
    ) {
        self.name = name
        self.kind = kind
        self.what = what
        self.hint = hint
        self.precedence = precedence
        self.exercise = exercise
        self.dueAt = dueAt
        self.rings = rings
        self.posts = posts
        self.acknowledgedBy = acknowledgedBy
    }
}

/// Who has the watch at this station, and what is to be known of its alarms.
public struct DutyView: Codable, Hashable, Sendable {
    /// Nil where nobody has taken it.
    public let officer: String?
    /// RFC 3339, our own clock.
    public let since: String?
    /// What the one before has left.
    public let note: String?
    public let alarms: [AlarmView]
    /// The calendar clock has jumped: no deadline rings until somebody has confirmed the time.
    public let isTimeDoubtful: Bool
    /// The local log cannot be written.
    public let isLogBroken: Bool

    public init(officer: String?, since: String?, note: String?, alarms: [AlarmView], isTimeDoubtful: Bool, isLogBroken: Bool) {
        self.officer = officer
        self.since = since
        self.note = note
        self.alarms = alarms
        self.isTimeDoubtful = isTimeDoubtful
        self.isLogBroken = isLogBroken
    }
}
