import HotlineRecord
import HotlineWire
import Testing

@Suite("Vectors of exports, disclosures and evidence")
struct ProofVectors {
    @Test("export", arguments: try Vector.all(.export))
    func export(_ vector: Vector) throws {
        try vector.expect {
            var rest = [vector.body]
            let report = ExportVerifier.verify(parties: { try? LineOf($0).keys }, { rest.popLast() ?? [] })
            let isFork = !report.forks.isEmpty || report.problems.contains { if case .fork = $0.fault { true } else { false } }
            try Ending.unless(!isFork, .fork, "\(report.problems)")
            if report.problems.map(\.fault) == [.notAnExport] { throw Ending(.malformed, "it is no export") }
            if let at = vector.all("at").first {
                #expect(report.problems.map { "\($0.place)" }.count == 1, "\(vector.name): one problem, not \(report.problems)")
                #expect(report.problems.contains { if case .entry(let id) = $0.place { "\(id)" == at } else { false } }, "\(vector.name): \(report.problems)")
            }
            try Ending.unless(report.isSound, .problem, "\(report.problems)")
            return ["entries": "\(report.entryCount)", "notes": "\(report.notes.count)", "misstatements": "\(report.misstatements.count)"]
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
