import HotlineWire
import NIOCore
import NIOPosix

/// The socket options of every TLS path, ours or accepted.
enum TLSChannelOptions {
    static func apply(to bootstrap: ClientBootstrap, timing: TLSTiming) -> ClientBootstrap {
        integers(timing).reduce(
            bootstrap
                .channelOption(.maxMessagesPerRead, value: 1)
                .channelOption(.recvAllocator, value: reads)
        ) { $0.channelOption($1.option, value: $1.value) }
    }

    static func apply(to bootstrap: ServerBootstrap, timing: TLSTiming) -> ServerBootstrap {
        integers(timing).reduce(
            bootstrap
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelOption(.maxMessagesPerRead, value: 1)
                .childChannelOption(.recvAllocator, value: reads)
        ) { $0.childChannelOption($1.option, value: $1.value) }
    }

    private static var reads: AdaptiveRecvByteBufferAllocator {
        AdaptiveRecvByteBufferAllocator(minimum: 512, initial: 4096, maximum: BearerLimits.readBytesMax)
    }

    private static func integers(_ timing: TLSTiming) -> [(option: ChannelOptions.Types.SocketOption, value: SocketOptionValue)] {
        var options: [(ChannelOptions.Types.SocketOption, SocketOptionValue)] = [
            // Nagle's algorithm with delayed acknowledgements would cost 44 ms a hop.
            (.tcpOption(.tcp_nodelay), 1),
            (.socketOption(.so_keepalive), 1),
        ]
        #if os(Linux)
            // linux/tcp.h: TCP_USER_TIMEOUT in milliseconds, TCP_NOTSENT_LOWAT in bytes.
            options.append((.tcpOption(.init(rawValue: 18)), SocketOptionValue(clamping: timing.idleTimeout.nanoseconds / 1_000_000)))
            options.append((.tcpOption(.init(rawValue: 25)), SocketOptionValue(BearerLimits.unsentBytesMax)))
        #endif
        return options
    }
}
