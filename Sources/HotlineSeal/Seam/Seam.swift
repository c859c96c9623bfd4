package import HotlineWire

/// The one place at which the simulator reaches below the station: it may put a transparent suite in the place of the
/// ciphers and signatures, watch what is sealed, and switch on one deliberate fault (`Canary`).
///
/// It stands in debug builds, and in a release build only where that is asked for with `-Xswiftc -DSIMULATION`. In
/// `hotline` as `make build` makes it every function here answers 'no' and leaves no code behind; `ShippedTests` hold it
/// to that. It is set by one thread, before that thread makes a station.
package enum Seam {
    #if DEBUG || SIMULATION
        /// Whether the transparent suite is in use.
        nonisolated(unsafe) package static var isTransparent = false
        /// Where the transparent suite's randomness comes from.
        nonisolated(unsafe) package static var entropy = StandIn.Entropy(state: 0)
        /// What sees every sealing and opening.
        nonisolated(unsafe) package static var watch: (any SealWatch)?
        /// The deliberate fault in force.
        nonisolated(unsafe) package static var canary: Canary?
    #endif
}

/// What the simulator's checkers see of the sealing of frames.
package protocol SealWatch: AnyObject {
    /// A frame was sealed. `key` stands for the frame's key, `epoch` for the epoch secret it came from.
    func sealed(_ frame: [UInt8], plaintext: [UInt8], key: UInt64, counter: UInt16, from: StationNumber, to: StationNumber)
    /// A frame was opened with a key.
    func opened(key: UInt64, counter: UInt16, by: StationNumber)
    /// A frame key was derived from an epoch's secret.
    func derived(secret: UInt64, from: StationNumber, to: StationNumber)
    /// The accepter has made a secret.
    func accepted(secret: UInt64)
    /// The offerer has opened the accept and has the same secret.
    func completed(secret: UInt64)
}

/// A deliberate fault, by which the simulator proves that it would see such a one.
package enum Canary: String, CaseIterable, Sendable {
    /// Effects leave before the rows that they rest on are committed.
    case effectsBeforeRecords = "effects-before-records"
    /// A start goes on in the generation that it finds.
    case generationKept = "generation-kept"
    /// An acknowledgement counts whichever generation of the receiver made it.
    case anyReceiver = "any-receiver"
    /// Every start has the same salt.
    case constantSalt = "constant-salt"
    /// The accepter banks an epoch before the offerer has proved that it has it.
    case unconfirmedEpoch = "unconfirmed-epoch"
    /// The window to a peer has no bound.
    case boundlessWindow = "boundless-window"
    /// Frames are opened again when they come again.
    case noReplayWindow = "no-replay-window"
    /// A checkpoint states less than one that was signed before.
    case smallerCheckpoint = "smaller-checkpoint"
    /// An entry that comes again is told again.
    case toldTwice = "told-twice"
    /// A FLASH waits for its turn.
    case queuedFlash = "queued-flash"
    /// A frame leaves as it was before it was sealed.
    case plainFrame = "plain-frame"
    /// A start from a backup declares nothing.
    case silentRestore = "silent-restore"
    /// What comes back under a full signature of ours stays the peer's claim.
    case claimKept = "claim-kept"
    /// What was received is not what was sent.
    case changedCopy = "changed-copy"

    /// Whether this fault is in force.
    @inline(__always)
    package var sings: Bool {
        #if DEBUG || SIMULATION
            Seam.canary == self
        #else
            false
        #endif
    }
}
