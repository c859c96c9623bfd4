import Foundation
import Glibc
public import HotlineDesk
import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
public import ServiceLifecycle

/// Tells the monitors of this machine how the station is: `GET /health` and `GET /metrics`, on the loopback interface alone.
///
/// `/health` is 200 with `{"ok":true,"reasons":[]}`, or 503 with the reasons. `/metrics` is the Prometheus text format 0.0.4.
public struct HealthServer: Service {
    private let desk: any Desk
    private let sources: [any MetricSource]
    private let host: String
    private let port: Int
    private let logger: Logger
    /// Answers of the desk are waited for this long: a station that takes longer is not well.
    private let patience: Duration
    private let isListening: @Sendable (Int) async -> Void

    /// A monitor or two, and a person.
    private static let connectionsMax = 16
    private static let headerBytesMax = 16 * 1024

    /// - Throws: where `host` is not of the loopback interface: numbers about a line are nobody else's.
    public init(
        desk: any Desk, metrics: (any MetricSource)? = nil, host: String = "127.0.0.1", port: Int, logger: Logger
    ) throws(DeskError) {
        try self.init(desk: desk, metrics: metrics, host: host, port: port, logger: logger, isListening: { _ in })
    }

    init(
        desk: any Desk, metrics: (any MetricSource)? = nil, host: String = "127.0.0.1", port: Int, logger: Logger, patience: Duration = .seconds(5),
        isListening: @escaping @Sendable (Int) async -> Void
    ) throws(DeskError) {
        guard Loopback.names.contains(host) else {
            throw DeskError(
                .refused, "the health of a station is not shown at \(host)",
                hint: "use 127.0.0.1, and a reverse proxy with its own rules where others must see it"
            )
        }
        guard (0...65_535).contains(port) else {
            throw DeskError(.usage, "\(port) is not a port", hint: "use a number from 1 to 65535")
        }
        self.desk = desk
        self.sources = [metrics, ProcessMetrics()].compactMap { $0 }
        self.host = host
        self.port = port
        self.logger = logger
        self.patience = patience
        self.isListening = isListening
    }

    /// Serves until a graceful shutdown.
    public func run() async throws {
        let application = Application(
            router: router,
            server: .http1(
                configuration: .init(
                    idleTimeout: .seconds(60),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: HealthServer.headerBytesMax, maxHeaderListSize: HealthServer.headerBytesMax, maxHeaderFieldCount: 64
                    )
                )
            ),
            configuration: .init(
                address: .hostname(host, port: port), availableConnectionsDelegate: MaximumAvailableConnections(HealthServer.connectionsMax)
            ),
            onServerRunning: { channel in await isListening(channel.localAddress?.port ?? 0) },
            logger: logger
        )
        do {
            try await application.run()
        } catch let error as IOError where error.errnoCode == EADDRINUSE || error.errnoCode == EACCES {
            let why = error.errnoCode == EACCES ? "the system does not let this user" : "another process does"
            throw DeskError(
                .unavailable, "health and metrics cannot listen at \(host):\(port): \(why)",
                hint: "say another port under 'health' in hotline.yaml, or none"
            )
        }
    }

    private var router: Router<BasicRequestContext> {
        let router = Router()
        router.add(middleware: Loopback())
        router.get("/health") { _, _ in
            let health = await health
            return try ControlJSON.response(health, status: health.ok ? .ok : .serviceUnavailable)
        }
        router.get("/metrics") { _, _ in
            Response(status: .ok, headers: [.contentType: Exposition.contentType], body: .init(byteBuffer: ByteBuffer(string: Exposition.text(await samples))))
        }
        return router
    }

    private var health: Health {
        get async {
            switch await status {
            case .success(let status): Health(status)
            case .failure(let error): Health(reasons: [error.what])
            }
        }
    }

    /// `hotline_up` says whether the desk answered; without its answer there are the numbers of the process alone.
    private var samples: [MetricSample] {
        get async {
            let status = try? await status.get()
            var samples = [MetricSample("hotline_up", .gauge, help: "Whether the station answers.", value: status == nil ? 0 : 1)]
            samples += status?.samples ?? []
            for source in sources { samples += await source.samples() }
            return samples
        }
    }

    /// The first of the desk's answer and the end of patience. A task group would wait for both.
    private var status: Result<StatusView, DeskError> {
        get async {
            let (results, continuation) = AsyncStream.makeStream(of: Result<StatusView, DeskError>.self)
            let question = Task { [desk] in
                do throws(DeskError) { continuation.yield(.success(try await desk.status())) } catch { continuation.yield(.failure(error)) }
            }
            let clock = Task {
                try await Task.sleep(for: patience)
                continuation.yield(.failure(DeskError(.unavailable, "the station does not answer", hint: "see its log")))
            }
            defer {
                question.cancel()
                clock.cancel()
            }
            var first = results.makeAsyncIterator()
            return await first.next() ?? .failure(DeskError(.unavailable, "the station stops", hint: "ask again later"))
        }
    }
}
