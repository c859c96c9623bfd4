import HotlineAgreement
import HotlineLine
import HotlineRecord
import HotlineSeal
import HotlineStation
import HotlineWire

/// Two parties with keys from fixed seeds and the agreement that they have signed, made once a process.
struct Parties: Sendable {
    let agreement: Agreement
    let cards: [IdentityCard]
    let keys: [(number: StationNumber, keys: StationPrivateKeys)]

    static let shared: Parties = {
        guard let parties = try? Parties() else { preconditionFailure("two parties agree") }
        return parties
    }()

    static let date = WallTime(milliseconds: 1_772_323_200_000)
    static let blinds: BlindSecret = {
        guard let secret = BlindSecret(seed(0, 9, 32)) else { preconditionFailure("a secret has 32 bytes") }
        return secret
    }()

    private init() throws {
        var cards: [IdentityCard] = []
        var roots: [CompositePrivateKey] = []
        var keys: [(number: StationNumber, keys: StationPrivateKeys)] = []
        for (place, name) in ["United States of America", "Russian Federation"].enumerated() {
            guard let english = LanguageTag("en"), let number = StationNumber(UInt8(place + 1)) else { continue }
            let root = try CompositePrivateKey(seed: Parties.seed(place, 1, 64))
            let station = try StationPrivateKeys(
                station: CompositePrivateKey(seed: Parties.seed(place, 2, 64)), light: LightPrivateKey(seed: Parties.seed(place, 3, 32))
            )
            let identity = Identity(
                names: Wording([.init(english, name)]), mark: ["W", "M"][place], languages: [english], created: Parties.date,
                nonce: Parties.seed(place, 4, 32),
                keys: PartyKeys(
                    root: try root.publicKey, station: try station.station.publicKey, light: try station.light.publicKey,
                    tlsPin: Parties.seed(place, 5, 32), next: Digest.sha256(Parties.seed(place, 6, 32))
                )
            )
            cards.append(try identity.signed(by: root))
            roots.append(root)
            keys.append((number, station))
        }
        var parsed = try AgreementDraft.defenceStaffs(cards: cards, date: Parties.date).parsed()
        for (place, root) in roots.enumerated() { parsed = try parsed.adding(parsed.sign(with: root, as: keys[place].number)) }
        agreement = try parsed.verified()
        self.cards = cards
        self.keys = keys
    }

    func membership(of number: StationNumber) -> Membership {
        Membership(me: number, keys: LineKeys(line: agreement.line, agreements: [(agreement.hash, agreement.parties.map(\.stationKeys))]))
    }

    var lineKeys: LineKeys { LineKeys(line: agreement.line, agreements: [(agreement.hash, agreement.parties.map(\.stationKeys))]) }

    /// The first station before its first start.
    var bareStation: Station {
        guard let seed = StartSeed(Parties.seed(0, 7, 32)) else { preconditionFailure("a seed has 32 bytes") }
        let number = keys[0].number
        let peer = keys[1].number
        return Station(
            agreement: agreement, membership: membership(of: number), seed: seed,
            paths: Exchange.bearers.map { (peer, $0.id, $0.profile) }, epochs: [:]
        )
    }

    static func seed(_ place: Int, _ purpose: UInt8, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ place &* 91) ^ purpose &* 37 }
    }
}
