import HotlineAgreement
import HotlineRecord
import HotlineSeal
import HotlineWire
import Testing

@testable import HotlineDaemon

@Suite("A fork whose keys were stolen")
struct StolenForkTests {
    @Test("REC-29: a proof by keys that were stolen later says so, for a thief may have signed one of the two")
    func noted() throws {
        let fixture = try RecordFixture()
        let (us, keys) = (try fixture.us, try fixture.washington.loadStationKeys())
        func notes() throws -> [FindingView] {
            let agreements = try fixture.washington.loadAgreement().agreements
            let heads = try [1, 2].map { (root: UInt8) in
                let head = Head(generation: GenerationID(station: us, name: GenerationName(1)), size: RecordSize(7), root: Digest.sha256([root]))
                let checkpoint = Checkpoint(line: agreements.line, agreement: agreements.first.hash, head: head, held: [])
                return UnverifiedCheckpoint(checkpoint: checkpoint, strength: .full, signature: try keys.sign(checkpoint.text, strength: .full))
            }
            let fork = try Evidence(heads[0], heads[1]).verify(agreements.keys)
            let found = VerificationView(fork, path: "evidence", agreements, isLineConfirmed: true)
            #expect(found.forks.count == 1)
            return found.notes
        }
        #expect(try notes() == [])
        for reason in ["replaced", "stolen"] {
            let file = fixture.directory.file("\(reason).txt")
            _ = try KeyReplacement(reason: reason, passphrase: .none).run(in: fixture.washington, output: file)
            _ = try KeyStatementFile(file).install(in: fixture.washington)
            #expect(try notes().map(\.place) == (reason == "stolen" ? ["the proof against W"] : []))
        }
    }
}
