import HotlineAgreement
import HotlineDesk
import HotlineWire

/// One secret and what it is, as it lies in a file of mode 0600:
///
///     hotline/1 root key
///     party W
///     name Washington
///     created 2026-03-01T00:00:00Z
///     seed mZ7…=
///
/// or, under a passphrase, with the seed in a box:
///
///     sealed scrypt 17 8 1 wY2…=
///     box Xk9…=
///
/// The text has one form alone. What a value of this type prints never holds the secret.
struct KeyFile: Sendable, CustomStringConvertible {
    let purpose: KeyPurpose
    let mark: String
    let name: String
    let created: WallTime
    let secret: Secret

    enum Secret: Sendable {
        case open([UInt8])
        case sealed(SealedSeed)
    }

    /// What stands above the secret; under a passphrase it is authenticated with it.
    var heading: [UInt8] {
        Array("\(purpose.title)\nparty \(mark)\nname \(name)\ncreated \(Timestamp.text(created))\n".utf8)
    }

    var bytes: [UInt8] {
        switch secret {
        case .open(let seed): heading + Array("seed \(Base64.string(seed))\n".utf8)
        case .sealed(let sealed): heading + sealed.lines
        }
    }

    var description: String { "\(purpose.rawValue) of \(mark)" }

    /// - Parameter path: for the error alone.
    init(_ bytes: [UInt8], expecting purpose: KeyPurpose, path: String) throws(DeskError) {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw KeyFile.foreign(path, purpose) }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        guard let title = lines.popFirst(), let found = KeyPurpose.allCases.first(where: { $0.title == title }) else { throw KeyFile.foreign(path, purpose) }
        guard found == purpose else {
            throw DeskError(
                .refused, "\(path) holds a \(found.rawValue) where a \(purpose.rawValue) belongs",
                hint: "give each key file its own name back; 'head -1 FILE' says what one holds"
            )
        }
        func value(_ key: String) throws(DeskError) -> String {
            guard let line = lines.popFirst(), line.hasPrefix("\(key) ") else { throw KeyFile.damaged(path, purpose) }
            return String(line.dropFirst(key.count + 1))
        }
        self.purpose = purpose
        mark = try value("party")
        name = try value("name")
        guard let created = Timestamp.time(try value("created")) else { throw KeyFile.damaged(path, purpose) }
        self.created = created
        if lines.first?.hasPrefix("sealed ") == true {
            guard let sealed = SealedSeed(parameters: try value("sealed"), box: try value("box"), seedSize: purpose.seedSize) else {
                throw KeyFile.damaged(path, purpose)
            }
            secret = .sealed(sealed)
        } else {
            guard let seed = Base64.bytes(try value("seed")), seed.count == purpose.seedSize else { throw KeyFile.damaged(path, purpose) }
            secret = .open(seed)
        }
        guard self.bytes == bytes else { throw KeyFile.damaged(path, purpose) }
    }

    /// A new file for a seed, in a box where there is a passphrase.
    ///
    /// - Precondition: the seed has the size of its purpose.
    init(
        _ purpose: KeyPurpose, mark: String, name: String, created: WallTime, seed: [UInt8], passphrase: Passphrase? = nil,
        cost: Int = PartyLimits.scryptCost
    ) throws(DeskError) {
        precondition(seed.count == purpose.seedSize, "a seed has the size of its purpose")
        let open = KeyFile(purpose, mark, name, created, .open(seed))
        guard let passphrase else {
            self = open
            return
        }
        self.init(purpose, mark, name, created, .sealed(try SealedSeed.seal(seed, under: passphrase, heading: open.heading, cost: cost)))
    }

    private init(_ purpose: KeyPurpose, _ mark: String, _ name: String, _ created: WallTime, _ secret: Secret) {
        self.purpose = purpose
        self.mark = mark
        self.name = name
        self.created = created
        self.secret = secret
    }

    /// The secret. `ask` is called only where it is in a box.
    func seed(path: String, _ ask: () throws(DeskError) -> Passphrase) throws(DeskError) -> [UInt8] {
        switch secret {
        case .open(let seed): return seed
        case .sealed(let sealed):
            guard let seed = try sealed.open(with: try ask(), heading: heading) else {
                throw DeskError(.refused, "the passphrase does not open \(path)", hint: "try again; or the file has been changed, and its copy must be used")
            }
            return seed
        }
    }

    private static func foreign(_ path: String, _ purpose: KeyPurpose) -> DeskError {
        DeskError(.malformed, "\(path) is not a key file", hint: "its first line must be '\(purpose.title)'")
    }

    private static func damaged(_ path: String, _ purpose: KeyPurpose) -> DeskError {
        DeskError(.malformed, "\(path) begins as a \(purpose.rawValue) and is damaged", hint: "key files are not edited by hand: bring the copy that you keep")
    }
}
