import HotlineAgreement
import HotlineSeal
import HotlineWire

/// The parties of a line, their keys, and the agreement that all of them have signed.
struct Parties {
    let agreement: Agreement
    let keys: [StationNumber: StationPrivateKeys]
    let numbers: [StationNumber]
    /// The posts of each party.
    let posts: [StationNumber: [PostNumber]]

    private static let date = WallTime(milliseconds: 1_790_000_000_000)

    /// - Throws: what a fault of the sealing library, or of the draft, throws.
    init(count: Int) throws {
        guard let english = LanguageTag("en") else { preconditionFailure("English has a tag") }
        var dice = Dice(seed: 0x4855_4C54 ^ UInt64(count))
        var cards: [IdentityCard] = []
        var roots: [CompositePrivateKey] = []
        var keys: [StationNumber: StationPrivateKeys] = [:]
        var numbers: [StationNumber] = []
        for place in 0..<count {
            guard let number = StationNumber(UInt8(place + 1)) else { break }
            let root = try CompositePrivateKey(seed: dice.bytes(CompositePrivateKey.seedSize))
            let station = StationPrivateKeys(
                station: try CompositePrivateKey(seed: dice.bytes(CompositePrivateKey.seedSize)),
                light: try LightPrivateKey(seed: dice.bytes(LightPrivateKey.seedSize))
            )
            let identity = Identity(
                names: Wording([.init(english, "Party \(Parties.names[place])")]), mark: Parties.marks[place], languages: [english], created: Parties.date,
                nonce: dice.bytes(32),
                keys: PartyKeys(
                    root: try root.publicKey, station: try station.station.publicKey, light: try station.light.publicKey, tlsPin: dice.bytes(32),
                    next: Digest.sha256(dice.bytes(32))
                )
            )
            cards.append(try identity.signed(by: root))
            roots.append(root)
            keys[number] = station
            numbers.append(number)
        }
        var parsed = try AgreementDraft.defenceStaffs(cards: cards, date: Parties.date).parsed()
        for (number, root) in zip(numbers, roots) { parsed = try parsed.adding(parsed.sign(with: root, as: number)) }
        let agreement = try parsed.verified()
        self.agreement = agreement
        self.keys = keys
        self.numbers = numbers
        posts = Dictionary(uniqueKeysWithValues: numbers.map { number in (number, agreement.posts(of: number).map(\.number)) })
    }

    private static let names = ["Alpha", "Bravo", "Charlie", "Delta", "Echo"]
    private static let marks = ["A", "B", "C", "D", "E"]
}
