import HotlineAgreement
import HotlineSeal
import HotlineWire
import Testing

/// Two parties, or three, and their signed agreement, made once for all tests.
struct Sides: Sendable {
    let agreement: Agreement
    /// Version 2, signed by both: another name of the line, and four FLASH at once.
    let amendment: Agreement
    let keys: [(StationNumber, StationPrivateKeys)]
    /// By the party's place.
    let roots: [CompositePrivateKey]
    /// A post of each party, by the party's place.
    let posts: [UInt8]

    static func shared() throws -> Sides { try both.get().shared }

    /// The same parties and keys under a text that differs from the shared one by one byte: another agreement, another line.
    static func apart() throws -> Sides { try both.get().apart }

    /// Three parties under one agreement.
    static func three() throws -> Sides { try trio.get().shared }

    private static let both = Result { try make(["United States of America": "W", "Russian Federation": "M"]) }
    private static let trio = Result { try make(["United States of America": "W", "Russian Federation": "M", "Swiss Confederation": "S"]) }

    private static func make(_ parties: KeyValuePairs<String, String>) throws -> (shared: Sides, apart: Sides) {
        var cards: [IdentityCard] = []
        var roots: [CompositePrivateKey] = []
        var keys: [(StationNumber, StationPrivateKeys)] = []
        for (index, (name, mark)) in parties.enumerated() {
            let root = try CompositePrivateKey()
            let station = StationPrivateKeys(station: try CompositePrivateKey(), light: LightPrivateKey())
            let english = try #require(LanguageTag("en"))
            let identity = Identity(
                names: Wording([.init(english, name)]), mark: mark, languages: [english],
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
        func sides(line: String) throws -> Sides {
            let date = WallTime(milliseconds: 1_790_000_000_000)
            func signed(_ draft: AgreementDraft) throws -> Agreement {
                var parsed = try draft.parsed()
                for (index, root) in roots.enumerated() { parsed = try parsed.adding(parsed.sign(with: root, as: keys[index].0)) }
                return try parsed.verified()
            }
            let agreement = try signed(AgreementDraft.defenceStaffs(cards: cards, date: date, line: line))
            var amending = AgreementDraft(amending: agreement, date: WallTime(milliseconds: 1_790_000_100_000))
            amending.terms.line = "\(line), amended"
            amending.terms.flash.burst = 4
            return Sides(
                agreement: agreement, amendment: try signed(amending), keys: keys, roots: roots,
                posts: try keys.map { try #require(agreement.posts(of: $0.0).first).number.value }
            )
        }
        return (try sides(line: "Line 1"), try sides(line: "Line 2"))
    }
}
