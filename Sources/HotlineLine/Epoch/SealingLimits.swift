/// How much may be sealed before something is drawn anew. The same on every line; a test may draw them tighter.
public struct SealingLimits: Hashable, Sendable {
    /// Frames that one start salt seals: the counter has 16 bits.
    public let framesPerSalt: Int
    /// Starts and wraps of one station in one epoch.
    public let saltsPerEpoch: UInt64
    /// Entries that one station sends in one epoch.
    public let entriesPerEpoch: UInt64

    /// A new epoch is offered when three quarters of either are used.
    public var saltsBeforeRenewal: UInt64 { saltsPerEpoch / 4 * 3 }
    public var entriesBeforeRenewal: UInt64 { entriesPerEpoch / 4 * 3 }

    /// docs/spec/line.md, LINE-4, and sealing.md, SEAL-13.
    public static let standard = SealingLimits()

    /// Nothing above the standard is taken: a counter would repeat under one key.
    public init(framesPerSalt: Int = 65_536, saltsPerEpoch: UInt64 = 256, entriesPerEpoch: UInt64 = 65_536) {
        self.framesPerSalt = min(max(framesPerSalt, 1), 65_536)
        self.saltsPerEpoch = min(max(saltsPerEpoch, 4), 256)
        self.entriesPerEpoch = min(max(entriesPerEpoch, 4), 65_536)
    }
}
