import HotlineAgreement
import HotlineRecord
import HotlineWire
import Testing

@Suite("Vectors of exports, disclosures and evidence")
struct ProofVectors {
    @Test("export", arguments: try Vector.all(.export))
    func export(_ vector: Vector) throws {
        try vector.expect {
            var rest = [vector.body]
            var line: LineOf?
            let parties: ([[UInt8]]) -> LineKeys? = { texts in
                line = try? LineOf(texts)
                return line?.keys
            }
            let report = ExportVerifier.verify(parties: parties, { rest.popLast() ?? [] })
            let isFork = !report.forks.isEmpty || report.problems.contains { if case .fork = $0.fault { true } else { false } }
            try Ending.unless(!isFork, .fork, "\(report.problems)")
            if report.problems.map(\.fault) == [.notAnExport] { throw Ending(.malformed, "it is no export") }
            if let at = vector.all("at").first {
                #expect(report.problems.map { "\($0.place)" }.count == 1, "\(vector.name): one problem, not \(report.problems)")
                #expect(report.problems.contains { if case .entry(let id) = $0.place { "\(id)" == at } else { false } }, "\(vector.name): \(report.problems)")
            }
            try Ending.unless(report.isSound, .problem, "\(report.problems)")
            if let line { try Self.check(report.rosters, on: line.agreements) }
            return ["entries": "\(report.entryCount)", "notes": "\(report.notes.count)", "misstatements": "\(report.misstatements.count)"]
        }
    }

    /// What the floor of records cannot look at: whose roster it is, and whether it is above the one before it (REC-28).
    private static func check(_ bodies: [[UInt8]], on line: LineAgreements) throws(Ending) {
        var rosters = Rosters()
        for body in bodies {
            guard let party = body.first.flatMap(StationNumber.init) else { throw Ending(.problem, "a roster of nobody") }
            let unverified = try Ending.on(.problem) { () throws(RosterFault) in try UnverifiedRoster(Array(body.dropFirst()), of: party) }
            let signed = line.roots(of: party).lazy.compactMap { try? unverified.verified(by: $0, on: line.line) }.first
            guard let signed else { throw Ending(.problem, "no root key of party \(party) has signed it") }
            try Ending.on(.problem) { () throws(RosterFault) in try rosters.take(signed) }
        }
    }

    @Test("disclosure", arguments: try Vector.all(.disclosure))
    func disclosure(_ vector: Vector) throws {
        try vector.expect {
            let disclosure: Disclosure
            do throws(DisclosureError) { disclosure = try Disclosure(text: vector.body) } catch {
                switch error {
                case .malformed, .opening: throw Ending(.malformed, "\(error)")
                case .notIncluded, .refused, .signedUnderOtherAgreement: throw Ending(.unverified, "\(error)")
                }
            }
            let keys = try LineOf(disclosure.agreements).keys
            let entry = try Ending.on(.unverified) { () throws(DisclosureError) in try disclosure.verify(keys) }.entry
            return ["entry": "\(entry.id)", "content": Hex.string(entry.content)]
        }
    }

    @Test("evidence", arguments: try Vector.all(.evidence))
    func evidence(_ vector: Vector) throws {
        try vector.expect {
            let (agreements, evidence) = try Ending.on(.malformed) { () throws(EvidenceError) in try Evidence.read(vector.body) }
            let keys = try LineOf(agreements).keys
            let fork = try Ending.on(.unverified) { () throws(EvidenceError) in try evidence.verify(keys) }
            throw Ending(.fork, "\(fork.first.checkpoint.head.size)")
        }
    }
}
