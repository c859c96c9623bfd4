import HotlineSeal
public import HotlineWire

/// The epochs shared with one peer: those that both have confirmed, and the batch under negotiation each way.
///
/// ```
///   nothing ─ offer made ─▶ offered ─ accept opened ─▶ banked            (offerer; repeats its confirmation until heard)
///   nothing ─ accept made ─▶ accepted ─ confirmation verified ─▶ banked  (accepter; repeats its accept until confirmed)
/// ```
///
/// All of it but the timers is durable in the secrets' own store, never in a backup.
public struct EpochBook: Sendable {
    struct Banked: Hashable, Sendable {
        let secret: ConfirmedSecret
        /// Start salts of ours used in this epoch, in all starts.
        var salts: UInt64
        /// Kept until the peer is heard in the epoch: it may not have had our confirmation.
        var confirmation: Confirmations.Confirmation?
        /// Entries sent in this epoch since the start.
        var entries = 0
    }
    struct Offered: Hashable, Sendable {
        let secrets: [OfferSecret]
        let signed: SignedOffers
    }
    struct Accepted: Hashable, Sendable {
        let signed: SignedAccepts
        let secrets: [EpochSecret]
    }

    private(set) var banked: [EpochNumber: Banked] = [:]
    private(set) var offered: Offered?
    private(set) var accepted: Accepted?
    /// The highest number offered, accepted or banked, ever.
    private(set) var highest = EpochNumber(0)

    public init() {}

    public var bankedCount: Int { banked.count }

    /// The epoch to send in: the oldest that is not used up.
    var sending: Banked? {
        banked.values.filter { $0.salts < LineLimits.saltsPerEpoch && $0.entries < LineLimits.entriesPerEpoch }
            .min { $0.secret.secret.epoch < $1.secret.secret.epoch }
    }

    public var sendingEpoch: EpochNumber? { sending?.secret.secret.epoch }

    /// Whether the epoch in use is three quarters used up and none follows.
    var needsRenewal: Bool {
        guard let current = sending else { return true }
        let used = current.salts >= LineLimits.saltsBeforeRenewal || current.entries >= LineLimits.entriesBeforeRenewal
        return used && !banked.keys.contains { $0 > current.secret.secret.epoch }
    }

    /// Confirmations that the peer may not have had.
    var unheardConfirmations: [Confirmations.Confirmation] {
        banked.keys.sorted().compactMap { banked[$0]?.confirmation }
    }

    func secrets(low: UInt8) -> [EpochSecret] {
        banked.keys.filter { $0.low == low }.sorted(by: >).compactMap { banked[$0]?.secret.secret }
    }

    /// The next number that `me` may offer: odd for the lower station number, even for the higher.
    func nextOffer(me: StationNumber, peer: StationNumber) -> EpochNumber {
        let parity: UInt64 = me < peer ? 1 : 0
        let next = highest.value + 1
        return EpochNumber(next & 1 == parity ? next : next + 1)
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

    /// The offerer has opened accepts.
    mutating func bank(opened secrets: [(ConfirmedSecret, Confirmations.Confirmation)]) {
        for (secret, confirmation) in secrets {
            banked[secret.secret.epoch] = Banked(secret: secret, salts: 0, confirmation: confirmation)
        }
        offered = nil
    }

    /// The accepter has verified confirmations.
    mutating func bank(confirmed secrets: [ConfirmedSecret]) {
        for secret in secrets { banked[secret.secret.epoch] = Banked(secret: secret, salts: 0, confirmation: nil) }
        accepted = nil
    }

    mutating func useSalt(in epoch: EpochNumber) { banked[epoch]?.salts += 1 }

    mutating func sent(entries: Int, in epoch: EpochNumber) { banked[epoch]?.entries += entries }

    /// The peer has sealed something in this epoch, so it has our confirmation. Gives whether that was news.
    mutating func heard(in epoch: EpochNumber) -> Bool {
        guard banked[epoch]?.confirmation != nil else { return false }
        banked[epoch]?.confirmation = nil
        return true
    }

    /// Erases epochs older than the one before `epoch`.
    mutating func erase(before epoch: EpochNumber) -> [EpochNumber] {
        let older = banked.keys.filter { $0 < epoch }.sorted()
        let erased = Array(older.dropLast())
        for number in erased { banked[number] = nil }
        return erased
    }

    // MARK: Recovery

    mutating func restore(highest: EpochNumber) { self.highest = max(self.highest, highest) }
    mutating func restore(offered: Offered) { self.offered = offered }
    mutating func restore(accepted: Accepted) { self.accepted = accepted }
    mutating func restore(banked list: [(ConfirmedSecret, Confirmations.Confirmation?, UInt64)]) {
        for (secret, confirmation, salts) in list {
            banked[secret.secret.epoch] = Banked(secret: secret, salts: salts, confirmation: confirmation)
        }
    }

    private mutating func rise(_ epochs: [EpochNumber]) { highest = epochs.reduce(highest, max) }
}
