/// A letter, or a contact, that waits for something.
public struct OpenView: Codable, Hashable, Sendable {
    public let serial: String
    public let id: String
    /// 'letter', or 'contact' and its medium.
    public let kind: String
    /// Whether we sent it and wait for them; else they wait for us.
    public let isOwn: Bool
    public let precedence: String
    public let exercise: Bool
    public let channel: String
    public let from: String?
    public let to: String?
    /// RFC 3339, our own clock: when it became durable here.
    public let at: String
    /// How far it has got: 'sent', 'at their station', 'here', 'taken by the watch', 'before the principal', 'not yet'.
    public let stage: String
    /// What is due next, 'receipt', 'reply', 'answer', 'contact' or 'held or missed', and when (RFC 3339, our own clock); nil where nothing is.
    public let due: String?
    public let dueAt: String?
    public let isLate: Bool

    public init(
        serial: String, id: String, kind: String, isOwn: Bool, precedence: String, exercise: Bool, channel: String, from: String?, to: String?, at: String,
        stage: String, due: String?, dueAt: String?, isLate: Bool
    ) {
        self.serial = serial
        self.id = id
        self.kind = kind
        self.isOwn = isOwn
        self.precedence = precedence
        self.exercise = exercise
        self.channel = channel
        self.from = from
        self.to = to
        self.at = at
        self.stage = stage
        self.due = due
        self.dueAt = dueAt
        self.isLate = isLate
    }
}

/// One attempt to reach a post, by letter or by a request for a contact, and what became of it.
public struct AttemptView: Codable, Hashable, Sendable {
    public let serial: String
    public let id: String
    /// 'letter', or 'contact' and its medium.
    public let kind: String
    public let party: String
    public let isOwn: Bool
    public let precedence: String
    public let exercise: Bool
    public let from: String?
    public let to: String?
    /// Their codes in the agreement.
    public let fromPost: String?
    public let toPost: String?
    /// RFC 3339, as the asker's clock claims; nil where it had none.
    public let claimedAt: String?
    /// RFC 3339, our own clock: when it became durable here.
    public let at: String
    /// How far it got, and whose word that is, in the order of our own clock.
    public let stages: [StageView]
    public let outcome: OutcomeView
    /// The entries that state all this, the attempt first, as 'record prove' takes them.
    public let entries: [String]

    public init(
        serial: String, id: String, kind: String, party: String, isOwn: Bool, precedence: String, exercise: Bool, from: String?, to: String?,
        fromPost: String? = nil, toPost: String? = nil, claimedAt: String?, at: String = "", stages: [StageView] = [], outcome: OutcomeView, entries: [String] = []
    ) {
        self.serial = serial
        self.id = id
        self.kind = kind
        self.party = party
        self.isOwn = isOwn
        self.precedence = precedence
        self.exercise = exercise
        self.from = from
        self.to = to
        self.fromPost = fromPost
        self.toPost = toPost
        self.claimedAt = claimedAt
        self.at = at
        self.stages = stages
        self.outcome = outcome
        self.entries = entries
    }
}

/// What became of a letter, as far as the transcript here says.
public struct OutcomeView: Codable, Hashable, Sendable {
    /// 'answered', 'declined', 'not yet', 'withdrawn', 'lapsed', 'answered late', 'declined late'; 'open' where there is none.
    public let outcome: String
    /// RFC 3339, as its author's clock claims.
    public let claimedAt: String?
    public let party: String?
    /// The entry that states it.
    public let serial: String?
    /// The reason, or of which post and until when authority is awaited, in words.
    public let detail: String?
    public let text: String?

    public init(outcome: String, claimedAt: String? = nil, party: String? = nil, serial: String? = nil, detail: String? = nil, text: String? = nil) {
        self.outcome = outcome
        self.claimedAt = claimedAt
        self.party = party
        self.serial = serial
        self.detail = detail
        self.text = text
    }
}
