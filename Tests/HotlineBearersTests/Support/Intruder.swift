import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A connection to a listener that keeps to no rule but the test's.
final class Intruder: Sendable {
    let channel: any Channel
    private let received: Received

    final class Received: ChannelInboundHandler, Sendable {
        typealias InboundIn = ByteBuffer
        private let buffer = Mutex(ByteBuffer())

        var bytes: [UInt8] { buffer.withLock { Array($0.readableBytesView) } }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let read = Received.unwrapInboundIn(data)
            buffer.withLock { _ = $0.writeImmutableBuffer(read) }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }
    }

    /// - Parameter tls: nil for plain TCP.
    init(port: Int, tls: TLSConfiguration? = nil, source: String = "127.0.0.1") async throws {
        let received = Received()
        let context = try tls.map { try NIOSSLContext(configuration: $0) }
        channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(to: SocketAddress(ipAddress: source, port: 0))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let context {
                        let handler = try NIOSSLClientHandler(context: context, serverHostname: nil) { _, promise in
                            promise.succeed(.certificateVerified)
                        }
                        try channel.pipeline.syncOperations.addHandler(handler)
                    }
                    try channel.pipeline.syncOperations.addHandler(received)
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        self.received = received
    }

    var bytes: [UInt8] { received.bytes }
    var isClosed: Bool { !channel.isActive }

    func send(_ bytes: [UInt8]) {
        channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
    }

    func close() async {
        try? await channel.close()
    }
}
