public import HotlineAgreement
public import HotlineBearers
public import HotlineDesk
import HotlineLine
public import HotlineSeal
public import HotlineWire

/// What a station reads of its directory when it starts. Every key is compared with the identity card beside it.
extension StationDirectory {
    /// Our own card.
    public func loadCard() throws(DeskError) -> IdentityCard {
        try check()
        return try CardFile(card).load()
    }

    /// The keys that are ours by what is installed here; those on our card before there is an agreement.
    func listedKeys() throws(DeskError) -> PartyKeys {
        let card = try loadCard()
        guard LocalFile(agreement).exists else { return card.identity.keys }
        let installed = try loadAgreement()
        return installed.agreements.keys(of: installed.me) ?? card.identity.keys
    }

    /// The keys that a running station holds in memory.
    ///
    /// - Throws: `refused` for keys of another party, or files that others can read; `notFound`; `malformed`.
    public func loadStationKeys() throws(DeskError) -> StationPrivateKeys { try stationKeys(listed: try listedKeys()) }

    /// Those that are listed, in their place or beside it: an installation that was cut short has moved some of them only.
    func stationKeys(listed: PartyKeys) throws(DeskError) -> StationPrivateKeys {
        let station = try key(.station, at: [stationKey, new(.station)]) { (seed) throws(SealError) in
            let key = try CompositePrivateKey(seed: seed)
            return try key.publicKey == listed.station ? key : nil
        }
        let light = try key(.light, at: [lightKey, new(.light)]) { (seed) throws(SealError) in
            let key = try LightPrivateKey(seed: seed)
            return try key.publicKey == listed.light ? key : nil
        }
        return StationPrivateKeys(station: station, light: light)
    }

    /// What the TLS bearer proves itself with.
    public func loadTLSIdentity() throws(DeskError) -> TLSIdentity { try tlsIdentity(pin: try listedKeys().tlsPin) }

    func tlsIdentity(pin: [UInt8]) throws(DeskError) -> TLSIdentity {
        let candidates = [(tlsKey, tlsCertificate), (new(.tlsKey), new(.tlsCertificate)), (tlsKey, new(.tlsCertificate)), (new(.tlsKey), tlsCertificate)]
        var fault: DeskError?
        for (key, certificate) in candidates {
            guard LocalFile(key).exists && LocalFile(certificate).exists || key == tlsKey && certificate == tlsCertificate else { continue }
            do throws(DeskError) {
                let seed = try seed(.tls, at: key)
                let bytes = try LocalFile(certificate).read(bytesMax: PartyLimits.certificateBytesMax, isPrivate: true)
                let identity = try TLSCredentials(seed: seed, certificate: bytes).identity(path: key)
                if identity.pin.bytes == pin { return identity }
            } catch {
                fault = fault ?? error
            }
        }
        throw fault ?? foreign(tlsKey)
    }

    /// The root key, which signs agreements.
    ///
    /// - Parameters:
    ///   - path: where it lies if it has been moved away; nil for its place in the directory.
    ///   - passphrase: asked only where the key is under one.
    /// - Throws: `notFound` where it is offline; `refused` for the root key of another party or a wrong passphrase.
    public func loadRootKey(from path: String? = nil, passphrase: PassphraseSource) throws(DeskError) -> CompositePrivateKey {
        let listed = try listedKeys().root
        let path = path ?? rootKey
        guard LocalFile(path).exists else {
            throw DeskError(
                .notFound, "the root key is not at \(path)",
                hint: "if it is kept offline, mount its medium and name it: --root-key /media/…/root.key"
            )
        }
        let seed = try seed(.root, at: path, passphrase: passphrase)
        let key = try sealing { () throws(SealError) in try CompositePrivateKey(seed: seed) }
        guard try sealing({ () throws(SealError) in try key.publicKey }) == listed else { throw foreign(path) }
        return key
    }

    /// The agreements that are installed here, each verified, and our own station number in them.
    ///
    /// - Throws: `notFound` where none is installed; `malformed`, `notVerified` or `refused` where one is not signed by all, does not
    ///   take the place of the one before it, or does not list exactly our keys.
    public func loadAgreement() throws(DeskError) -> InstalledAgreement {
        let card = try loadCard()
        guard LocalFile(agreement).exists else {
            throw DeskError(
                .notFound, "no agreement is installed in \(path)", hint: "when all parties have signed it: hotline agreement install FILE"
            )
        }
        let first = try AgreementFile(agreement).parse().verified(file: agreement)
        guard let me = first.parsed.station(of: card) else { throw DeskError.otherKeys(first.parsed, card: card, file: agreement) }
        guard var agreements = LineAgreements(first) else { throw DeskError.notFirst(first.parsed, file: agreement) }
        var statements = try installedStatements()
        try append(&statements, to: &agreements)
        for version in try amendmentVersions() {
            let path = agreement(version: version)
            let amendment = try AgreementFile(path).parse().verified(file: path)
            do throws(AmendmentFault) { try agreements.append(amendment) } catch { throw DeskError(error, file: path) }
            try append(&statements, to: &agreements)
        }
        if let (path, _) = statements.first { throw DeskError.strayStatement(path) }
        return InstalledAgreement(agreements: agreements, me: me)
    }

    /// Takes the statements of the last agreement, of each party in order of version.
    private func append(_ statements: inout [(path: String, UnverifiedKeyStatement)], to agreements: inout LineAgreements) throws(DeskError) {
        let last = agreements.last.hash
        let due = statements.filter { $0.1.change.agreement == last }.sorted { $0.1.change.version < $1.1.change.version }
        statements.removeAll { $0.1.change.agreement == last }
        for (path, statement) in due {
            do throws(KeyStatementFault) { try agreements.append(statement) } catch { throw DeskError(error, file: path) }
        }
    }

    /// The versions above 1 that are installed. A gap is refused: whoever takes an amendment away would bring back what it ended.
    private func amendmentVersions() throws(DeskError) -> [Int] {
        let versions = try names().compactMap { name -> Int? in
            guard name.hasPrefix("agreement-"), name.hasSuffix(".txt") else { return nil }
            return Int(name.dropFirst("agreement-".count).dropLast(".txt".count))
        }.sorted()
        for (place, version) in versions.enumerated() where version != place + 2 {
            throw DeskError(
                .notFound, "\(agreement(version: place + 2)) is missing: version \(version) is installed without it",
                hint: "bring it back from the copy that you keep, or from the other side: it is signed by all"
            )
        }
        return versions
    }

    /// The seeds of the root, station and light keys that come after those in force, one behind the other.
    func loadNextIdentity(from path: String? = nil, passphrase: PassphraseSource) throws(DeskError) -> [UInt8] {
        let path = path ?? nextKey
        guard LocalFile(path).exists else {
            throw DeskError(
                .notFound, "the next identity is not at \(path)", hint: "if it is kept offline, mount its medium and name it: --next-key /media/…/next.key"
            )
        }
        return try seed(.next, at: path, passphrase: passphrase)
    }

    // MARK: -

    /// The first of these files that holds a key that is wanted.
    private func key<Key>(_ purpose: KeyPurpose, at paths: [String], _ wanted: ([UInt8]) throws(SealError) -> Key?) throws(DeskError) -> Key {
        for path in paths where path == paths[0] && !LocalFile(paths[1]).exists || LocalFile(path).exists {
            let seed = try seed(purpose, at: path)
            if let key = try sealing({ () throws(SealError) in try wanted(seed) }) { return key }
        }
        throw foreign(paths[0])
    }

    func seed(_ purpose: KeyPurpose, at path: String, passphrase: PassphraseSource = .none) throws(DeskError) -> [UInt8] {
        let file = try KeyFile(try LocalFile(path).read(bytesMax: PartyLimits.keyFileBytesMax, isPrivate: true), expecting: purpose, path: path)
        return try file.seed(path: path) { () throws(DeskError) in try passphrase.passphrase(for: path) }
    }

    private func foreign(_ path: String) -> DeskError {
        DeskError(
            .refused, "\(path) is a key of another party, or of another line: \(card) does not list it",
            hint: "bring back the key that was made with this card"
        )
    }

    private func sealing<T>(_ body: () throws(SealError) -> T) throws(DeskError) -> T {
        do throws(SealError) { return try body() } catch { throw DeskError(error, file: path) }
    }
}

/// The agreements of the line as they are installed here, and which of their parties we are.
public struct InstalledAgreement: Sendable {
    public let agreements: LineAgreements
    public let me: StationNumber
    /// The one in force.
    public var agreement: Agreement { agreements.last }
    /// The exact bytes of everything that is installed, the first agreement first.
    var files: [[UInt8]] { agreements.files }
    var membership: Membership {
        Membership(me: me, keys: agreements.keys, keysVersion: UInt64(agreements.keysVersion(of: me, under: agreement)))
    }
}
