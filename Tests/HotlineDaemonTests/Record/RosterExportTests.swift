import HotlineAgreement
import HotlineSeal
import HotlineWire
import Testing

@testable import HotlineDaemon

@Suite("Rosters in a record")
struct RosterExportTests {
    let fixture: RecordFixture

    init() throws {
        fixture = try RecordFixture()
        try fixture.open(fixture.us, named: 0xA1)
        try fixture.open(fixture.them, named: 0xB1)
    }

    private func verified() throws -> VerificationView {
        let path = fixture.directory.file("roster.export")
        _ = try StationRecord(fixture.washington).export(to: path)
        return try ProofFile(path).verify()
    }

    @Test("AGR-45, REC-28: rosters are kept, exported and verified; the last one of a party is in force")
    func inForce() throws {
        let root = try fixture.washington.loadRootKey(passphrase: .none)
        try fixture.roster(fixture.us, version: 1, by: root)
        let last = try fixture.roster(fixture.us, version: 2, by: root)
        try fixture.roster(fixture.them, version: 7, by: try fixture.moscow.loadRootKey(passphrase: .none))
        try fixture.checkpoint(fixture.us, .full)
        let found = try verified()
        #expect(found.isSound, "\(found.problems)")
        #expect(found.rosters.map(\.mark) == ["W", "M"] && found.rosters.map(\.version) == [2, 7])
        #expect(found.rosters[0].officers == [.init(code: "duty", roles: ["watch", "releaser"])])
        #expect(try StationRecord(fixture.washington).verify().isSound)
        let shown = try StationRecord(fixture.washington).prove(last.description).entry
        #expect(shown.kind == "roster" && shown.text == "Release keys, version 2: duty (watch, releaser)")
    }

    @Test("REC-28, AGR-48: one that is not signed by the party's root key, or comes again, is a problem; the entry is kept")
    func problems() throws {
        let root = try fixture.washington.loadRootKey(passphrase: .none)
        try fixture.roster(fixture.us, version: 2, by: root)
        try fixture.roster(fixture.us, version: 2, by: root)
        try fixture.roster(fixture.them, version: 1, by: root)
        let found = try verified()
        #expect(!found.isSound && found.problems.count == 2)
        #expect(found.problems[0].what.contains("not above 2") && found.problems[1].what.contains("not signed by the root key"))
        #expect(found.rosters.map(\.mark) == ["W"] && found.entries == 5)
    }
}
