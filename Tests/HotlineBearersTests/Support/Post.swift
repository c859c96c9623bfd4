import HotlineBearers
import HotlineWire
import NIOPosix
import Testing

/// One station's TLS: its key, its listener and its bearers, and what they say.
final class Post {
    let number: StationNumber
    let credentials: Credentials
    let timing: TLSTiming
    let ear = Ear()
    private(set) var listener: TLSListener?
    private(set) var bearers: [TLSBearer] = []

    init(_ number: UInt8, credentials: Credentials? = nil, timing: TLSTiming = .brisk) throws {
        self.number = try #require(StationNumber(number))
        self.credentials = try credentials ?? Credentials()
        self.timing = timing
    }

    @discardableResult
    func listen(on port: Int = 0, unfinishedMax: Int = 16) async throws -> Int {
        let listener = TLSListener(
            id: BearerID(0), identity: try credentials.identity, address: TLSAddress(host: "127.0.0.1", port: port), timing: timing,
            unfinishedMax: unfinishedMax, group: MultiThreadedEventLoopGroup.singleton, events: ear.hear
        )
        try await listener.start()
        for bearer in bearers { listener.serve(bearer) }
        self.listener = listener
        return try #require(listener.port)
    }

    /// A bearer to `peer`, not started.
    @discardableResult
    func bear(to peer: Post, dialling port: Int? = nil, host: String = "127.0.0.1", pin: Hash? = nil) throws -> TLSBearer {
        let bearer = TLSBearer(
            id: BearerID(UInt16(peer.number.value)), peer: peer.number,
            configuration: TLSBearerConfiguration(
                identity: try credentials.identity, own: number, peerPin: pin ?? peer.credentials.pin,
                address: port.map { TLSAddress(host: host, port: $0) }, timing: timing
            ),
            group: MultiThreadedEventLoopGroup.singleton, events: ear.hear
        )
        bearers.append(bearer)
        listener?.serve(bearer)
        return bearer
    }

    func close() async {
        await listener?.stop()
        for bearer in bearers { await bearer.stop() }
        listener = nil
        bearers = []
    }
}

extension TLSTiming {
    /// Short retries, so that tests are; timeouts long enough for a loaded machine.
    static var brisk: TLSTiming {
        var timing = TLSTiming()
        timing.connectTimeout = .seconds(10)
        timing.handshakeTimeout = .seconds(10)
        timing.idleTimeout = .seconds(30)
        timing.confirmationTimeout = .milliseconds(50)
        timing.retryDelayMin = .milliseconds(10)
        timing.retryDelayMax = .milliseconds(200)
        return timing
    }
}

/// Runs `body` and closes the posts, whatever happens.
func with(_ posts: Post..., body: () async throws -> Void) async throws {
    do { try await body() } catch {
        for post in posts { await post.close() }
        throw error
    }
    for post in posts { await post.close() }
}
