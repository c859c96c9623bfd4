import HotlineSeal
public import HotlineWire

/// A key statement that counts on its line: signed by whoever may, and above all of its party before it. Only
/// `LineAgreements.append` makes one.
public struct KeyStatement: Hashable, Sendable {
    public let unverified: UnverifiedKeyStatement
    fileprivate init(_ unverified: UnverifiedKeyStatement) { self.unverified = unverified }
    public var change: KeyChange { unverified.change }
    public var hash: Hash { unverified.hash }
    public var file: [UInt8] { unverified.file }
}

extension LineAgreements {
    /// The keys of a party as the last agreement lists them, or as its last statement under that agreement has replaced them.
    public func keys(of party: StationNumber) -> PartyKeys? {
        statements.last { $0.change.party == party && $0.change.agreement == last.hash }?.change.keys ?? last.party(party)?.keys
    }

    /// The TLS pins by which a party may be known, the latest first: the one in force and the one before it, for its record may not
    /// have changed over; after a theft the one in force alone.
    public func tlsPins(of party: StationNumber) -> [[UInt8]] {
        let changes = statements.map(\.change).filter { $0.party == party }
        var pins: [[UInt8]] = []
        for agreement in all {
            if let pin = agreement.tlsPin(of: party) { pins.append(pin) }
            for change in changes where change.agreement == agreement.hash {
                if change.reason == .stolen { pins = [] }
                pins.append(change.keys.tlsPin)
            }
        }
        return Array(pins.reversed().reduce(into: []) { if !$0.contains($1) { $0.append($1) } }.prefix(2))
    }

    /// The version of a party's last statement on this line; 0 where it has made none.
    public func keysVersion(of party: StationNumber) -> Int { statements.last { $0.change.party == party }?.change.version ?? 0 }

    /// The version of the statement by which a party's keys are others than an agreement lists; 0 where they are not.
    public func keysVersion(of party: StationNumber, under agreement: Agreement) -> Int {
        statements.last { $0.change.party == party && $0.change.agreement == agreement.hash }?.change.version ?? 0
    }

    public func statement(_ hash: Hash) -> KeyStatement? { statements.first { $0.hash == hash } }

    /// Whether this statement counts, and what it would count for.
    ///
    /// - Throws: the first rule that it breaks (AGR-51 to AGR-55).
    public func check(_ statement: UnverifiedKeyStatement) throws(KeyStatementFault) -> KeyStatement {
        let change = statement.change
        guard change.line == line else { throw .otherLine }
        guard let before = keys(of: change.party) else { throw .noParty(change.party) }
        guard change.agreement == last.hash else { throw .otherAgreement(expected: last.terms.edition.version) }
        let version = keysVersion(of: change.party)
        guard change.version > version else { throw .stale(found: change.version, inForce: version) }
        guard change.version <= version + Limits.keyVersionStepMax else { throw .farAhead(found: change.version, inForce: version) }
        try check(change, after: before)
        guard statement.isSigned else { throw .notVerified(change.authority) }
        return KeyStatement(statement)
    }

    private func check(_ change: KeyChange, after before: PartyKeys) throws(KeyStatementFault) {
        let keys = change.keys
        guard keys.recovery == before.recovery else { throw .beyondAuthority(change.authority) }
        switch change.authority {
        case .root:
            // Or a thief of the root key could name an identity of his own to come after it.
            guard keys.root == before.root else { throw .otherRoot }
            guard keys.next == before.next else { throw .beyondAuthority(.root) }
        case .next:
            guard keys.next != before.next else { throw .beyondAuthority(.next) }
            guard NextIdentity.hash(root: keys.root, station: keys.station, light: keys.light) == before.next else { throw .notAnnounced }
        case .recovery:
            guard keys.next != before.next else { throw .beyondAuthority(.recovery) }
            let hashes = change.recoveryKeys.map { Digest.sha256($0.bytes) }
            guard hashes.count == 2, let first = before.recovery.firstIndex(of: hashes[0]), let second = before.recovery.firstIndex(of: hashes[1]),
                first < second
            else { throw .notRecovery }
        }
        let isReplaced = [keys.station != before.station, keys.light != before.light, keys.tlsPin != before.tlsPin]
        guard isReplaced.contains(true), change.reason == .replaced || !isReplaced.contains(false) else { throw .keepsKeys(change.reason) }
        let fresh = LineAgreements.values(keys).subtracting(LineAgreements.values(before))
        guard fresh.isDisjoint(with: everListed) else { throw .usedBefore }
    }

    /// Every key, half a key, pin, hash and nonce that stands anywhere on the line, whoever's it is.
    var everListed: Set<[UInt8]> {
        let listed = all.flatMap { $0.terms.parties.map(\.keys) } + statements.map(\.change.keys)
        let nonces = all.flatMap { $0.terms.parties.map(\.nonce) }
        return listed.reduce(into: Set(nonces)) { $0.formUnion(LineAgreements.values($1)) }
    }

    static func values(_ keys: PartyKeys) -> Set<[UInt8]> {
        [
            keys.root.classicalHalf, keys.root.latticeHalf, keys.station.classicalHalf, keys.station.latticeHalf, keys.light.bytes, keys.tlsPin,
            keys.next.bytes,
        ]
    }
}

/// Why a key statement does not count.
public enum KeyStatementFault: Error, Hashable, Sendable {
    case otherLine
    case noParty(StationNumber)
    /// It replaces keys of another agreement than the one in force.
    case otherAgreement(expected: Int)
    /// Its version is not above the party's last one: it was overtaken.
    case stale(found: Int, inForce: Int)
    /// Its version leaves so many out that nobody could go on from it.
    case farAhead(found: Int, inForce: Int)
    /// It names another root key than the one in force, on the word of the root key.
    case otherRoot
    /// It changes what this authority may not change.
    case beyondAuthority(KeyChange.Authority)
    /// Its keys do not have the hash that was announced as the next identity.
    case notAnnounced
    /// It is not signed by two different recovery keys that are listed, in their order.
    case notRecovery
    /// It replaces nothing, or not all that a thief has.
    case keepsKeys(KeyChange.Reason)
    /// It brings back a key, or takes one that somebody else has.
    case usedBefore
    case notVerified(KeyChange.Authority)
}
