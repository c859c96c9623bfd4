import HotlineAgreement
import HotlineSeal
import HotlineWire
import Testing

/// Two parties and their signed agreement, made once for all tests.
struct Sides: Sendable {
    let agreement: Agreement
    let keys: [(StationNumber, StationPrivateKeys)]
    /// A post of each party, by the party's place.
    let posts: [UInt8]

    static func shared() throws -> Sides { try made.get() }

    private static let made = Result { try make() }

    private static func make() throws -> Sides {
        var cards: [IdentityCard] = []
        var roots: [CompositePrivateKey] = []
        var keys: [(StationNumber, StationPrivateKeys)] = []
        for (index, name) in ["United States of America", "Russian Federation"].enumerated() {
            let root = try CompositePrivateKey()
            let station = StationPrivateKeys(station: try CompositePrivateKey(), light: LightPrivateKey())
            let english = try #require(LanguageTag("en"))
            let identity = Identity(
                names: Wording([.init(english, name)]), mark: ["W", "M"][index], languages: [english],
                created: WallTime(milliseconds: 1_790_000_000_000), nonce: Digest.random(32),
                keys: PartyKeys(
                    root: try root.publicKey, station: try station.station.publicKey, light: try station.light.publicKey,
                    tlsPin: Digest.random(32), next: Digest.sha256([UInt8(index)])
                )
            )
            cards.append(try identity.signed(by: root))
            roots.append(root)
            keys.append((try #require(StationNumber(UInt8(index + 1))), station))
        }
        let draft = try AgreementDraft.defenceStaffs(cards: cards, date: WallTime(milliseconds: 1_790_000_000_000))
        var parsed = try draft.parsed()
        for (index, root) in roots.enumerated() { parsed = try parsed.adding(parsed.sign(with: root, as: keys[index].0)) }
        let agreement = try parsed.verified()
        return Sides(
            agreement: agreement, keys: keys, posts: try keys.map { try #require(agreement.posts(of: $0.0).first).number.value }
        )
    }
}
