import HotlineSeal
public import HotlineWire

/// The epochs shared with one peer: those that both have confirmed, and the batch under negotiation each way.
///
/// ```
///   nothing ─ offer made ─▶ offered ─ accept opened ─▶ banked            (offerer; confirms at once, and each accept that comes again)
///   nothing ─ accept made ─▶ accepted ─ confirmation verified ─▶ banked  (accepter; repeats its accept until confirmed)
/// ```
///
/// All of it but the timers is durable in the secrets' own store, never in a backup.
public struct EpochBook: Sendable {
    struct Banked: Hashable, Sendable {
        let secret: ConfirmedSecret
        /// Start salts of ours used in this epoch, in all starts.
        var salts: UInt64 = 0
        /// How many entries of ours had been sent when the epoch was first used; nil before.
        var base: UInt64?
        /// Kept until the peer is heard in the epoch: it may not have had our confirmation.
        var confirmation: Confirmations.Confirmation?
        /// Entries sent in this epoch, in all starts; counted on from the record at each start.
        var entries: UInt64 = 0

        func isUsedUp(_ limits: SealingLimits) -> Bool { salts >= limits.saltsPerEpoch || entries >= limits.entriesPerEpoch }
    }
    struct Offered: Hashable, Sendable {
        let secrets: [OfferSecret]
        let signed: SignedOffers
    }
    struct Accepted: Hashable, Sendable {
        let signed: SignedAccepts
        let secrets: [EpochSecret]
    }

    let limits: SealingLimits
    private(set) var banked: [EpochNumber: Banked] = [:]
    private(set) var offered: Offered?
    private(set) var accepted: Accepted?
    /// The highest number offered, accepted or banked, ever.
    private(set) var highest = EpochNumber(0)
    /// No epoch below this one is used: the peer had lost those before it.
    private(set) var floor = EpochNumber(0)
    /// The highest epoch in which the peer has sealed something, in this start.
    private(set) var heardIn: EpochNumber?

    public init(limits: SealingLimits = .standard) { self.limits = limits }

    public var bankedCount: Int { banked.count }

    /// The epoch to send in: the oldest that is not used up, but none before one that we or the peer have begun to use. So
    /// both leave an epoch together, and neither goes back to it.
    var sending: Banked? {
        var begun = max(floor, heardIn ?? floor)
        for (epoch, used) in banked where used.salts > 0 { begun = max(begun, epoch) }
        var first: EpochNumber?
        for (epoch, used) in banked where epoch >= begun && !used.isUsedUp(limits) && first.map({ epoch < $0 }) ?? true { first = epoch }
        return first.flatMap { banked[$0] }
    }

    public var sendingEpoch: EpochNumber? { sending?.secret.secret.epoch }

    /// Whether the epoch in use is three quarters used up and none follows.
    var needsRenewal: Bool {
        guard let current = sending else { return true }
        let used = current.salts >= limits.saltsBeforeRenewal || current.entries >= limits.entriesBeforeRenewal
        return used && !banked.contains { $0.key > current.secret.secret.epoch && !$0.value.isUsedUp(limits) }
    }

    /// The confirmations of a batch, where all of it is banked and the peer may not have had them.
    func confirmations(of batch: [EpochNumber]) -> Confirmations? {
        let kept = batch.compactMap { banked[$0]?.confirmation }
        return kept.isEmpty || kept.count < batch.count ? nil : Confirmations(kept)
    }

    func secrets(low: UInt8) -> [EpochSecret] {
        banked.keys.filter { $0.low == low }.sorted(by: >).compactMap { banked[$0]?.secret.secret }
    }

    /// Epochs made ahead: behind the one in use, and fresh.
    public var ahead: Int {
        guard let current = sending?.secret.secret.epoch else { return 0 }
        return banked.values.count { $0.secret.secret.epoch > current && !$0.isUsedUp(limits) }
    }

    /// The next `count` numbers that `me` may offer: odd ones for the lower station number, even ones for the higher. Fewer, or none, where
    /// they end: the peer has raised them on purpose.
    func nextOffers(_ count: Int, me: StationNumber, peer: StationNumber) -> [EpochNumber] {
        let parity: UInt64 = me < peer ? 1 : 0
        let next = highest.value + 1
        let first = next & 1 == parity ? next : next + 1
        return (0..<UInt64(count)).map { EpochNumber(first + 2 * $0) }.filter { $0 <= EpochBook.highestMax }
    }

    // MARK: What changes it. Each of these is durable before anything that follows from it happens.

    mutating func offer(_ offered: Offered) {
        self.offered = offered
        rise(offered.secrets.map(\.epoch))
    }

    mutating func accept(_ accepted: Accepted) {
        self.accepted = accepted
        rise(accepted.secrets.map(\.epoch))
    }

    /// Numbers beyond this are never taken for the highest one: there must be room above it for as long as the line lives.
    static let highestMax = SignedOffers.epochMax

    /// Our offer has numbers that the peer will not take: the next one lies above these.
    mutating func withdrawOffer(above highest: EpochNumber) {
        offered = nil
        rise([highest])
    }

    /// The offerer has opened accepts.
    ///
    /// - Parameter leavingOthers: the peer may have lost every other epoch, so none before these is used any more.
    mutating func bank(opened secrets: [(ConfirmedSecret, Confirmations.Confirmation)], leavingOthers: Bool) {
        if leavingOthers, let first = secrets.map(\.0.secret.epoch).min() { floor = first }
        for (secret, confirmation) in secrets { banked[secret.secret.epoch] = Banked(secret: secret, confirmation: confirmation) }
        offered = nil
        trim()
    }

    /// The accepter has verified confirmations.
    mutating func bank(confirmed secrets: [ConfirmedSecret]) {
        for secret in secrets { banked[secret.secret.epoch] = Banked(secret: secret) }
        accepted = nil
        trim()
    }

    /// Whoever has the keys can make epochs without end: the lowest go, but for the one in use.
    private mutating func trim() {
        let inUse = sendingEpoch
        for epoch in banked.keys.filter({ $0 != inUse }).sorted().prefix(max(0, banked.count - LineLimits.epochsMax)) { banked[epoch] = nil }
    }

    /// Takes a start salt of an epoch into use. `total`: entries of ours that have been sent to this peer, ever.
    mutating func useSalt(in epoch: EpochNumber, sent total: UInt64) {
        guard var used = banked[epoch] else { return }
        let base = min(used.base ?? total, total)
        used.salts += 1
        used.base = base
        used.entries = max(used.entries, total - base)
        banked[epoch] = used
    }

    mutating func sent(entries: UInt64, in epoch: EpochNumber) { banked[epoch]?.entries += entries }

    /// The peer has sealed something in this epoch, so it has had our confirmation.
    mutating func heard(in epoch: EpochNumber) {
        heardIn = max(heardIn ?? epoch, epoch)
        if banked[epoch]?.confirmation != nil { banked[epoch]?.confirmation = nil }
    }

    /// Erases the epochs that both have left, all but the last of them: late frames may still come.
    mutating func eraseLeft() {
        guard let sendingEpoch, let heardIn else { return }
        for number in banked.keys.filter({ $0 < min(sendingEpoch, heardIn) }).sorted().dropLast() { banked[number] = nil }
    }

    // MARK: Recovery

    mutating func restore(highest: EpochNumber, floor: EpochNumber) {
        self.highest = max(self.highest, highest)
        self.floor = floor
    }
    mutating func restore(offered: Offered) { self.offered = offered }
    mutating func restore(accepted: Accepted) { self.accepted = accepted }
    mutating func restore(banked list: [Banked]) { for epoch in list { banked[epoch.secret.secret.epoch] = epoch } }

    private mutating func rise(_ epochs: [EpochNumber]) { highest = epochs.reduce(highest, max) }
}
