public import HotlineAgreement
public import HotlineRecord
import HotlineSeal
public import HotlineWire

/// What is proved of the release of one statement: who has signed it, as the author's roster and the agreement say. Both sides compute the
/// same from the same transcript, in whatever order its entries came.
///
/// ```
///   appended ─▶ station only ─ the light signatures verify ─▶ released ─ the composite ones verify ─▶ released for ever
///                    └─ what came does not count: it stays 'station only', with what is wrong
/// ```
public struct Release: Sendable {
    /// The roles of which one officer each must have signed. Where there is none, nothing has to be proved.
    public let roles: [OfficerRole]
    public private(set) var light: Proof?
    public private(set) var composite: Proof?
    /// Attestations that prove nothing, the first few.
    public private(set) var faults: [(attestation: EntryID, fault: ReleaseFault)] = []

    /// That different officers of the right roles have signed the statement. Only verification makes one.
    public struct Proof: Hashable, Sendable {
        public let attestation: EntryID
        public let release: ReleaseID
        /// In the order of the roles.
        public let officers: [String]
        fileprivate init(attestation: EntryID, release: ReleaseID, officers: [String]) {
            self.attestation = attestation
            self.release = release
            self.officers = officers
        }
    }

    public var isNeeded: Bool { !roles.isEmpty }
    public var proof: Proof? { composite ?? light }
    /// Whether it is to be shown as the word of the station alone, before everything else.
    public var isStationOnly: Bool { isNeeded && proof == nil }

    /// A roster and the entry that states it.
    public struct Enrolment: Sendable {
        public let entry: EntryID
        public let roster: Roster
        public init(entry: EntryID, roster: Roster) {
            self.entry = entry
            self.roster = roster
        }
    }

    /// A statement for which an attestation has named a release id.
    public struct Use: Hashable, Sendable {
        public let attestation: EntryID
        public let statement: EntryID
        public init(attestation: EntryID, statement: EntryID) {
            self.attestation = attestation
            self.statement = statement
        }
    }

    /// - Parameters:
    ///   - entry: the statement.
    ///   - roles: what it needs (`ReleaseNeed`).
    ///   - attestations: entries of kinds 13 and 14 whose first reference is the statement, in any order.
    ///   - enrolments: the rosters of its author that verify, in any order.
    ///   - uses: for what the author has named a release id, in any order.
    public init(
        _ entry: Entry, roles: [OfficerRole], _ attestations: [Entry], enrolments: [Enrolment], uses: (ReleaseID) -> [Use], in order: RecordOrder, line: Hash
    ) {
        self.roles = roles
        guard !roles.isEmpty else { return }
        let roster = Release.roster(at: entry.id, enrolments, order)
        for attestation in order.sorted(attestations, \.id) {
            guard let strength = Attestation.Strength(attestation.header.kind), attestation.references.first == entry.id else { continue }
            switch Release.check(attestation, strength, entry, roles, roster, uses: uses, order, line: line) {
            case .success(let proof):
                switch strength {
                case .light: light = light ?? proof
                case .composite: composite = composite ?? proof
                }
            case .failure(let fault): if faults.count < WatchLimits.breachesMax { faults.append((attestation.id, fault.fault)) }
            }
        }
    }

    /// The roster of an author that is in force where an entry of it stands: its rosters count in the order of its record.
    public static func roster(at entry: EntryID, _ enrolments: [Enrolment], _ order: RecordOrder) -> Roster? {
        var rosters = Rosters()
        // One whose version is not above that in force counts for nothing (AGR-48).
        for enrolment in order.sorted(enrolments, \.entry) where order.comes(enrolment.entry, before: entry) { try? rosters.take(enrolment.roster) }
        return rosters.roster(of: entry.author)
    }

    private struct Failure: Error { let fault: ReleaseFault }

    private static func check(
        _ entry: Entry, _ strength: Attestation.Strength, _ statement: Entry, _ roles: [OfficerRole], _ roster: Roster?, uses: (ReleaseID) -> [Use],
        _ order: RecordOrder, line: Hash
    ) -> Result<Proof, Failure> {
        guard let attestation = try? Attestation(strength, content: entry.content) else { return .failure(Failure(fault: .unreadable)) }
        guard entry.id.author == statement.id.author else { return .failure(Failure(fault: .notItsAuthor)) }
        guard entry.header.isHandled(as: statement.header, turned: false) else { return .failure(Failure(fault: .otherHandling)) }
        let first = order.sorted(uses(attestation.release), \.attestation).first?.statement
        if let first, first != statement.id { return .failure(Failure(fault: .usedBefore(first))) }
        let signed = ReleasedStatement(statement, release: attestation.release)
        if let fault = attestation.fault(strength, signed, roles, roster, line: line, party: statement.id.author) { return .failure(Failure(fault: fault)) }
        return .success(Proof(attestation: entry.id, release: attestation.release, officers: attestation.signatures.map(\.officer)))
    }
}

extension Attestation {
    /// Why its signatures do not release a statement; nil where they do.
    ///
    /// - Parameter roster: the one in force where the statement stands.
    func fault(
        _ strength: Strength, _ statement: ReleasedStatement, _ roles: [OfficerRole], _ roster: Roster?, line: Hash, party: StationNumber
    ) -> ReleaseFault? {
        guard let inForce = roster, inForce.party == party else { return .noRoster }
        guard self.roster == inForce.version else { return .otherRoster(found: self.roster, inForce: inForce.version) }
        guard signatures.count == roles.count else { return .officers(found: signatures.count, needed: roles.count) }
        let bytes = statement.signedBytes(line: line, party: party)
        var signers: Set<String> = []
        for (signature, role) in zip(signatures, roles) {
            guard signers.insert(signature.officer).inserted else { return .sameOfficer(signature.officer) }
            guard let officer = inForce.officer(signature.officer) else { return .unknownOfficer(signature.officer) }
            guard officer.roles.contains(role) else { return .wrongRole(signature.officer, role) }
            let isSigned =
                switch strength {
                case .light: officer.light.verifies(signature.bytes, over: bytes)
                case .composite: officer.composite.verifies(signature.bytes, over: bytes)
                }
            guard isSigned else { return .notSigned(signature.officer) }
        }
        return nil
    }
}

extension RecordOrder {
    /// Whether one entry of a record comes before another of it.
    func comes(_ earlier: EntryID, before later: EntryID) -> Bool {
        earlier.generation == later.generation ? earlier.number < later.number : comes(earlier.generation, before: later.generation)
    }
}
