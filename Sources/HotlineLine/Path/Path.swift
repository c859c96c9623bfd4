public import HotlineWire

/// One bearer to the peer, as delivery sees it: whether it stands, what is on it, how fast it answers.
public struct Path: Sendable {
    public let id: BearerID
    public let profile: BearerProfile
    public internal(set) var isUp = false
    /// The last time that a frame which only the peer can have made came over it.
    public internal(set) var lastHeard: Instant?
    /// Smoothed round trip of probes (RFC 6298 §2, without the variance).
    public internal(set) var roundTrip: Span?
    public internal(set) var probesSent: UInt64 = 0
    public internal(set) var probesAnswered: UInt64 = 0
    /// Bytes of frames handed to the bearer that have not left it.
    var outstanding = 0
    var nextProbe: Instant?
    var probe: (challenge: UInt32, sentAt: Instant)?
    var echoesOwed: [UInt32] = []
    var handshake: Assembly.Buffer?
    /// When names may next go ahead of what needs them; nil where none are waited for. Without a pause they would fill the path for as
    /// long as the peer does not say that it knows them.
    package var namesDue: Instant?
    /// Whether the last frame had nothing of a FLASH in it.
    var hasPassedFlash = false

    init(id: BearerID, profile: BearerProfile) {
        self.id = id
        self.profile = profile
    }

    /// The largest plaintext of a frame whose salt is written out.
    var plaintextMax: Int { profile.frameBytesMax - 11 - FrameHeader.tagBytes }

    /// Whether another frame may be handed over. One frame always may, so that a bearer whose window is below its
    /// frame size still carries.
    var hasRoom: Bool { isUp && (outstanding == 0 || outstanding + profile.frameBytesMax <= profile.windowBytes) }

    /// How long an entry may go unacknowledged on this path before it is sent again.
    var retransmitAfter: Span {
        let floor: Int64 = 1_000_000_000
        let measured = max(floor, roundTrip.map { $0.nanoseconds * 3 } ?? profile.probeInterval.nanoseconds)
        guard let rate = profile.bitsPerSecond else { return Span(nanoseconds: measured) }
        let window = Int64(profile.windowBytes + profile.frameBytesMax) * 8 * 1_000_000_000 / Int64(rate)
        return Span(nanoseconds: measured + window * 2)
    }

    /// How long an unanswered probe is waited for before the path is held to be dead.
    var deadAfter: Span { max(profile.probeInterval * 3, retransmitAfter) }

    mutating func stands(at now: Instant) {
        isUp = true
        outstanding = 0
        probe = nil
        nextProbe = now
        namesDue = nil
        echoesOwed = []
        handshake = nil
    }

    mutating func falls() {
        isUp = false
        outstanding = 0
        probe = nil
        nextProbe = nil
        echoesOwed = []
        handshake = nil
    }

    /// An answer to our outstanding probe.
    mutating func answered(_ challenge: UInt32, at now: Instant) -> Bool {
        guard let probe, probe.challenge == challenge else { return false }
        let sample = now - probe.sentAt
        roundTrip = roundTrip.map { Span(nanoseconds: ($0.nanoseconds * 7 + sample.nanoseconds) / 8) } ?? sample
        probesAnswered += 1
        self.probe = nil
        return true
    }
}
