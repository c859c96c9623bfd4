import HotlineRecord
public import HotlineSeal
public import HotlineWire

/// How two stations come to share an epoch (docs/spec/sealing.md). What needs randomness or the station key is asked of
/// the shell: `wantedOffers`, `.offers`.
extension Delivery {
    /// An officer wants to have so many epochs ahead, 64 at most: what is lacking is offered in one batch.
    public mutating func bank(ahead count: Int) { handshake.wanted = min(max(0, count), Limits.epochBatchMax) }

    /// Whether a path stands over which epochs are made ahead (LINE-26).
    public var mayBank: Bool { isUp && paths.first(where: \.isUp)?.profile.bitsPerSecond ?? .max >= LineLimits.bankBitsPerSecond }

    /// The epochs that the shell is to make offers for, in one batch, asked once. Empty where none is wanted.
    public mutating func wantedOffers(at now: Instant) -> [EpochNumber] {
        let isDue = epochs.needsRenewal || isDeaf(at: now)
        let lacking = mayBank ? handshake.wanted - epochs.ahead : 0
        if mayBank, lacking <= 0 { handshake.wanted = 0 }
        guard isUp, isDue || lacking > 0, epochs.offered == nil, !handshake.isOffering, handshake.accepting == nil, !isAccepting else {
            handshake.patience = nil
            return []
        }
        if peer < membership.me {
            let patience = handshake.patience ?? now + Handshake.patienceSpan
            handshake.patience = patience
            guard now >= patience else { return [] }
        }
        var numbers = epochs.nextOffers(max(1, lacking), me: membership.me, peer: peer)
        if numbers.isEmpty {
            guard epochs.sending == nil || isDeaf(at: now) else { return [] }
            countAnew()
            numbers = epochs.nextOffers(1, me: membership.me, peer: peer)
        }
        handshake.isOffering = true
        handshake.wanted = 0
        return numbers
    }

    /// No numbers are left: as if all epochs with this peer were lost. It says where it stands, or begins anew as well.
    private mutating func countAnew() {
        epochs = EpochBook(limits: epochs.limits)
        sending = nil
        receiving.keep { _ in false }
    }

    /// The shell has made the offer. Gives the cells that must be durable before it is sent.
    public mutating func offerMade(_ secrets: [OfferSecret], _ signed: SignedOffers, at now: Instant) -> [JournalCell] {
        handshake.isOffering = false
        let before = epochs
        epochs.offer(EpochBook.Offered(secrets: secrets, signed: signed))
        handshake.offers = Handshake.Outgoing(bytes: HandshakeObject.offers(signed).encoded, due: now)
        return epochs.cells(since: before, peer: peer)
    }

    /// The peer's station may have lost the epochs that we believe in: nothing of it opens, though a path stands.
    private func isDeaf(at now: Instant) -> Bool { deafAt.map { now >= $0 } ?? false }

    /// An accept is under way that may still be confirmed. One that nobody confirms keeps us from no offer of our own.
    private var isAccepting: Bool { epochs.accepted != nil && handshake.accepts?.count ?? 0 <= LineLimits.acceptsUnconfirmed }

    /// When that will be so.
    var deafAt: Instant? {
        guard epochs.sending != nil, epochs.offered == nil, !isAccepting else { return nil }
        return silentAt
    }

    /// When the peer will not have been heard for so long that it may have lost our epochs; nil where no path stands.
    private var silentAt: Instant? {
        guard let since = silence.since, isUp else { return nil }
        let slowest = paths.filter(\.isUp).map(\.deadAfter).max() ?? LineLimits.deafAfter
        return since + max(LineLimits.deafAfter, slowest * 2)
    }

    /// The shell has signed the answer to an offer whose numbers are used up.
    public mutating func staleMade(_ stale: SignedStale, at now: Instant) {
        handshake.stale = Handshake.Outgoing(bytes: HandshakeObject.stale(stale).encoded, due: now, repeats: false)
    }

    /// The shell has made the accept for `object`.
    public mutating func acceptMade(_ signed: SignedAccepts, _ secrets: [EpochSecret], object: UInt64, at now: Instant) -> [JournalCell] {
        guard handshake.accepting == object else { return [] }
        handshake.accepting = nil
        let before = epochs
        epochs.accept(EpochBook.Accepted(signed: signed, secrets: secrets))
        if Canary.unconfirmedEpoch.sings { epochs.bank(confirmed: secrets.map { ConfirmedSecret(banked: $0) }) }
        handshake.accepts = Handshake.Outgoing(bytes: HandshakeObject.accepts(signed).encoded, due: now)
        return epochs.cells(since: before, peer: peer)
    }

    /// After a start: what was under way goes on.
    public mutating func resumeHandshake(at now: Instant) {
        if let offered = epochs.offered {
            handshake.offers = Handshake.Outgoing(bytes: HandshakeObject.offers(offered.signed).encoded, due: now)
        }
        if let accepted = epochs.accepted {
            handshake.accepts = Handshake.Outgoing(bytes: HandshakeObject.accepts(accepted.signed).encoded, due: now)
        }
    }

    mutating func receive(_ fragment: HandshakeFragment, over bearer: BearerID, at now: Instant) -> [Arrival] {
        guard let index = paths.firstIndex(where: { $0.id == bearer }) else { return [] }
        if paths[index].handshake?.object != fragment.object || paths[index].handshake?.total != fragment.total {
            paths[index].handshake = Assembly.Buffer(object: fragment.object, total: fragment.total)
        }
        paths[index].handshake?.fill(offset: fragment.offset, fragment.bytes)
        guard let whole = paths[index].handshake?.whole else { return [] }
        paths[index].handshake = nil
        guard HandshakeObject.name(whole) == fragment.object else {
            statistics.framesDropped += 1
            return []
        }
        return receive(object: whole, at: now)
    }

    /// A whole handshake object. Until its signature or its proof is verified, it may be anybody's.
    mutating func receive(object bytes: [UInt8], at now: Instant) -> [Arrival] {
        guard handshake.mayVerify(at: now), let object = try? HandshakeObject(bytes) else {
            statistics.framesDropped += 1
            return []
        }
        let keys = membership.keys.keys(of: peer, from: theirBasis)
        switch object {
        case .offers(let offers):
            return receive(offers, name: HandshakeObject.name(bytes), keys, at: now)
        case .accepts(let accepts):
            return receive(accepts, keys, at: now)
        case .confirmations(let confirmations):
            return receive(confirmations)
        case .stale(let stale):
            return receive(stale, keys)
        }
    }

    private mutating func receive(_ signed: SignedOffers, name: UInt64, _ keys: [StationPublicKeys], at now: Instant) -> [Arrival] {
        let parties = membership.parties(offerer: peer, accepter: membership.me)
        let body = SignedOffers.body(signed.offers, parties)
        guard keys.contains(where: { $0.station.verifies(signed.signature, over: body) }) else {
            statistics.framesDropped += 1
            return []
        }
        // The same offer again: its accept was lost.
        if let accepted = epochs.accepted, accepted.signed.accepts.map(\.offerHash) == signed.offers.map({ $0.hash(parties) }) {
            handshake.accepts?.due = now
            return []
        }
        guard handshake.accepting != name else { return [] }
        guard signed.isInOrder(parties), signed.offers.allSatisfy({ $0.epoch <= EpochBook.highestMax }) else { return violate(.staleEpoch) }
        guard let first = signed.offers.first?.epoch, first > epochs.highest else { return stale(signed, parties, at: now) }
        handshake.accepting = name
        return [.offers(signed, object: name)]
    }

    /// Numbers that are used up: an old offer that somebody replays, or a peer that has lost its epochs and counts anew. It is
    /// told where to begin; if it did not ask, it ignores that.
    private mutating func stale(_ signed: SignedOffers, _ parties: EpochParties, at now: Instant) -> [Arrival] {
        if let last = handshake.staleAt, now - last < LineLimits.staleInterval { return [] }
        handshake.staleAt = now
        return [.staleOffers(object: SignedStale.hash(signed, parties), highest: epochs.highest)]
    }

    private mutating func receive(_ stale: SignedStale, _ keys: [StationPublicKeys]) -> [Arrival] {
        let parties = membership.parties(offerer: membership.me, accepter: peer)
        guard let offered = epochs.offered, stale.object == SignedStale.hash(offered.signed, parties),
            keys.contains(where: { $0.station.verifies(stale.signature, over: SignedStale.body(stale.object, stale.highest, parties)) })
        else {
            statistics.framesDropped += 1
            return []
        }
        guard stale.highest <= EpochBook.highestMax else { return violate(.staleEpoch) }
        epochs.withdrawOffer(above: stale.highest)
        handshake.offers = nil
        return []
    }

    private mutating func receive(_ signed: SignedAccepts, _ keys: [StationPublicKeys], at now: Instant) -> [Arrival] {
        let parties = membership.parties(offerer: membership.me, accepter: peer)
        let body = SignedAccepts.body(signed.accepts, parties)
        guard keys.contains(where: { $0.station.verifies(signed.signature, over: body) }) else {
            statistics.framesDropped += 1
            return []
        }
        let batch = signed.accepts.map(\.epoch)
        guard let offered = epochs.offered, offered.secrets.map(\.epoch) == batch else {
            // An accept again that we have opened: our confirmation was lost.
            confirm(batch, at: now)
            return []
        }
        guard zip(offered.signed.offers, signed.accepts).allSatisfy({ $0.hash(parties) == $1.offerHash }) else {
            // The answer to another offer with these numbers: an old one that anybody replays.
            statistics.framesDropped += 1
            return []
        }
        var banked: [(ConfirmedSecret, Confirmations.Confirmation)] = []
        for (secret, accept) in zip(offered.secrets, signed.accepts) {
            guard let confirmed = try? EpochAgreement.complete(accept, with: secret, parties) else { return violate(.unproved) }
            banked.append((confirmed, EpochAgreement.confirmation(of: accept, confirmed.secret, parties)))
        }
        epochs.bank(opened: banked, leavingOthers: silentAt.map { now >= $0 } ?? false)
        handshake.offers = nil
        confirm(batch, at: now)
        return [.banked(batch)]
    }

    private mutating func receive(_ confirmations: Confirmations) -> [Arrival] {
        guard let accepted = epochs.accepted else { return [] }
        let parties = membership.parties(offerer: peer, accepter: membership.me)
        guard accepted.secrets.count == confirmations.confirmations.count else { return [] }
        var confirmed: [ConfirmedSecret] = []
        for ((accept, secret), confirmation) in zip(zip(accepted.signed.accepts, accepted.secrets), confirmations.confirmations) {
            guard let proved = try? EpochAgreement.confirm(confirmation, acceptHash: accept.hash(parties), secret) else {
                // It is not signed: anybody may have made it, or replayed that of another accept.
                statistics.framesDropped += 1
                return []
            }
            confirmed.append(proved)
        }
        epochs.bank(confirmed: confirmed)
        handshake.accepts = nil
        return [.banked(confirmed.map(\.secret.epoch))]
    }

    /// Sent once; what is lost is asked for by the accept, which comes again.
    private mutating func confirm(_ batch: [EpochNumber], at now: Instant) {
        guard let confirmations = epochs.confirmations(of: batch) else { return }
        handshake.confirmations = Handshake.Outgoing(bytes: HandshakeObject.confirmations(confirmations).encoded, due: now, repeats: false)
    }
}
