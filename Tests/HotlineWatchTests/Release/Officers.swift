import HotlineAgreement
import HotlineRecord
import HotlineSeal
import HotlineWire
import Testing

@testable import HotlineWatch

/// Washington's officers, its rosters and what they have released, by hand.
struct Officers {
    struct Keys: Sendable {
        let light: LightPrivateKey
        let composite: CompositePrivateKey
        init() throws {
            light = LightPrivateKey()
            composite = try CompositePrivateKey()
        }
    }

    let line: Line
    let washington: StationNumber
    let principals: Channel
    static let codes = ["w-1", "w-2", "w-3"]

    private static let made = Result { (root: try CompositePrivateKey(), keys: try codes.map { _ in try Keys() }) }

    init() throws {
        line = try .shared()
        washington = try Line.station(0)
        principals = try #require(line.agreement.channels.first { $0.release.roles == [.watch, .releaser] })
    }

    static func keys(_ place: Int) throws -> Keys { try made.get().keys[place] }

    /// `w-1` has the first roles, `w-2` the second ones; who has none is not in it.
    func roster(_ version: UInt64, _ roles: [[OfficerRole]] = [[.watch], [.releaser]], of party: StationNumber? = nil) throws -> Roster {
        let officers = try roles.enumerated().filter { !$0.element.isEmpty }.map { place, roles in
            Roster.Officer(code: Self.codes[place], roles: roles, light: try Self.keys(place).light.publicKey, composite: try Self.keys(place).composite.publicKey)
        }
        let root = try Self.made.get().root
        return try UnverifiedRoster.signed(by: root, party: party ?? washington, version: version, officers: officers, on: line.agreement.line)
            .verified(by: root.publicKey, on: line.agreement.line)
    }

    static func id(_ byte: UInt8) throws -> ReleaseID { try #require(ReleaseID([UInt8](repeating: byte, count: ReleaseID.size))) }

    func name(_ number: UInt64, generation: UInt64 = 1, of place: Int = 0) throws -> EntryID {
        EntryID(GenerationID(station: try Line.station(place), name: GenerationName(generation)), EntryNumber(number))
    }

    func header(_ kind: EntryKind, _ precedence: Precedence = .immediate, channel: UInt8? = nil, claimed: UInt64 = 100) -> EntryHeader {
        EntryHeader(
            kind: kind.rawValue, precedence: precedence, channel: channel ?? principals.number.value, fromPost: line.chiefs[0].number.value,
            toPost: line.chiefs[1].number.value, language: kind == .letter ? 1 : 0, claimedTime: claimed
        )
    }

    func letter(_ number: UInt64 = 5, _ text: String = "We agree.", references: [EntryID] = [], header: EntryHeader? = nil) throws -> Entry {
        Entry(
            id: try name(number), agreement: line.agreement.hash, header: header ?? self.header(.letter), references: references, seen: [],
            content: Array(text.utf8)
        )
    }

    func signature(_ place: Int, _ statement: ReleasedStatement) throws -> OfficerSignature {
        let keys = try Self.keys(place)
        let bytes = statement.signedBytes(line: line.agreement.line, party: washington)
        return try OfficerSignature(officer: Self.codes[place], light: keys.light, composite: keys.composite, over: bytes)
    }

    /// An attestation about `letter` that these officers have made of `signed`.
    func attestation(
        _ strength: Attestation.Strength = .light, of signed: Entry, about letter: Entry? = nil, by places: [Int] = [0, 1], release: UInt8 = 7, roster: UInt64 = 2,
        at id: EntryID? = nil, header: EntryHeader? = nil
    ) throws -> Entry {
        let statement = ReleasedStatement(signed, release: try Self.id(release))
        let signatures = try places.map { place in
            let signature = try signature(place, statement)
            return Attestation.Signature(officer: signature.officer, bytes: strength == .light ? signature.light : signature.composite)
        }
        let attestation = Attestation(release: statement.release, roster: roster, signatures: signatures)
        return Entry(
            id: try id ?? name((letter ?? signed).id.number.value + (strength == .light ? 1 : 2)), agreement: line.agreement.hash,
            header: header ?? self.header(strength.kind), references: [(letter ?? signed).id], seen: [], content: attestation.content
        )
    }

    /// As it stands with roster 2 in force, however its entries came.
    func release(
        _ letter: Entry, _ attestations: [Entry], rosters: [Release.Enrolment]? = nil, uses: [Release.Use] = [], order: RecordOrder = RecordOrder([:])
    ) throws -> Release {
        let enrolments = try rosters ?? [Release.Enrolment(entry: name(1), roster: roster(2))]
        let all = uses + attestations.map { Release.Use(attestation: $0.id, statement: $0.references[0]) }
        let roles = ReleaseNeed.roles(letter.header, letter.content, line.agreement)
        let releases = [attestations, attestations.reversed()].map { came in
            Release(letter, roles: roles, came, enrolments: enrolments.reversed(), uses: { _ in all.reversed() }, in: order, line: line.agreement.line)
        }
        #expect(releases[0].light == releases[1].light && releases[0].composite == releases[1].composite)
        return releases[0]
    }
}
