public import HotlineWire
public import Logging
public import NIOCore
import Synchronization

/// The TLS bearer to one station: dials it, or is dialled through a ``TLSListener``, or both, and keeps one path.
///
/// ```
///            start                    handshake            first frame, or grace
///  unstarted ─────▶ waiting ─▶ connecting ─────▶ confirming ─────────▶ up ──┐
///                      ▲           │ failed          │ refused       │      │ accepted from a listener, or
///                      └───────────┴─────────────────┘◀──────────────┘      ▼ a better connection
///                                   back-off                  down         up   (``PathRule``)
/// ```
///
/// - All events of a bearer come from one event loop, one after another. They may call any method of the bearer.
/// - `.left` is said of the present path alone; what was under way on a path that is gone is not said to have left.
/// - `.up` is said when both sides have proved their key: as the dialled station at the end of the handshake, as the
///   dialler, who in TLS 1.3 ends it first, at the peer's first frame or when no refusal has come for a while
///   (``TLSTiming/confirmationTimeout``). So the line should send its first probe at `.up`.
/// - Memory: at most `windowBytes` and one frame outbound; inbound, after ``pauseReading()``, what was read already:
///   at most 64 KiB and two frames.
public final class TLSBearer: Bearer {
    public let id: BearerID
    public let peer: StationNumber
    public let profile: BearerProfile

    let configuration: TLSBearerConfiguration
    let rule: PathRule
    let loop: any EventLoop
    let logger: Logger
    let gauge = TLSGauge()
    let strangers: StrangerReports
    let state: NIOLoopBoundBox<TLSBearerState>
    let present = Mutex(Present())
    private let events: @Sendable (BearerEvent) -> Void

    /// What other threads may see and change.
    struct Present {
        var path: TLSPath?
        var isPaused = false
    }

    /// - Parameters:
    ///   - group: the bearer takes one of its loops, and says its events there.
    ///   - events: must not block.
    public init(
        id: BearerID, peer: StationNumber, configuration: TLSBearerConfiguration, group: any EventLoopGroup,
        logger: Logger = Logger(label: "hotline.tls", factory: { _ in SwiftLogNoOpLogHandler() }),
        events: @escaping @Sendable (BearerEvent) -> Void
    ) {
        precondition(peer != configuration.own, "a bearer leads to another station")
        self.id = id
        self.peer = peer
        self.configuration = configuration
        self.events = events
        profile = BearerProfile(
            kind: "tls", frameBytesMax: Limits.frameBytesMax, windowBytes: configuration.windowBytes, bitsPerSecond: nil,
            probeInterval: .seconds(1), cost: 0
        )
        rule = PathRule(own: configuration.own, peer: peer, settlingTime: configuration.timing.settlingTime)
        loop = group.next()
        var logger = logger
        logger[metadataKey: "bearer"] = "\(id)"
        logger[metadataKey: "peer"] = "\(peer)"
        self.logger = logger
        strangers = StrangerReports(loop: loop) { events(.stranger(id, reason: $0)) }
        state = .makeBoxSendingValue(TLSBearerState(timing: configuration.timing), eventLoop: loop)
    }

    /// Begins to dial, if there is an address, and to take what a listener hands over. Once.
    public func start() {
        loop.execute {
            guard self.state.value.phase == .unstarted else { return }
            self.state.value.phase = .running
            self.seekPath(after: .milliseconds(0))
        }
    }

    /// Closes everything, says `.down` if a path stood, and nothing more afterwards. For good.
    public func stop() async {
        let open = try? await loop.submit { self.halt() }.get()
        for channel in open ?? [] { try? await channel.closeFuture.get() }
    }

    /// - Precondition: `frame` has 1 to `Limits.frameBytesMax` bytes.
    public func transmit(_ frame: [UInt8]) {
        precondition((1...Limits.frameBytesMax).contains(frame.count), "a frame has 1 to \(Limits.frameBytesMax) bytes")
        guard let path = present.withLock({ $0.path }), path.transmit(frame) else {
            return gauge.update { $0.framesDropped += 1 }
        }
    }

    /// Closes the present path without a goodbye and dials at once; while the bearer waits to dial, it waits no longer.
    public func reset(reason: String) {
        loop.execute {
            if let standing = self.state.value.standing {
                self.lose(standing.path, .reset(reason))
            } else {
                self.seekPath(after: .milliseconds(0))
            }
        }
    }

    /// Reads no more from the network until ``resumeReading()``, on this path and on later ones. What was read already
    /// still arrives.
    public func pauseReading() {
        present.withLock { $0.isPaused = true }
        followPause()
    }

    public func resumeReading() {
        present.withLock { $0.isPaused = false }
        followPause()
    }

    public var counters: TLSCounters { gauge.snapshot }

    var isPaused: Bool { present.withLock { $0.isPaused } }

    func followPause() {
        present.withLock { $0.path }?.followPause { [weak self] in self?.isPaused ?? false }
    }

    /// On the loop.
    func say(_ event: BearerEvent) {
        loop.preconditionInEventLoop()
        events(event)
    }
}
