import HotlineWire
import Logging
import NIOCore
import NIOSSL
import NIOTLS

/// Stands above TLS until the handshake has ended, within its time, with the right key and protocol, or has not. Says
/// which exactly once; who is refused is closed at once.
///
/// ```
/// waiting ── handshakeCompleted, pin, protocol ──▶ passed   (from here on it lets everything through)
///    └────── error, time, closed, anything else ──▶ refused
/// ```
final class TLSGate: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    /// Who came through, and how long the handshake took.
    struct Passed: Sendable {
        let pin: Hash
        let took: TimeAmount
    }

    private enum State {
        case waiting(since: NIODeadline, alarm: Scheduled<Void>?)
        case passed
        case refused
    }

    private let timeout: TimeAmount
    private let proof: TLSProof
    private let logger: Logger
    private let decide: (any Channel, Result<Passed, TLSRefusal>) -> Void
    private var state = State.waiting(since: .now(), alarm: nil)

    /// `decide` is called on the channel's loop and may add handlers after this one; they miss nothing.
    init(timeout: TimeAmount, proof: TLSProof, logger: Logger, decide: @escaping (any Channel, Result<Passed, TLSRefusal>) -> Void) {
        self.timeout = timeout
        self.proof = proof
        self.logger = logger
        self.decide = decide
    }

    func channelActive(context: ChannelHandlerContext) {
        let alarm = context.eventLoop.assumeIsolated().scheduleTask(in: timeout) { self.refuse(context, .slow) }
        state = .waiting(since: .now(), alarm: alarm)
        context.fireChannelActive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case .waiting(let since, let alarm) = state, case .handshakeCompleted(let spoken) = event as? TLSUserEvent else {
            return context.fireUserInboundEventTriggered(event)
        }
        guard let pin = proof.pin else { return refuse(context, .unproved) }
        guard spoken == TLSIdentity.applicationProtocol else { return refuse(context, .otherProtocol) }
        alarm?.cancel()
        state = .passed
        decide(context.channel, .success(Passed(pin: pin, took: NIODeadline.now() - since)))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch state {
        case .waiting:
            logger.debug("TLS handshake failed", metadata: ["error": "\(error)"])
            refuse(context, proof.isForeign ? .foreignKey : error.isEnd ? .gone : .handshakeFailed)
        case .passed: context.fireErrorCaught(error)
        case .refused: return
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        refuse(context, .gone)
        context.fireChannelInactive()
    }

    private func refuse(_ context: ChannelHandlerContext, _ refusal: TLSRefusal) {
        guard case .waiting(_, let alarm) = state else { return }
        alarm?.cancel()
        state = .refused
        context.channel.abort()
        decide(context.channel, .failure(refusal))
    }
}

extension Error {
    fileprivate var isEnd: Bool {
        guard case .handshakeFailed(.sslError(let stack)) = self as? NIOSSLError else { return false }
        return stack == [.eofDuringHandshake]
    }
}
