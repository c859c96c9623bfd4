public import HotlineWire
import NIOCore

/// The times of a TLS path. Both ends should have the same `connectTimeout` and `handshakeTimeout`: see ``PathRule``.
public struct TLSTiming: Hashable, Sendable {
    /// For the TCP connection.
    public var connectTimeout = Span.seconds(3)
    /// From the TCP connection to the end of the TLS handshake.
    public var handshakeTimeout = Span.seconds(5)
    /// How long a dialler waits for the peer's first frame before it takes the lack of a refusal for an acceptance; four
    /// times as long as the handshake took if that is longer. TLS 1.3 has no word for it, and a refusal takes a round trip.
    public var confirmationTimeout = Span.milliseconds(500)
    /// A path on which nothing at all was received for so long is closed. The line probes every second.
    public var idleTimeout = Span.seconds(10)
    /// The first wait of the exponential back-off, and the least of all.
    public var retryDelayMin = Span.milliseconds(100)
    public var retryDelayMax = Span.seconds(10)

    public init() {}

    /// After so long both ends agree on their path: a dial begun before it stood has ended.
    var settlingTime: Span { connectTimeout + handshakeTimeout + .seconds(1) }
}

extension Span {
    static func + (a: Span, b: Span) -> Span { Span(nanoseconds: a.nanoseconds + b.nanoseconds) }

    var amount: TimeAmount { .nanoseconds(nanoseconds) }
}
