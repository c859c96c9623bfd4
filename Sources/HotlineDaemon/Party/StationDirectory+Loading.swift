public import HotlineAgreement
public import HotlineBearers
public import HotlineDesk
public import HotlineSeal
public import HotlineWire

/// What a station reads of its directory when it starts. Every key is compared with the identity card beside it.
extension StationDirectory {
    /// Our own card.
    public func loadCard() throws(DeskError) -> IdentityCard {
        try check()
        return try CardFile(card).load()
    }

    /// The keys that a running station holds in memory.
    ///
    /// - Throws: `refused` for keys of another party, or files that others can read; `notFound`; `malformed`.
    public func loadStationKeys() throws(DeskError) -> StationPrivateKeys {
        let listed = try loadCard().identity.keys
        let station = try seed(.station, at: stationKey)
        let light = try seed(.light, at: lightKey)
        let keys = try sealing { () throws(SealError) in
            StationPrivateKeys(station: try CompositePrivateKey(seed: station), light: try LightPrivateKey(seed: light))
        }
        guard try sealing({ () throws(SealError) in try keys.station.publicKey }) == listed.station else { throw foreign(stationKey) }
        guard try sealing({ () throws(SealError) in try keys.light.publicKey }) == listed.light else { throw foreign(lightKey) }
        return keys
    }

    /// What the TLS bearer proves itself with.
    public func loadTLSIdentity() throws(DeskError) -> TLSIdentity {
        let pin = try loadCard().identity.keys.tlsPin
        let seed = try seed(.tls, at: tlsKey)
        let certificate = try LocalFile(tlsCertificate).read(bytesMax: PartyLimits.certificateBytesMax, isPrivate: true)
        let identity = try TLSCredentials(seed: seed, certificate: certificate).identity(path: tlsKey)
        guard identity.pin.bytes == pin else { throw foreign(tlsKey) }
        return identity
    }

    /// The root key, which signs agreements.
    ///
    /// - Parameters:
    ///   - path: where it lies if it has been moved away; nil for its place in the directory.
    ///   - passphrase: asked only where the key is under one.
    /// - Throws: `notFound` where it is offline; `refused` for the root key of another party or a wrong passphrase.
    public func loadRootKey(from path: String? = nil, passphrase: PassphraseSource) throws(DeskError) -> CompositePrivateKey {
        let listed = try loadCard().identity.keys.root
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
        for version in try amendmentVersions() {
            let path = agreement(version: version)
            let amendment = try AgreementFile(path).parse().verified(file: path)
            do throws(AmendmentFault) { try agreements.append(amendment) } catch { throw DeskError(error, file: path) }
        }
        return InstalledAgreement(agreements: agreements, me: me)
    }

    /// The versions above 1 that are installed. A gap is refused: whoever takes an amendment away would bring back what it ended.
    private func amendmentVersions() throws(DeskError) -> [Int] {
        let versions = try names().compactMap { name -> Int? in
            guard name.hasPrefix("agreement-"), name.hasSuffix(".txt") else { return nil }
            return Int(name.dropFirst("agreement-".count).dropLast(".txt".count))
        }.sorted()
        for (place, version) in versions.enumerated() where version != place + 2 {
            throw DeskError(
                .notFound, "\(agreement(version: place + 2)) is missing: version \(version) is installed without it.",
                hint: "Bring it back from the copy that you keep, or from the other side: it is signed by all."
            )
        }
        return versions
    }

    // MARK: -

    private func seed(_ purpose: KeyPurpose, at path: String, passphrase: PassphraseSource = .none) throws(DeskError) -> [UInt8] {
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
    /// The exact bytes of each, the first agreement first.
    var files: [[UInt8]] { agreements.all.map(\.file) }
}
