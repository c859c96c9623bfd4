import HotlineWire

/// The bounds of delivery. What a peer can make us hold is bounded by these alone.
enum LineLimits {
    /// Entries of ours under way to one peer. With the 20,000 a second that a station commits at most, 13 ms of them.
    static let windowEntries = 256
    /// Room in the window that only FLASH may use, so that it never waits for routine traffic to be acknowledged.
    static let windowFlashEntries = 64
    /// The first entries that a peer lacks may be under way whatever else is: without them what it holds beyond them, or
    /// cannot hold any more, would fill the window for ever.
    static let windowGapEntries = 16
    /// Bytes of entries under way to one peer.
    static let windowBytes = 1024 * 1024
    /// Start salts of a peer that are remembered: its current one, those of its clones, and late frames of earlier starts.
    static let receivingSalts = 16
    /// Generations that may be named under one salt; then the sender draws a new salt.
    static let namesPerSalt = 240
    /// Objects of one peer in reassembly at once: one for each precedence, a checkpoint, a batch of offers.
    static let assemblies = 6
    /// Runs of bytes that one object in reassembly may be in.
    static let assemblyRuns = 64
    /// Probes of one path that wait for our answer; more are a flood, and the latest count.
    static let echoesOwed = 4
    /// Signed handshake objects verified from one peer: a burst, then so many a second. Each costs 0.3 ms.
    static let handshakeBurst = 20
    static let handshakesPerSecond = 10
    /// Epochs kept with one peer. A batch is 64 at most.
    static let epochsMax = 128
    /// No epochs are made ahead over a path slower than this: 64 of them are 85 kB each way.
    static let bankBitsPerSecond = 64_000
    /// Sendings of an accept after which its confirmation is not waited for: about two minutes on a wide bearer.
    static let acceptsUnconfirmed = 6
    /// Largest exponent of the back-off of a retransmission.
    static let backoffMax = 5
    /// Items of control that share a frame with entries; leaves room for at least one entry on the narrowest bearer.
    static let acknowledgementsPerFrame = 4
    /// Generations of a peer that wait for an acknowledgement; it repeats what it lacks.
    static let acknowledgementsOwed = 64
    /// Between two times that the peer is told that we know its salt.
    static let knownInterval = Span.seconds(1)
    /// How long nothing of the peer opens, while a path stands, before it is offered a new epoch: it may have lost ours.
    static let deafAfter = Span.seconds(15)
    /// Between two answers to offers with numbers that are used up. Each costs a signature, and anybody can replay an offer.
    static let staleInterval = Span.seconds(5)
}
