import Dispatch
import HotlineAgreement
import HotlineLine
import HotlineRecord
import HotlineSeal
import HotlineStation
import HotlineWire
import Logging

/// What the core asks for because it is random or slow by nature. Done beside the loop; the result comes back as an input.
struct LoopWork: Sendable {
    let keys: StationPrivateKeys
    let agreements: LineAgreements
    let membership: Membership
    let mailbox: Mailbox
    let events: EventHub
    let logger: Logger
    private let queue = DispatchQueue(label: "hotline.signer", qos: .userInitiated)

    /// The one in force here.
    var agreement: Agreement { agreements.last }

    init(keys: StationPrivateKeys, agreements: LineAgreements, membership: Membership, mailbox: Mailbox, events: EventHub, logger: Logger) {
        self.keys = keys
        self.agreements = agreements
        self.membership = membership
        self.mailbox = mailbox
        self.events = events
        self.logger = logger
    }

    func sign(_ checkpoint: Checkpoint, _ strength: CheckpointStrength) {
        run("sign a checkpoint") { () throws(SealError) in
            .signed(checkpoint, strength, signature: try keys.sign(checkpoint.text, strength: strength))
        }
    }

    func offer(_ epochs: [EpochNumber], to peer: StationNumber) {
        run("make an offer") { () throws(SealError) in
            let secrets = try epochs.map { epoch throws(SealError) in try OfferSecret.generate(epoch: epoch) }
            let offers = try secrets.map { secret throws(SealError) in try secret.offer }
            let parties = membership.parties(offerer: membership.me, accepter: peer)
            let signed = SignedOffers(offers: offers, signature: try keys.station.sign(SignedOffers.body(offers, parties)))
            return .offerMade(peer: peer, secrets, signed)
        }
    }

    func accept(_ offers: SignedOffers, object: UInt64, of peer: StationNumber) {
        run("make an accept") { () throws(SealError) in
            let parties = membership.parties(offerer: peer, accepter: membership.me)
            var accepts: [Accept] = []
            var secrets: [EpochSecret] = []
            for offer in offers.offers {
                let (accept, secret) = try EpochAgreement.accept(offer, parties)
                accepts.append(accept)
                secrets.append(secret)
            }
            let signed = SignedAccepts(accepts: accepts, signature: try keys.station.sign(SignedAccepts.body(accepts, parties)))
            return .acceptMade(peer: peer, signed, secrets, object: object)
        }
    }

    func signStale(_ object: Hash, _ highest: EpochNumber, to peer: StationNumber) {
        run("sign that an offer is stale") { () throws(SealError) in
            let parties = membership.parties(offerer: peer, accepter: membership.me)
            let signature = try keys.station.sign(SignedStale.body(object, highest, parties))
            return .staleMade(peer: peer, SignedStale(object: object, highest: highest, signature: signature))
        }
    }

    private func run(_ what: String, _ body: @escaping @Sendable () throws(SealError) -> Input) {
        queue.async {
            do throws(SealError) {
                mailbox.post(.input(try body()))
            } catch {
                // An offer of a peer whose key is none ends here; a signature that fails is asked for again at the next need.
                logger.error("the sealing library refused", metadata: ["work": "\(what)", "error": "\(error)"])
            }
        }
    }
}
