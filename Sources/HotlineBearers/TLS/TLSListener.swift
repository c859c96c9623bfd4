public import HotlineWire
public import Logging
public import NIOCore
import NIOPosix
import Synchronization

/// The one listening socket of a station: finishes the handshake, knows the peer by its pin, and hands the connection to
/// that peer's bearer.
///
/// A stranger gets nothing and costs little: at most `unfinishedMax` handshakes are unfinished at once, and at most
/// half of them from one source; whoever comes beyond that is closed at accept.
public final class TLSListener: Sendable {
    private struct Registry {
        var bearers: [Hash: TLSBearer] = [:]
        var visitors = Visitors()
        var socket: (any Channel)?
        var isStarted = false
        var isStopped = false
        var counters = TLSListenerCounters()
    }

    private let identity: TLSIdentity
    private let address: TLSAddress
    private let timing: TLSTiming
    private let unfinishedMax: Int
    private let group: any EventLoopGroup
    private let logger: Logger
    private let strangers: StrangerReports
    private let registry = Mutex(Registry())

    /// - Parameters:
    ///   - id: under which strangers are reported.
    ///   - address: port 0 takes any free one, see ``port``.
    ///   - events: only `.stranger`, at most once a second.
    public init(
        id: BearerID, identity: TLSIdentity, address: TLSAddress, timing: TLSTiming = TLSTiming(),
        unfinishedMax: Int = TLSListener.unfinishedMaxDefault, group: any EventLoopGroup,
        logger: Logger = Logger(label: "hotline.tls", factory: { _ in SwiftLogNoOpLogHandler() }),
        events: @escaping @Sendable (BearerEvent) -> Void
    ) {
        self.identity = identity
        self.address = address
        self.timing = timing
        self.unfinishedMax = unfinishedMax
        self.group = group
        self.logger = logger
        strangers = StrangerReports(loop: group.next()) { events(.stranger(id, reason: $0)) }
    }

    public static let unfinishedMaxDefault = BearerLimits.unfinishedHandshakesMax

    /// Listens. Once.
    public func start() async throws(BearerError) {
        let isFirst = registry.withLock { registry in
            defer { registry.isStarted = true }
            return !registry.isStarted && !registry.isStopped
        }
        guard isFirst else { throw .listenerSpent }
        let socket: any Channel
        do {
            socket = try await TLSChannelOptions.apply(to: ServerBootstrap(group: group), timing: timing)
                .childChannelInitializer { channel in channel.eventLoop.makeCompletedFuture { try self.admit(channel) } }
                .bind(host: address.host, port: address.port).get()
        } catch {
            logger.error("cannot listen", metadata: ["address": "\(address)", "error": "\(error)"])
            throw .addressUnavailable(address)
        }
        let isWanted = registry.withLock { registry in
            if !registry.isStopped { registry.socket = socket }
            return !registry.isStopped
        }
        guard isWanted else {
            try? await socket.close()
            throw .listenerSpent
        }
        logger.info("listening", metadata: ["address": "\(address.host)", "port": "\(port ?? 0)"])
    }

    /// The port listened on; nil while there is none.
    public var port: Int? { registry.withLock { $0.socket?.localAddress?.port } }

    /// Hands connections that prove `bearer`'s pin to it, instead of to another bearer of the same pin.
    public func serve(_ bearer: TLSBearer) {
        registry.withLock { registry in for pin in bearer.configuration.pins { registry.bearers[pin] = bearer } }
    }

    /// Its peer is a stranger from now on. The bearer keeps the path it has.
    public func release(_ bearer: TLSBearer) {
        registry.withLock { registry in
            for pin in bearer.configuration.pins where registry.bearers[pin] === bearer { registry.bearers[pin] = nil }
        }
    }

    /// Closes the socket and whoever has not finished the handshake. The bearers keep their paths. For good.
    public func stop() async {
        let (socket, visitors) = registry.withLock { registry in
            defer { registry.socket = nil }
            registry.isStopped = true
            return (registry.socket, registry.visitors.channels)
        }
        try? await socket?.close()
        for visitor in visitors {
            visitor.abort()
            try? await visitor.closeFuture.get()
        }
    }

    public var counters: TLSListenerCounters {
        registry.withLock { registry in
            var counters = registry.counters
            counters.unfinished = registry.visitors.count
            return counters
        }
    }

    /// On the channel's loop, before anything is read from it.
    private func admit(_ channel: any Channel) throws {
        let isAdmitted = registry.withLock { registry in
            registry.counters.accepted += 1
            return registry.visitors.admit(channel, max: unfinishedMax)
        }
        guard isAdmitted else {
            refuse(.crowded)
            throw TLSRefusal.crowded
        }
        channel.closeFuture.whenComplete { _ in self.dismiss(channel) }
        let proof = TLSProof()
        let gate = TLSGate(timeout: timing.handshakeTimeout.amount, proof: proof, logger: logger) { channel, result in
            self.dismiss(channel)
            self.decide(channel, result)
        }
        let tls = identity.serverHandler(accepting: { self.bearer(of: $0) != nil }, proof: proof)
        try channel.pipeline.syncOperations.addHandlers([WireMeter(), tls, gate])
    }

    private func decide(_ channel: any Channel, _ result: Result<TLSGate.Passed, TLSRefusal>) {
        switch result {
        case .success(let passed):
            guard let bearer = bearer(of: passed.pin) else {
                channel.abort()
                return refuse(.foreignKey)
            }
            registry.withLock { $0.counters.identified += 1 }
            bearer.accept(channel)
        case .failure(let refusal): refuse(refusal)
        }
    }

    private func bearer(of pin: Hash) -> TLSBearer? { registry.withLock { $0.bearers[pin] } }

    private func dismiss(_ channel: any Channel) { registry.withLock { $0.visitors.dismiss(channel) } }

    private func refuse(_ refusal: TLSRefusal) {
        let isReported = registry.withLock { registry in
            // Whom we turn out when we close is no stranger.
            if !registry.isStopped { registry.counters.note(refusal) }
            return !registry.isStopped
        }
        if isReported { strangers.note(refusal) }
    }
}
