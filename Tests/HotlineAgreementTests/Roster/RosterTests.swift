import HotlineAgreement
import HotlineSeal
import HotlineWire
import Testing

@Suite("Rosters")
struct RosterTests {
    private let line = Digest.sha256(Array("a line".utf8))
    private let root: CompositePrivateKey
    private let officers: [Roster.Officer]

    init() throws {
        root = try Parties.root(0)
        officers = try [("w-duty", [OfficerRole.watch, .translator]), ("w-chief", [.principal]), ("w-second", [.releaser])].enumerated().map { place, officer in
            Roster.Officer(
                code: officer.0, roles: officer.1, light: try LightPrivateKey(seed: Parties.seed(40 + place, 1, 32)).publicKey,
                composite: try CompositePrivateKey(seed: Parties.seed(40 + place, 2, 64)).publicKey
            )
        }
    }

    private func signed(_ version: UInt64, _ officers: [Roster.Officer]) throws -> UnverifiedRoster {
        try UnverifiedRoster.signed(by: root, party: Parties.station(1), version: version, officers: officers, on: line)
    }

    private func verified(_ version: UInt64, _ officers: [Roster.Officer]) throws -> Roster {
        try signed(version, officers).verified(by: root.publicKey, on: line)
    }

    @Test("AGR-46, AGR-47: a roster reads back as it was written, its officers in order of code")
    func roundTrip() throws {
        let written = try signed(1, officers)
        let read = try UnverifiedRoster(written.content, of: Parties.station(1))
        #expect(read == written)
        let roster = try read.verified(by: root.publicKey, on: line)
        #expect(roster.officers.map(\.code) == ["w-chief", "w-duty", "w-second"])
        #expect(roster.officers(with: .watch).map(\.code) == ["w-duty"] && roster.officer("w-duty")?.roles == [.watch, .translator])
        #expect(roster.content.count == 2 + 3 * (1 + 1 + 32 + 1984) + "w-dutyw-chiefw-second".utf8.count + 3373)
        #expect(try verified(2, []).officers.isEmpty, "all can be revoked")
    }

    @Test("AGR-47: it counts for its party, on its line, as it was signed by its root, and no byte otherwise")
    func signature() throws {
        let roster = try signed(3, [officers[0]])
        let other = try Parties.root(1)
        #expect(throws: RosterFault.notVerified(try Parties.station(1))) { try roster.verified(by: other.publicKey, on: line) }
        #expect(throws: RosterFault.self) { try roster.verified(by: root.publicKey, on: Digest.sha256([1])) }
        let elsewhere = try UnverifiedRoster(roster.content, of: Parties.station(2))
        #expect(throws: RosterFault.notVerified(try Parties.station(2))) { try elsewhere.verified(by: root.publicKey, on: line) }
        let content = roster.content
        for place in stride(from: 0, to: content.count, by: 97) {
            var changed = content
            changed[place] ^= 1
            #expect(throws: RosterFault.self, "byte \(place)") {
                try UnverifiedRoster(changed, of: Parties.station(1)).verified(by: root.publicKey, on: line)
            }
        }
    }

    @Test("AGR-46: what is cut short, too long, or in another form is refused")
    func malformed() throws {
        let content = try signed(1, officers).content
        for count in stride(from: 0, to: content.count, by: 61) {
            #expect(throws: RosterFault.self) { try UnverifiedRoster(Array(content.prefix(count)), of: Parties.station(1)) }
        }
        #expect(throws: RosterFault.malformed(.trailing(count: 1))) { try UnverifiedRoster(content + [0], of: Parties.station(1)) }
        #expect(throws: RosterFault.malformed(.invalid(what: "version of a roster", found: 0))) {
            try UnverifiedRoster([0] + content.dropFirst(), of: Parties.station(1))
        }
        #expect(throws: RosterFault.malformed(.tooLarge(what: "officers", found: 65, max: 64))) {
            try UnverifiedRoster([1, 0x40, 65] + content.dropFirst(2), of: Parties.station(1))
        }
        var swapped = content
        let size = 1 + 7 + 1 + 32 + 1984
        swapped.replaceSubrange(2..<2 + size, with: content[2 + size..<2 + size + 6] + content[2..<2 + size - 6])
        #expect(throws: RosterFault.self) { try UnverifiedRoster(swapped, of: Parties.station(1)) }
    }

    @Test("AGR-46: an officer has a code, a role and keys of its own", arguments: 0..<5)
    func officerFaults(_ which: Int) throws {
        func officer(_ code: String, _ roles: [OfficerRole], _ light: Roster.Officer, _ composite: Roster.Officer) -> Roster.Officer {
            Roster.Officer(code: code, roles: roles, light: light.light, composite: composite.composite)
        }
        let faulty = [
            [officer("W Duty", [.watch], officers[0], officers[0])], [officer("w-duty", [], officers[0], officers[0])],
            [officers[0], officer("w-two", [.watch], officers[0], officers[1])], [officers[0], officer("w-two", [.watch], officers[1], officers[0])],
            [officers[0], officers[0]],
        ]
        #expect(throws: RosterFault.self) { try signed(1, faulty[which]) }
    }

    @Test("SEAL-2: an officer's key of small order is refused")
    func smallOrder() throws {
        var content = try signed(1, [officers[0]]).content
        let place = 2 + 1 + "w-duty".utf8.count + 1
        content.replaceSubrange(place..<place + 32, with: [UInt8](repeating: 0, count: 32))
        #expect(throws: RosterFault.self) { try UnverifiedRoster(content, of: Parties.station(1)) }
    }

    @Test("AGR-48: a version that is not above the one in force is refused, or a revoked officer would come back")
    func versions() throws {
        var rosters = Rosters()
        let (first, second) = (try verified(1, officers), try verified(2, [officers[0]]))
        try rosters.take(first)
        try rosters.take(second)
        #expect(rosters.roster(of: try Parties.station(1))?.officer("w-second") == nil)
        #expect(throws: RosterFault.stale(found: 1, inForce: 2)) { try rosters.take(first) }
        #expect(throws: RosterFault.stale(found: 2, inForce: 2)) { try rosters.take(second) }
        #expect(try rosters.roster(of: Parties.station(1)) == second && rosters.roster(of: Parties.station(2)) == nil)
        try rosters.take(try verified(9, officers))
        #expect(rosters.roster(of: try Parties.station(1))?.officer("w-second") != nil)
    }
}
