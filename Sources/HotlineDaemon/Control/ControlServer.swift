public import HotlineDesk
import HummingbirdCore
import Hummingbird
public import Logging
import NIOCore
public import ServiceLifecycle
import Synchronization

/// Lets programs of this machine ask the station: HTTP over a Unix socket, and nothing but the desk behind it.
///
/// The socket has mode 0600 in a directory of mode 0700, is made when `run` begins and removed when it ends. That of a
/// dead process is replaced; that of a living one is an error.
public struct ControlServer: Service {
    private let desk: any Desk
    private let socket: ControlSocket
    private let logger: Logger
    private let heartbeat: Duration
    private let isListening: @Sendable () async -> Void

    public init(desk: any Desk, socketPath: String, logger: Logger) {
        self.init(desk: desk, socketPath: socketPath, logger: logger, isListening: {})
    }

    init(
        desk: any Desk, socketPath: String, logger: Logger, heartbeat: Duration = ControlLimits.heartbeat, isListening: @escaping @Sendable () async -> Void = {}
    ) {
        self.desk = desk
        self.socket = ControlSocket(path: socketPath)
        self.logger = logger
        self.heartbeat = heartbeat
        self.isListening = isListening
    }

    /// Serves until a graceful shutdown. Open requests are answered, and event streams end with 'stopped'.
    public func run() async throws {
        try socket.prepare()
        let made = Made()
        let application = Application(
            router: ControlRoutes(desk: desk, heartbeat: heartbeat).router,
            server: .http1(
                configuration: .init(
                    idleTimeout: .seconds(ControlLimits.idleSecondsMax),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: ControlLimits.headerBytesMax, maxHeaderListSize: ControlLimits.headerBytesMax,
                        maxHeaderFieldCount: ControlLimits.headerFieldsMax
                    )
                )
            ),
            configuration: .init(
                address: .unixDomainSocket(path: socket.path), availableConnectionsDelegate: MaximumAvailableConnections(ControlLimits.connectionsMax)
            ),
            onServerRunning: { channel in
                do throws(DeskError) {
                    try socket.closeToOthers()
                    made.identity.withLock { $0 = socket.identity }
                    await isListening()
                } catch {
                    logger.critical("the control socket cannot be closed to others", metadata: ["path": "\(socket.path)"])
                    channel.close(promise: nil)
                }
            },
            logger: logger
        )
        defer { socket.remove(made.identity.withLock { $0 }) }
        try await application.run()
    }

    /// The socket as this server made it, so that it removes no other's.
    private final class Made: Sendable {
        let identity = Mutex<ControlSocket.Identity?>(nil)
    }
}
