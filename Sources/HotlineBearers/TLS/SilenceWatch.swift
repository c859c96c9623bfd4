import NIOCore

/// Says once when nothing at all has been received for `timeout`. Time in which reading was paused does not count.
final class SilenceWatch: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    /// Goes up the pipeline.
    struct Silent {}
    /// Comes up the pipeline when reading goes on after a pause.
    struct Resumed: Sendable {}

    private let timeout: TimeAmount
    private let isPaused: () -> Bool
    private var heard = NIODeadline.now()
    private var alarm: Scheduled<Void>?

    init(timeout: TimeAmount, isPaused: @escaping () -> Bool) {
        self.timeout = timeout
        self.isPaused = isPaused
    }

    func handlerAdded(context: ChannelHandlerContext) {
        heard = .now()
        arm(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        alarm?.cancel()
        alarm = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        heard = .now()
        context.fireChannelRead(data)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is Resumed {
            heard = .now()
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    private func arm(_ context: ChannelHandlerContext) {
        alarm = context.eventLoop.assumeIsolated().scheduleTask(deadline: heard + timeout) { self.look(context) }
    }

    private func look(_ context: ChannelHandlerContext) {
        if isPaused() { heard = .now() }
        if NIODeadline.now() - heard >= timeout {
            context.fireUserInboundEventTriggered(Silent())
        } else {
            arm(context)
        }
    }
}
