/// A letter that is durable here and on its way.
public struct SentView: Codable, Hashable, Sendable {
    public let serial: String
    /// `station/generation/number`.
    public let id: String
    public init(serial: String, id: String) {
        self.serial = serial
        self.id = id
    }
}

/// One entry as a person reads it.
public struct EntryView: Codable, Hashable, Sendable {
    /// `W-1042`.
    public let serial: String
    /// `station/generation/number`.
    public let id: String
    public let party: String
    /// Whether it is of our own record.
    public let isOwn: Bool
    /// 'letter', 'receipt', 'holding reply', 'outcome', 'opening', 'declaration', 'recovery', 'in force', 'roster', or 'unknown kind n'.
    public let kind: String
    public let precedence: String
    public let exercise: Bool
    public let channel: String
    /// Title of the post, in the reader's language; nil where the entry names none.
    public let from: String?
    public let to: String?
    /// Their codes in the agreement, as `send --to` takes them.
    public let fromPost: String?
    public let toPost: String?
    /// How the addressee is addressed, in the text's language.
    public let address: String?
    /// The language tag of the text.
    public let language: String?
    /// RFC 3339, as the author's clock claims; nil where it had no clock.
    public let claimedAt: String?
    /// RFC 3339, our own clock: when it became durable here.
    public let durableAt: String
    /// The text of a letter with controls as escapes, or what the station says in words; nil for kinds without words.
    public let text: String?
    public let bytes: Int
    public let references: [String]
    public let stages: [StageView]
    /// Of a letter: what became of it, and by when an answer is asked for (RFC 3339) where the letter says its own time.
    public let outcome: OutcomeView?
    public let replyBy: String?
    /// Where more than one officer must have released it.
    public let release: ReleaseView?
    /// Statements about it that break a rule and change nothing, in words.
    public let breaches: [String]
    /// 'in full', 'provisionally' or 'unsigned': how the author's last checkpoint here covers it.
    public let signed: String
    /// What it stands on: 'version 2', 'version 2, keys 1', or in words what of it is not installed here.
    public let agreement: String
    /// False where that is so: nothing it is signed with is checked yet, and posts may be named as the agreement in force here does.
    public let isAgreementInstalled: Bool

    public init(
        serial: String, id: String, party: String, isOwn: Bool, kind: String, precedence: String, exercise: Bool, channel: String, from: String?,
        to: String?, fromPost: String? = nil, toPost: String? = nil, address: String?, language: String?, claimedAt: String?, durableAt: String,
        text: String?, bytes: Int, references: [String], stages: [StageView], outcome: OutcomeView? = nil, replyBy: String? = nil, release: ReleaseView? = nil,
        breaches: [String] = [],
        signed: String, agreement: String = "version 1", isAgreementInstalled: Bool = true
    ) {
        self.serial = serial
        self.id = id
        self.party = party
        self.isOwn = isOwn
        self.kind = kind
        self.precedence = precedence
        self.exercise = exercise
        self.channel = channel
        self.from = from
        self.to = to
        self.fromPost = fromPost
        self.toPost = toPost
        self.address = address
        self.language = language
        self.claimedAt = claimedAt
        self.durableAt = durableAt
        self.text = text
        self.bytes = bytes
        self.references = references
        self.stages = stages
        self.outcome = outcome
        self.replyBy = replyBy
        self.release = release
        self.breaches = breaches
        self.signed = signed
        self.agreement = agreement
        self.isAgreementInstalled = isAgreementInstalled
    }
}

/// How far an entry has got, and whose word that is.
public struct StageView: Codable, Hashable, Sendable {
    /// 'durable here', 'at their station', 'signed provisionally', 'signed in full'.
    public let stage: String
    /// RFC 3339, our own clock; nil where it is known to be so and not since when.
    public let at: String?
    public let word: String
    public init(stage: String, at: String?, word: String) {
        self.stage = stage
        self.at = at
        self.word = word
    }
}

/// How a record is covered by its author's signatures: 'in full up to n, provisionally up to m, unsigned k'. Serials.
public struct CoverView: Codable, Hashable, Sendable {
    public let entries: UInt64
    public let inFullUpTo: UInt64
    public let provisionallyUpTo: UInt64
    public let unsigned: UInt64
    public init(entries: UInt64, inFullUpTo: UInt64, provisionallyUpTo: UInt64, unsigned: UInt64) {
        self.entries = entries
        self.inFullUpTo = inFullUpTo
        self.provisionallyUpTo = provisionallyUpTo
        self.unsigned = unsigned
    }
}

public struct StatusView: Codable, Hashable, Sendable {
    public let party: String
    public let mark: String
    public let station: Int
    public let line: String
    /// The line's name as words that people read aloud.
    public let lineWords: String
    public let generation: String
    /// Under which agreement our record is: 'version 2'.
    public let agreement: String
    public let record: CoverView
    public let peers: [PeerView]
    /// Evidence that is held: forks and conflicts. Anything but 0 is shown before everything else.
    public let evidence: Int
    public let startedAt: String
    public init(
        party: String, mark: String, station: Int, line: String, lineWords: String, generation: String, agreement: String = "version 1",
        record: CoverView, peers: [PeerView], evidence: Int, startedAt: String
    ) {
        self.party = party
        self.mark = mark
        self.station = station
        self.line = line
        self.lineWords = lineWords
        self.generation = generation
        self.agreement = agreement
        self.record = record
        self.peers = peers
        self.evidence = evidence
        self.startedAt = startedAt
    }
}

public struct PeerView: Codable, Hashable, Sendable {
    public let party: String
    public let mark: String
    public let station: Int
    /// 'up', 'down' or 'no epoch yet'.
    public let state: String
    public let bearers: [BearerView]
    /// Entries of ours that are not at their station.
    public let backlog: UInt64
    public let record: CoverView
    public let generation: String?
    /// Under which agreement their record is, as far as it is here: 'version 2', or in words that it is not installed here.
    public let agreement: String?
    public let epoch: UInt64?
    public let epochsBanked: Int
    /// Over all bearers since the start, and the bytes of them: what a bearer is handed, without its own framing.
    public let framesSent: UInt64
    public let frameBytesSent: UInt64
    public let framesDropped: UInt64
    public let violations: UInt64
    public init(
        party: String, mark: String, station: Int, state: String, bearers: [BearerView], backlog: UInt64, record: CoverView, generation: String?,
        agreement: String? = nil, epoch: UInt64?, epochsBanked: Int, framesSent: UInt64 = 0, frameBytesSent: UInt64 = 0, framesDropped: UInt64,
        violations: UInt64
    ) {
        self.party = party
        self.mark = mark
        self.station = station
        self.state = state
        self.bearers = bearers
        self.backlog = backlog
        self.record = record
        self.generation = generation
        self.agreement = agreement
        self.epoch = epoch
        self.epochsBanked = epochsBanked
        self.framesSent = framesSent
        self.frameBytesSent = frameBytesSent
        self.framesDropped = framesDropped
        self.violations = violations
    }
}

public struct BearerView: Codable, Hashable, Sendable {
    public let kind: String
    public let isUp: Bool
    /// Seconds since the peer was last heard on it; nil where it has not been since the start.
    public let lastHeard: Double?
    /// Milliseconds, smoothed.
    public let roundTrip: Double?
    public let probesSent: UInt64
    public let probesAnswered: UInt64
    public init(kind: String, isUp: Bool, lastHeard: Double?, roundTrip: Double?, probesSent: UInt64, probesAnswered: UInt64) {
        self.kind = kind
        self.isUp = isUp
        self.lastHeard = lastHeard
        self.roundTrip = roundTrip
        self.probesSent = probesSent
        self.probesAnswered = probesAnswered
    }
}

/// Something that has just happened, one line on a screen.
public struct EventView: Codable, Hashable, Sendable {
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// An entry of ours is durable here.
        case sent
        /// An entry of theirs is durable here.
        case received
        /// Something is stated about the letter `serial`: `detail` says how far it has got, or what became of it.
        case stated
        /// Officers have released the statement `serial`, or what says so does not count.
        case released
        /// A channel is suspended, or resumed.
        case channel
        /// A post is manned or not, or somebody asks.
        case presence
        /// A FLASH of theirs that lies beyond a gap.
        case early
        /// Our entries up to `serial` are at their station.
        case acknowledged
        /// The record of `party` is signed up to `serial`.
        case signed
        case up, down
        case epoch
        /// Their station has started anew.
        case restarted
        /// Their station was restored from a backup, or runs twice.
        case restored
        /// Entries of ours that a restore had cut off are ours again, up to `serial`.
        case recovered
        /// What came back of ours has a light signature alone: an officer may confirm it.
        case provisional
        /// A record is under another agreement from here on.
        case inForce
        /// The agreement that a record names is not installed here.
        case notInstalled
        case violation, conflict, fork, stranger
        /// Something is due, late or missed: `detail` says what happened and what to do.
        case alarm
        /// The calendar clock of this machine has jumped.
        case clock
        /// This listener was too slow; `detail` says how many events it has missed.
        case missed
        /// The station stops.
        case stopped
    }
    public let kind: Kind
    /// RFC 3339 with milliseconds, our own clock.
    public let at: String
    public let party: String?
    public let serial: String?
    public let precedence: String?
    public let exercise: Bool
    public let from: String?
    public let to: String?
    public let fromPost: String?
    public let toPost: String?
    /// Where officers must have released it and that is not proved: what is shown before everything else.
    public let release: String?
    /// Facts in words: 'provisionally', the reason a path fell, the first words of a letter.
    public let detail: String
    public init(
        kind: Kind, at: String, party: String? = nil, serial: String? = nil, precedence: String? = nil, exercise: Bool = false,
        from: String? = nil, to: String? = nil, fromPost: String? = nil, toPost: String? = nil, release: String? = nil, detail: String = ""
    ) {
        self.kind = kind
        self.at = at
        self.party = party
        self.serial = serial
        self.precedence = precedence
        self.exercise = exercise
        self.from = from
        self.to = to
        self.fromPost = fromPost
        self.toPost = toPost
        self.release = release
        self.detail = detail
    }
}
