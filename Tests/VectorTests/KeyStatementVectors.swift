import HotlineAgreement
import HotlineRecord
import HotlineWire
import Testing

@Suite("Vectors of key statements, rosters and what is in force")
struct KeyStatementVectors {
    @Test("key-statement", arguments: try Vector.all(.keyStatement))
    func keyStatement(_ vector: Vector) throws {
        try vector.expect {
            let found = try Ending.on(.malformed) { () throws(AgreementError) in try UnverifiedKeyStatement(vector.body) }
            #expect(found.file == vector.body, "\(vector.name): written again as it was read")
            return ["hash": "\(found.hash)", "party": "\(found.change.party)", "version": "\(found.change.version)"]
        }
    }

    @Test("installed", arguments: try Vector.all(.installed))
    func installed(_ vector: Vector) throws {
        var line = try LineOf(vector)
        try vector.expect {
            try line.install(vector.body)
            let versions = line.first.parties.map(\.number).map { "\(line.agreements.keysVersion(of: $0))" }
            return ["hash": "\(line.agreements.last.hash)", "versions": versions.joined(separator: " ")]
        }
    }

    @Test("roster", arguments: try Vector.all(.roster))
    func roster(_ vector: Vector) throws {
        let (line, party) = (try LineOf(vector), try vector.station("party"))
        let before = try vector.number("in-force")
        let root = try #require(line.agreements.keys(of: party)?.root)
        try vector.expect {
            let unverified = try Ending.on(.malformed) { () throws(RosterFault) in try UnverifiedRoster(vector.body, of: party) }
            let roster = try Ending.on(.unverified) { () throws(RosterFault) in try unverified.verified(by: root, on: line.agreements.line) }
            try Ending.unless(roster.version > before, .refused, "version \(roster.version)")
            return ["officers": roster.officers.map(\.code).joined(separator: " ")]
        }
    }

    @Test("in-force", arguments: try Vector.all(.inForce))
    func inForce(_ vector: Vector) throws {
        try vector.expect {
            let found = try Ending.on(.malformed) { () throws(WireError) in try InForce(vector.body) }
            #expect(found.encoded == vector.body, "\(vector.name): written again as it was read")
            return ["version": "\(found.version)", "keys-version": "\(found.keysVersion)"]
        }
    }
}
