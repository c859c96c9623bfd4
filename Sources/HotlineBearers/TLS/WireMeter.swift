import NIOCore

/// Stands between the socket and TLS: counts what TLS costs, and can close without TLS's goodbye.
final class WireMeter: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private var gauge: TLSGauge?
    /// Before the peer is known, nobody's.
    private var early = (received: 0, sent: 0)

    /// From here on, and for what came before, `gauge` counts.
    func count(on gauge: TLSGauge) {
        gauge.add(wireReceived: early.received, sent: early.sent)
        early = (0, 0)
        self.gauge = gauge
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = WireMeter.unwrapInboundIn(data).readableBytes
        if let gauge { gauge.add(wireReceived: bytes, sent: 0) } else { early.received += bytes }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let bytes = WireMeter.unwrapOutboundIn(data).readableBytes
        if let gauge { gauge.add(wireReceived: 0, sent: bytes) } else { early.sent += bytes }
        context.write(data, promise: promise)
    }
}

extension Channel {
    /// Closes at once, without a goodbye: for strangers, and for paths that are taken for dead.
    func abort() {
        if eventLoop.inEventLoop {
            abortOnLoop()
        } else {
            eventLoop.execute { self.abortOnLoop() }
        }
    }

    private func abortOnLoop() {
        guard let context = try? pipeline.syncOperations.context(handlerType: WireMeter.self) else { return close(promise: nil) }
        context.close(promise: nil)
    }
}
