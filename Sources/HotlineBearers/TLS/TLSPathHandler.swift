import HotlineWire
import NIOCore
import NIOSSL
import NIOTLS

/// The end of a path's pipeline: gives the frames to the path and says, once, why it ended.
final class TLSPathHandler: ChannelInboundHandler {
    typealias InboundIn = [UInt8]

    private let path: TLSPath
    private let idleTimeout: Span
    private var isEnded = false

    /// Adds what turns a proved TLS connection into a path. On the channel's loop.
    static func install(_ path: TLSPath, gauge: TLSGauge, idleTimeout: Span, isPaused: @escaping () -> Bool) throws {
        let pipeline = path.channel.pipeline.syncOperations
        try pipeline.handler(type: WireMeter.self).count(on: gauge)
        try pipeline.addHandlers([
            SilenceWatch(timeout: idleTimeout.amount, isPaused: isPaused),
            ByteToMessageHandler(FrameDecoder(), maximumBufferSize: Limits.frameBytesMax + BearerLimits.lengthBytesMax),
            TLSPathHandler(path: path, idleTimeout: idleTimeout),
        ])
    }

    private init(path: TLSPath, idleTimeout: Span) {
        self.path = path
        self.idleTimeout = idleTimeout
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isEnded else { return }
        path.tell(.frame(TLSPathHandler.unwrapInboundIn(data)))
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is SilenceWatch.Silent { end(context, .silent(idleTimeout)) }
        if case .shutdownCompleted = event as? TLSUserEvent { end(context, .closedByPeer) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let fault = error as? BearerError {
            end(context, .misbehaved(fault))
        } else {
            end(context, .broken)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        end(context, .broken)
    }

    private func end(_ context: ChannelHandlerContext, _ end: TLSPathEnd) {
        guard !isEnded else { return }
        isEnded = true
        path.tell(.ended(end))
        context.channel.abort()
    }
}
