import HotlineAgreement
import HotlineRecord
import HotlineWatch
import HotlineWire
import Testing

@Suite("Vectors of releases")
struct ReleaseVectors {
    @Test("release", arguments: try Vector.all(.release))
    func release(_ vector: Vector) throws {
        let agreements = try vector.agreements().map { try Agreement.parse($0).verified() }
        let line = try #require(LineAgreements(agreements[0]))
        let order = RecordOrder(try WatchVectors.predecessors(vector))
        let entries = try WatchVectors.entries(vector)
        let statement = try #require(entries.first)
        let author = statement.id.author
        // In whatever order they came.
        for came in [entries, entries.reversed()] {
            try vector.expect {
                let enrolments = came.filter { $0.header.kind == Roster.kind && $0.id.author == author }.compactMap { Self.enrolment($0, line) }
                let all = came.filter { Attestation.Strength($0.header.kind) != nil && $0.references.first != nil }
                func uses(_ release: ReleaseID) -> [Release.Use] {
                    all.filter { $0.id.author == author && Attestation.release($0.header.kind, content: $0.content) == release }
                        .map { Release.Use(attestation: $0.id, statement: $0.references[0]) }
                }
                let roles = ReleaseNeed.roles(statement.header, statement.content, agreements[0])
                let about = all.filter { $0.references[0] == statement.id }
                let found = Release(statement, roles: roles, about, enrolments: enrolments, uses: uses, in: order, line: line.line)
                let breaches = found.faults.sorted { $0.attestation < $1.attestation }.map { "\($0.attestation) \(Self.reason($0.fault))" }
                return [
                    "light": found.light?.officers.joined(separator: " ") ?? "none", "composite": found.composite?.officers.joined(separator: " ") ?? "none",
                    "breaches": breaches.isEmpty ? "none" : breaches.joined(separator: ", "),
                ]
            }
        }
    }

    private static func enrolment(_ entry: Entry, _ line: LineAgreements) -> Release.Enrolment? {
        guard let root = line.root(of: entry.id.author, on: Basis(agreement: entry.agreement)),
            let roster = try? UnverifiedRoster(entry.content, of: entry.id.author).verified(by: root, on: line.line)
        else { return nil }
        return Release.Enrolment(entry: entry.id, roster: roster)
    }

    private static func reason(_ fault: ReleaseFault) -> String {
        switch fault {
        case .unreadable: "unreadable"
        case .notItsAuthor: "other-side"
        case .otherHandling: "other-handling"
        case .noRoster: "no-roster"
        case .otherRoster: "other-roster"
        case .officers: "officers"
        case .sameOfficer: "same-officer"
        case .unknownOfficer: "unknown-officer"
        case .wrongRole: "wrong-role"
        case .notSigned: "not-signed"
        case .usedBefore: "used-before"
        }
    }
}
