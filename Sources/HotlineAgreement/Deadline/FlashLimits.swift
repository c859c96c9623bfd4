public import HotlineWire

/// What keeps a FLASH short and rare.
public struct FlashLimits: Hashable, Sendable {
    /// Runs of characters that are not blanks.
    public var wordsMax: Int
    /// Bytes of UTF-8.
    public var bytesMax: Int
    /// A bucket of `burst` messages, into which one comes back every `interval`. The receiver keeps it: beyond, only the
    /// alarm is lower, and nothing is refused.
    public var burst: Int
    public var interval: Span

    public init(wordsMax: Int, bytesMax: Int, burst: Int, interval: Span) {
        self.wordsMax = wordsMax
        self.bytesMax = bytesMax
        self.burst = burst
        self.interval = interval
    }
}
