import HotlineAgreement
public import HotlineDesk
import HotlineSeal
import HotlineWire

/// A key statement on one page.
public struct KeyStatementView: Codable, Hashable, Sendable {
    public let path: String
    public let party: String
    public let mark: String
    public let version: Int
    /// RFC 3339.
    public let date: String
    /// 'replaced' or 'stolen'.
    public let reason: String
    /// 'root', 'next' or 'recovery'.
    public let authority: String
    /// Which version of the agreement it stands on; nil for one that is not installed here.
    public let agreement: Int?
    public let hash: String
    /// What the party reads aloud, so that the other side knows that the statement is its own.
    public let words: [[String]]
    public let isInstalled: Bool
    /// Why it does not count here; nil where it does.
    public let fault: DeskError?
    public let keys: [KeyView]

    init(_ statement: UnverifiedKeyStatement, path: String, _ agreements: LineAgreements, fault: DeskError? = nil) {
        let change = statement.change
        let party = agreements.last.party(change.party)
        self.path = path
        self.party = party?.name ?? "party \(change.party)"
        mark = party?.mark ?? "\(change.party)"
        version = change.version
        date = Timestamp.text(change.date)
        reason = change.reason.rawValue
        authority = change.authority.rawValue
        agreement = agreements.agreement(change.agreement)?.terms.edition.version
        hash = statement.hash.description
        words = Fingerprint(statement.hash).groups
        isInstalled = agreements.statement(statement.hash) != nil
        self.fault = fault
        keys = KeyView.all(change.keys)
    }
}

/// One public key, by its fingerprint.
public struct KeyView: Codable, Hashable, Sendable {
    /// 'root', 'station', 'light', 'tls-pin', 'next', 'recovery'.
    public let key: String
    /// Hexadecimal SHA-256 of the public key; the pin and the hashes as they are.
    public let hash: String
    /// The first four of its sixteen words.
    public let words: [String]

    static func all(_ keys: PartyKeys) -> [KeyView] {
        var found: [(String, [UInt8])] = [
            ("root", Digest.sha256(keys.root.bytes).bytes), ("station", Digest.sha256(keys.station.bytes).bytes),
            ("light", Digest.sha256(keys.light.bytes).bytes), ("tls-pin", keys.tlsPin), ("next", keys.next.bytes),
        ]
        found += keys.recovery.map { ("recovery", $0.bytes) }
        return found.compactMap { name, bytes in
            Hash(bytes).map { KeyView(key: name, hash: $0.description, words: Fingerprint($0).groups[0]) }
        }
    }
}

/// Which keys each party has, as far as is installed here.
public struct KeysView: Codable, Hashable, Sendable {
    public let path: String
    /// The version of the agreement in force here.
    public let agreement: Int
    public let parties: [PartyKeysView]
    /// Whether new keys of ours wait for their statement to be installed.
    public let isReplacementWaiting: Bool

    public struct PartyKeysView: Codable, Hashable, Sendable {
        public let party: String
        public let mark: String
        public let isOurs: Bool
        /// The version of the key statement in force; 0 where the keys are those that the agreement lists.
        public let version: Int
        /// All statements of the party that are installed here: version, reason, authority.
        public let statements: [StatementView]
        public let keys: [KeyView]
    }

    public struct StatementView: Codable, Hashable, Sendable {
        public let version: Int
        public let reason: String
        public let authority: String
        public let date: String
        /// The version of the agreement that it stands on.
        public let agreement: Int?
    }

    /// - Throws: `notFound` where there is no agreement.
    public init(_ directory: StationDirectory) throws(DeskError) {
        let installed = try directory.loadAgreement()
        let agreements = installed.agreements
        path = directory.path
        agreement = agreements.last.terms.edition.version
        isReplacementWaiting = NewKeyFile.allCases.contains { LocalFile(directory.new($0)).exists }
        parties = agreements.last.terms.parties.map { party in
            let statements = agreements.statements.map(\.change).filter { $0.party == party.number }
            return PartyKeysView(
                party: party.name, mark: party.mark, isOurs: party.number == installed.me,
                version: agreements.keysVersion(of: party.number, under: agreements.last),
                statements: statements.map {
                    StatementView(
                        version: $0.version, reason: $0.reason.rawValue, authority: $0.authority.rawValue, date: Timestamp.text($0.date),
                        agreement: agreements.agreement($0.agreement)?.terms.edition.version
                    )
                },
                keys: agreements.keys(of: party.number).map(KeyView.all) ?? []
            )
        }
    }
}
