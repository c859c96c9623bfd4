import Glibc
import HotlineAgreement
import HotlineBearers
public import HotlineDesk
import HotlineSeal
import HotlineWire

/// The ceremony by which a party comes to a line: its keys, and the card that it carries to the other side.
public struct PartyInit: Sendable {
    /// The party's name in its own language, `Norway`, and in others, `ru=Норвегия`. At least one.
    public var names: [String]
    /// One to four Latin capitals.
    public var mark: String
    /// Language tags, its own first.
    public var languages: [String]
    public var configuration: Configuration
    /// Puts the root key and the next identity under a passphrase; nil leaves them open, for a medium that is itself locked away.
    public var passphrase: PassphraseSource?
    /// Makes three recovery keys too, two of which replace the root key when the next identity is gone.
    public var hasRecovery = false
    /// The logarithm of scrypt's N, for tests.
    var cost = PartyLimits.scryptCost

    public init(
        names: [String], mark: String, languages: [String], configuration: Configuration = Configuration(), passphrase: PassphraseSource? = nil
    ) {
        self.names = names
        self.mark = mark
        self.languages = languages
        self.configuration = configuration
        self.passphrase = passphrase
    }

    /// Makes the directory and everything in it; the card last. What has been made is taken away again where something fails.
    ///
    /// - Throws: `usage` for names, a mark or languages that a card cannot have; `refused` for a directory that is not empty;
    ///   `unavailable`.
    public func run(in directory: StationDirectory) throws(DeskError) -> CardView {
        let names = try wording()
        let tags = try tags()
        try directory.checkSocketPath()
        let passphrase = try passphrase.map { (source) throws(DeskError) in try source.passphrase(for: "the root key", isNew: true) }
        let created = WallTime(milliseconds: Int64(time(nil)) * 1000)
        let secrets = try Secrets(recovery: hasRecovery)
        let card = try secrets.card(names: names, mark: mark, languages: tags, created: created)

        try directory.make()
        var made: [String] = []
        func make(_ path: String, _ bytes: [UInt8]) throws(DeskError) {
            try LocalFile(path).create(bytes)
            made.append(path)
        }
        func make(_ path: String, _ purpose: KeyPurpose, _ seed: [UInt8], _ passphrase: Passphrase? = nil) throws(DeskError) {
            let file = try KeyFile(purpose, mark: mark, name: names.first, created: created, seed: seed, passphrase: passphrase, cost: cost)
            try make(path, file.bytes)
        }
        do throws(DeskError) {
            try make(directory.rootKey, .root, secrets.root.seed, passphrase)
            try make(directory.nextKey, .next, secrets.next.flatMap(\.self), passphrase)
            for (place, key) in secrets.recovery.enumerated() { try make(directory.recoveryKey(place + 1), .recovery, key.seed, passphrase) }
            try make(directory.stationKey, .station, secrets.station.seed)
            try make(directory.lightKey, .light, secrets.light.seed)
            try make(directory.tlsKey, .tls, secrets.tls.seed)
            try make(directory.tlsCertificate, secrets.tls.certificate)
            try make(directory.configuration, configuration.file)
            try make(directory.card, card.file)
        } catch {
            for path in made { unlink(path) }
            throw error
        }
        return CardView(card, path: directory.card)
    }

    // MARK: -

    private func tags() throws(DeskError) -> [LanguageTag] {
        var tags: [LanguageTag] = []
        for text in languages {
            guard let tag = LanguageTag(text) else {
                throw DeskError(.usage, "'\(text)' is not a language tag", hint: "such as en, ru, zh-Hant or pt-BR (BCP 47)")
            }
            tags.append(tag)
        }
        guard !tags.isEmpty else { throw DeskError(.usage, "a party has at least one language", hint: "for example: --language en") }
        return tags
    }

    private func wording() throws(DeskError) -> Wording {
        var versions: [Wording.Version] = []
        let own = try tags()[0]
        for name in names {
            let halves = name.split(separator: "=", maxSplits: 1).map(String.init)
            if halves.count == 2, let tag = LanguageTag(halves[0]) {
                versions.append(Wording.Version(tag, halves[1]))
            } else {
                versions.append(Wording.Version(own, name))
            }
        }
        guard !versions.isEmpty else { throw DeskError(.usage, "a party has a name", hint: "for example: --name \"Norway\"") }
        return Wording(versions)
    }
}

/// Everything secret that one ceremony makes. Each key is drawn for itself.
private struct Secrets {
    let root: CompositePrivateKey
    let station: CompositePrivateKey
    let light = LightPrivateKey()
    let tls: TLSCredentials
    /// Seeds of the root, station and light keys that come after these.
    let next: [[UInt8]]
    let recovery: [CompositePrivateKey]
    private let keys: PartyKeys

    init(recovery hasRecovery: Bool) throws(DeskError) {
        tls = try TLSCredentials.make()
        let pin = try tls.identity(path: "the new TLS key").pin
        do throws(SealError) {
            root = try CompositePrivateKey()
            station = try CompositePrivateKey()
            let (nextRoot, nextStation, nextLight) = (try CompositePrivateKey(), try CompositePrivateKey(), LightPrivateKey())
            next = [nextRoot.seed, nextStation.seed, nextLight.seed]
            recovery = hasRecovery ? [try CompositePrivateKey(), try CompositePrivateKey(), try CompositePrivateKey()] : []
            let hashes = try recovery.map { (key) throws(SealError) in Digest.sha256(try key.publicKey.bytes) }
            keys = PartyKeys(
                root: try root.publicKey, station: try station.publicKey, light: try light.publicKey, tlsPin: pin.bytes,
                next: NextIdentity.hash(root: try nextRoot.publicKey, station: try nextStation.publicKey, light: try nextLight.publicKey),
                recovery: hashes
            )
        } catch {
            throw DeskError(error, file: "a new key")
        }
    }

    /// - Throws: `usage` where names, mark or languages cannot stand on a card.
    func card(names: Wording, mark: String, languages: [LanguageTag], created: WallTime) throws(DeskError) -> IdentityCard {
        let identity = Identity(names: names, mark: mark, languages: languages, created: created, nonce: Digest.random(32), keys: keys)
        do throws(AgreementError) {
            return try identity.signed(by: root)
        } catch .malformed(let problems) {
            let first = problems.first
            throw DeskError(
                .usage, "A card cannot say this: expected \(first?.expected ?? "a card"), found \(first?.found ?? "another thing").",
                hint: first?.hint ?? "Correct the name, the mark or the languages."
            )
        } catch {
            throw DeskError(error, file: "the new card", kind: .card)
        }
    }
}
