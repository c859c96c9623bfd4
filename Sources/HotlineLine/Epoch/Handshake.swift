import HotlineSeal
import HotlineWire

/// The timers and limits of the epoch negotiation with one peer. Volatile: a start begins anew.
struct Handshake: Sendable {
    /// An object on its way out.
    struct Outgoing: Sendable {
        let bytes: [UInt8]
        var due: Instant
        /// Whether it is repeated until its answer comes.
        var repeats = true
        var count = 0
        /// How much of it has been sent in this round.
        var offset = 0

        /// A path has come up: what went over another one may be lost.
        mutating func begin(at now: Instant) {
            due = now
            offset = 0
        }
    }
    /// Our batch, our accept, our confirmations: at most one of each.
    var offers: Outgoing?
    var accepts: Outgoing?
    var confirmations: Outgoing?
    /// Our answer to an offer whose numbers are used up.
    var stale: Outgoing?
    /// When that was last answered.
    var staleAt: Instant?
    /// How many epochs an officer wants to have ahead, until they are offered.
    var wanted = 0
    /// The shell is making an offer.
    var isOffering = false
    /// The shell is making an accept for this object.
    var accepting: UInt64?
    /// The higher-numbered station lets the lower offer first.
    var patience: Instant?
    private var budget = LineLimits.handshakeBurst
    private var budgetAt: Instant?

    static let patienceSpan = Span.seconds(3)

    /// Whether another signed object may be verified now: verifying is the dearest thing a stranger can ask for.
    mutating func mayVerify(at now: Instant) -> Bool {
        if let budgetAt {
            let earned = Int((now - budgetAt).nanoseconds * Int64(LineLimits.handshakesPerSecond) / 1_000_000_000)
            if earned > 0 {
                budget = min(LineLimits.handshakeBurst, budget + earned)
                self.budgetAt = now
            }
        } else {
            budgetAt = now
        }
        guard budget > 0 else { return false }
        budget -= 1
        return true
    }
}
