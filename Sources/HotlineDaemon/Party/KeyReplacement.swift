import Glibc
import HotlineAgreement
public import HotlineDesk
import HotlineSeal
import HotlineWire

/// The ceremony by which a party gets new keys on a line: it makes them, and a key statement that the other side installs.
///
/// The new keys lie beside the old ones, which go on until the statement is installed here.
public struct KeyReplacement: Sendable {
    var reason: KeyChange.Reason
    var authority: KeyChange.Authority
    /// Where the root key lies, or the next identity, if it has been moved away.
    public var offlineKey: String?
    /// Two of them, for the authority `recovery`.
    public var recoveryKeys: [String]
    /// Opens what is under a passphrase.
    public var passphrase: PassphraseSource
    /// Puts a new root key and a new next identity under a passphrase; nil leaves them open.
    public var newPassphrase: PassphraseSource?
    var cost = PartyLimits.scryptCost

    public init(
        reason: String, authority: String = "root", offlineKey: String? = nil, recoveryKeys: [String] = [], passphrase: PassphraseSource,
        newPassphrase: PassphraseSource? = nil
    ) throws(DeskError) {
        guard let reason = KeyChange.Reason(rawValue: reason) else {
            throw DeskError(.usage, "'\(reason)' is no reason", hint: "'replaced' where it is done in order, 'stolen' where somebody else has the keys or may have them")
        }
        guard let authority = KeyChange.Authority(rawValue: authority) else {
            throw DeskError(.usage, "'\(authority)' is no authority", hint: "'root'; 'next' where the root key is lost or stolen; 'recovery' where the next identity is gone too")
        }
        guard (authority == .recovery) == (recoveryKeys.count == 2), authority == .recovery || recoveryKeys.isEmpty else {
            throw DeskError(.usage, "\(recoveryKeys.count) recovery keys were given", hint: "with --authority recovery two are needed, with another one none")
        }
        self.reason = reason
        self.authority = authority
        self.offlineKey = offlineKey
        self.recoveryKeys = recoveryKeys
        self.passphrase = passphrase
        self.newPassphrase = newPassphrase
    }

    /// Makes the keys in the directory and the statement at `output`.
    ///
    /// - Throws: `refused` where a replacement is waiting already, or where the authority's keys are not those that are in force;
    ///   `notFound` where they are offline.
    public func run(in directory: StationDirectory, output: String) throws(DeskError) -> KeyStatementView {
        try LocalFile(output).checkIsNotInstalled()
        let installed = try directory.loadAgreement()
        let (agreements, me) = (installed.agreements, installed.me)
        guard let before = agreements.keys(of: me) else { preconditionFailure("the agreement lists our own party") }
        let waiting = NewKeyFile.allCases.map { directory.new($0) }.filter { LocalFile($0).exists }
        guard waiting.isEmpty, !LocalFile(output).exists else {
            throw DeskError(
                .refused, "there is \(waiting.first ?? output) already",
                hint: "a replacement is waiting: install its statement, or delete the files new-* if it was given up"
            )
        }
        let made = try NewKeys(authority, before: before, agreements: agreements, self, directory)
        let change = KeyChange(
            line: agreements.line, agreement: agreements.last.hash, party: me, version: agreements.keysVersion(of: me) + 1,
            date: WallTime(milliseconds: Int64(time(nil)) * 1000), reason: reason, authority: authority, keys: made.keys,
            recoveryKeys: made.recoveryKeys
        )
        let statement: UnverifiedKeyStatement
        do throws(AgreementError) { statement = try change.signed(by: made.signers) } catch { throw DeskError(error, file: output) }
        do throws(KeyStatementFault) { _ = try agreements.check(statement) } catch { throw DeskError(error, file: output) }
        var written: [String] = []
        do throws(DeskError) {
            for (file, bytes) in try made.files(mark: agreements.last.party(me)?.mark ?? "", name: agreements.last.party(me)?.name ?? "", change.date, self) {
                try LocalFile(directory.new(file)).create(bytes)
                written.append(directory.new(file))
            }
            try LocalFile(output).create(statement.file, mode: 0o644)
        } catch {
            for path in written { unlink(path) }
            throw error
        }
        return KeyStatementView(statement, path: output, agreements)
    }
}

/// The keys of one replacement.
private struct NewKeys {
    let keys: PartyKeys
    let signers: [CompositePrivateKey]
    let recoveryKeys: [CompositePublicKey]
    private let station: CompositePrivateKey
    private let light: LightPrivateKey
    private let tls: TLSCredentials
    /// A new root key and the identity after it, where the root is replaced.
    private let offline: (root: CompositePrivateKey, next: [[UInt8]])?

    init(
        _ authority: KeyChange.Authority, before: PartyKeys, agreements: LineAgreements, _ order: KeyReplacement, _ directory: StationDirectory
    ) throws(DeskError) {
        tls = try TLSCredentials.make()
        let pin = try tls.identity(path: "the new TLS key").pin.bytes
        var keys = before
        keys.tlsPin = pin
        do {
            switch authority {
            case .root:
                station = try CompositePrivateKey()
                light = LightPrivateKey()
                signers = [try directory.loadRootKey(from: order.offlineKey, passphrase: order.passphrase)]
                recoveryKeys = []
                offline = nil
            case .next:
                let seed = try directory.loadNextIdentity(from: order.offlineKey, passphrase: order.passphrase)
                let size = CompositePrivateKey.seedSize
                let root = try CompositePrivateKey(seed: Array(seed[..<size]))
                station = try CompositePrivateKey(seed: Array(seed[size..<2 * size]))
                light = try LightPrivateKey(seed: Array(seed[(2 * size)...]))
                signers = [root]
                recoveryKeys = []
                offline = (root, try NewKeys.identity())
            case .recovery:
                (station, light) = (try CompositePrivateKey(), LightPrivateKey())
                var found: [(place: Int, key: CompositePrivateKey, listed: CompositePublicKey)] = []
                for path in order.recoveryKeys {
                    let key = try CompositePrivateKey(seed: try directory.seed(.recovery, at: path, passphrase: order.passphrase))
                    let listed = try key.publicKey
                    guard let place = before.recovery.firstIndex(of: Digest.sha256(listed.bytes)) else {
                        throw DeskError(.refused, "\(path) is not one of the recovery keys that the agreement lists", hint: "use those that were made with this party's card")
                    }
                    found.append((place, key, listed))
                }
                found.sort { $0.place < $1.place }
                signers = found.map(\.key)
                recoveryKeys = found.map(\.listed)
                offline = (try CompositePrivateKey(), try NewKeys.identity())
            }
            keys.station = try station.publicKey
            keys.light = try light.publicKey
            if let offline {
                keys.root = try offline.root.publicKey
                keys.next = try NewKeys.hash(offline.next)
            }
        } catch {
            switch error {
            case let error as DeskError: throw error
            case let error as SealError: throw DeskError(error, file: "a new key")
            default: preconditionFailure("keys throw their own errors")
            }
        }
        self.keys = keys
    }

    private static func identity() throws(SealError) -> [[UInt8]] {
        [try CompositePrivateKey().seed, try CompositePrivateKey().seed, LightPrivateKey().seed]
    }

    private static func hash(_ seeds: [[UInt8]]) throws(SealError) -> Hash {
        NextIdentity.hash(
            root: try CompositePrivateKey(seed: seeds[0]).publicKey, station: try CompositePrivateKey(seed: seeds[1]).publicKey,
            light: try LightPrivateKey(seed: seeds[2]).publicKey
        )
    }

    func files(mark: String, name: String, _ created: WallTime, _ order: KeyReplacement) throws(DeskError) -> [(NewKeyFile, [UInt8])] {
        func file(_ purpose: KeyPurpose, _ seed: [UInt8], _ passphrase: Passphrase? = nil) throws(DeskError) -> [UInt8] {
            try KeyFile(purpose, mark: mark, name: name, created: created, seed: seed, passphrase: passphrase, cost: order.cost).bytes
        }
        var files: [(NewKeyFile, [UInt8])] = [
            (.station, try file(.station, station.seed)), (.light, try file(.light, light.seed)), (.tlsKey, try file(.tls, tls.seed)),
            (.tlsCertificate, tls.certificate),
        ]
        if let offline {
            let passphrase = try order.newPassphrase.map { (source) throws(DeskError) in try source.passphrase(for: "the new root key", isNew: true) }
            files.append((.root, try file(.root, offline.root.seed, passphrase)))
            files.append((.next, try file(.next, offline.next.flatMap(\.self), passphrase)))
        }
        return files
    }
}

/// The files of a replacement that waits for its statement, beside those whose place they take.
enum NewKeyFile: String, CaseIterable {
    case station = "station.key"
    case light = "light.key"
    case tlsKey = "tls.key"
    case tlsCertificate = "tls.crt"
    case root = "root.key"
    case next = "next.key"
}
