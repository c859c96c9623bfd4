import HotlineAgreement
import HotlineSeal
import HotlineWire

/// Two parties with keys from fixed seeds, and the agreements that the tests change, sign and break.
struct Parties {
    let cards: [IdentityCard]
    let roots: [CompositePrivateKey]

    static let created = WallTime(milliseconds: 1_771_578_000_000)
    /// 2026-03-01T00:00:00Z
    static let date = WallTime(milliseconds: 1_772_323_200_000)

    /// Washington and Moscow, and as many others as are asked for.
    ///
    /// Keys and signatures are slow in a debug build: the first two parties are made once.
    init(_ count: Int = 2) throws {
        if count == 2 {
            self = try Parties.two.get()
        } else {
            try self.init(making: count)
        }
    }

    private static let two = Result { try Parties(making: 2) }

    private init(making count: Int) throws {
        var cards: [IdentityCard] = []
        var roots: [CompositePrivateKey] = []
        for place in 0..<count {
            let root = try Parties.root(place)
            roots.append(root)
            cards.append(try Parties.identity(place).signed(by: root))
        }
        self.cards = cards
        self.roots = roots
    }

    func draft() throws -> AgreementDraft { try AgreementDraft.defenceStaffs(cards: cards, date: Parties.date) }

    /// The bytes of a file that all of them have signed.
    func signed(_ draft: AgreementDraft) throws -> [UInt8] {
        var parsed = try draft.parsed()
        for (place, root) in roots.enumerated() { parsed = try parsed.adding(parsed.sign(with: root, as: Parties.station(place + 1))) }
        return parsed.file
    }

    static func station(_ number: Int) throws -> StationNumber {
        guard let value = UInt8(exactly: number), let station = StationNumber(value) else { throw Missing() }
        return station
    }

    static func root(_ place: Int) throws -> CompositePrivateKey { try CompositePrivateKey(seed: seed(place, 1, 64)) }

    static func identity(_ place: Int) throws -> Identity {
        let names = [
            [("en", "United States of America"), ("ru", "Соединённые Штаты Америки")],
            [("ru", "Российская Федерация"), ("en", "Russian Federation")],
        ]
        let own = place < 2 ? names[place] : [("en", "Party \(place + 1)")]
        let next = try NextIdentity.hash(
            root: CompositePrivateKey(seed: seed(place, 4, 64)).publicKey, station: CompositePrivateKey(seed: seed(place, 5, 64)).publicKey,
            light: LightPrivateKey(seed: seed(place, 6, 32)).publicKey
        )
        return Identity(
            names: Wording(try own.map { Wording.Version(try tag($0.0), $0.1) }),
            mark: place == 0 ? "W" : place == 1 ? "M" : "P\(["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "N"][place - 2])",
            languages: [try tag(place == 1 ? "ru" : "en")], created: created, nonce: seed(place, 7, 32),
            keys: PartyKeys(
                root: try root(place).publicKey, station: try CompositePrivateKey(seed: seed(place, 2, 64)).publicKey,
                light: try LightPrivateKey(seed: seed(place, 3, 32)).publicKey, tlsPin: seed(place, 8, 32), next: next
            )
        )
    }

    static func tag(_ text: String) throws -> LanguageTag {
        guard let tag = LanguageTag(text) else { throw Missing() }
        return tag
    }

    static func seed(_ place: Int, _ use: UInt8, _ count: Int) -> [UInt8] {
        let first = Digest.sha256([UInt8(place), use, 0]).bytes
        return Array((first + Digest.sha256([UInt8(place), use, 1]).bytes).prefix(count))
    }

    struct Missing: Error {}
}
