/// How a line has been since a time, by this station's own clock and its own word: nothing of it is signed, and the other side has its own.
public struct LineReportView: Codable, Hashable, Sendable {
    /// RFC 3339. Nothing is known of the time before the first fact that is kept.
    public let since: String
    public let until: String
    /// When this station did not run: nothing is known of the line then.
    public let notRunning: [SpanView]
    public let peers: [LinePeerView]

    public init(since: String, until: String, notRunning: [SpanView], peers: [LinePeerView]) {
        self.since = since
        self.until = until
        self.notRunning = notRunning
        self.peers = peers
    }
}

/// A stretch of time.
public struct SpanView: Codable, Hashable, Sendable {
    /// RFC 3339.
    public let from: String
    /// RFC 3339; nil where it goes on.
    public let to: String?
    public let seconds: Double
    /// What the bearer said, where it said something.
    public let detail: String?

    public init(from: String, to: String?, seconds: Double, detail: String? = nil) {
        self.from = from
        self.to = to
        self.seconds = seconds
        self.detail = detail
    }
}

/// The line to one peer.
public struct LinePeerView: Codable, Hashable, Sendable {
    public let party: String
    public let mark: String
    /// 'up' or 'down', and since when (RFC 3339).
    public let state: String
    public let stateSince: String
    /// While this station ran.
    public let upSeconds: Double
    public let downSeconds: Double
    public let outages: [SpanView]
    public let bearers: [LineBearerView]
    /// Entries of ours that are not at their station, now.
    public let backlog: UInt64
    /// Letters and requests of ours since then: how many are at their station, and after how many seconds.
    public let delivered: Int
    public let medianSeconds: Double?
    public let longestSeconds: Double?
    /// The oldest one that is not: its serial, and since when it waits.
    public let waiting: String?
    public let waitingSince: String?
    /// RFC 3339: since when the line is good and the desk silent, where a letter of ours has come and nobody has taken it; nil else.
    public let silentSince: String?

    /// Of the time that this station ran; nil where it did not.
    public var availability: Double? { upSeconds + downSeconds > 0 ? upSeconds / (upSeconds + downSeconds) : nil }

    public init(
        party: String, mark: String, state: String, stateSince: String, upSeconds: Double, downSeconds: Double, outages: [SpanView], bearers: [LineBearerView],
        backlog: UInt64, delivered: Int, medianSeconds: Double?, longestSeconds: Double?, waiting: String?, waitingSince: String?, silentSince: String?
    ) {
        self.party = party
        self.mark = mark
        self.state = state
        self.stateSince = stateSince
        self.upSeconds = upSeconds
        self.downSeconds = downSeconds
        self.outages = outages
        self.bearers = bearers
        self.backlog = backlog
        self.delivered = delivered
        self.medianSeconds = medianSeconds
        self.longestSeconds = longestSeconds
        self.waiting = waiting
        self.waitingSince = waitingSince
        self.silentSince = silentSince
    }
}

/// One bearer of the line to a peer.
public struct LineBearerView: Codable, Hashable, Sendable {
    public let kind: String
    public let upSeconds: Double
    public let downSeconds: Double
    public let probesSent: UInt64
    public let probesAnswered: UInt64

    public init(kind: String, upSeconds: Double, downSeconds: Double, probesSent: UInt64, probesAnswered: UInt64) {
        self.kind = kind
        self.upSeconds = upSeconds
        self.downSeconds = downSeconds
        self.probesSent = probesSent
        self.probesAnswered = probesAnswered
    }
}
