import HotlineWire

/// The limits of the bearers. What comes from the network costs at most this much.
enum BearerLimits {
    /// Handshakes that a listener keeps unfinished at once. Each costs some 60 KiB and, at its end, under a millisecond of computing.
    static let unfinishedHandshakesMax = 16
    /// Bytes of one read from a socket, and so what may still come after reading was paused, besides one frame.
    static let readBytesMax = 64 * 1024
    /// Bytes of a length before a TLS frame: `Limits.frameBytesMax` takes four (RFC 9000 §16).
    static let lengthBytesMax = 4
    /// Bytes of frames under way on a TLS path before it says that they have left. A FLASH waits behind no more than this.
    static let tlsWindowBytes = 128 * 1024
    /// Bytes that the kernel takes without sending them (TCP_NOTSENT_LOWAT). Without it 'left' would mean 'in a buffer of megabytes'.
    static let unsentBytesMax = 32 * 1024
    /// At most one report of strangers in this time, with their number in it.
    static let strangerReportInterval = Span.seconds(1)
    /// How long a closing connection waits for the peer's goodbye.
    static let goodbyeTimeout = Span.milliseconds(300)
}
