import Foundation
import HotlineAgreement
import HotlineDesk
import HotlineSeal
import HotlineWatch
import HotlineWire
import Testing

@testable import HotlineDaemon

@Suite("Releasing officers in a directory")
struct OfficersTests {
    let folder: PartyFolder
    let station: StationDirectory
    let officers: Officers
    let passphrase: PassphraseSource
    private let root = RootKeySource(path: nil, passphrase: .none)

    init() throws {
        folder = try PartyFolder()
        station = try TestParty.line(in: folder).washington
        var officers = Officers(station)
        officers.cost = 14
        self.officers = officers
        passphrase = .file(try folder.write("passphrase", "six words drawn by dice\n"))
    }

    private func add(_ name: String, _ roles: String..., output: String? = nil) throws -> RosterFileView {
        try officers.add(name: name, roles: roles, passphrase: passphrase, root: root, output: output)
    }

    @Test("AGR-45, AGR-48: each is enrolled by the next roster, with keys under a passphrase, and who they are stays here")
    func enrolled() throws {
        #expect(try officers.list().isEmpty)
        let first = try add("Col. Hale", "watch", "Releaser")
        #expect(first.version == 1 && first.officers.map(\.code) == ["w-1"] && first.officers[0].roles == ["watch", "releaser"])
        #expect(try add("Maj. Ortiz", "releaser").officers.map(\.code) == ["w-1", "w-2"])
        #expect(try officers.list().map { "\($0.code) \($0.name ?? "-") \($0.state)" } == ["w-1 Col. Hale waits to be stated", "w-2 Maj. Ortiz waits to be stated"])
        let files = [station.officers, station.officerKey("w-1"), station.roster(version: 2)]
        for file in files { #expect(try mode(of: file) == 0o600) }
        let key = try String(contentsOfFile: station.officerKey("w-1"), encoding: .utf8)
        #expect(key.hasPrefix("hotline/1 release key\n") && key.contains("sealed scrypt") && !key.contains("Hale"))
        let roster = try Data(contentsOf: URL(filePath: station.roster(version: 2)))
        #expect(roster.range(of: Data("Hale".utf8)) == nil)
        #expect(try officers.order(station.roster(version: 2)).content == Base64.string(Array(roster)))
    }

    @Test("AGR-45: who is revoked is in the roster no more, and a code is not given again")
    func revoked() throws {
        _ = try add("First", "watch")
        _ = try add("Second", "releaser")
        let revoked = try officers.revoke("Second", root: root)
        #expect(revoked.version == 3 && revoked.officers.map(\.code) == ["w-1"])
        #expect(try officers.list().map(\.state) == ["waits to be stated", "revoked"])
        #expect(refusal { try officers.revoke("w-2", root: root) }?.class == .refused)
        #expect(refusal { try officers.revoke("Third", root: root) }?.class == .notFound)
        #expect(try add("Third", "releaser").officers.map(\.code) == ["w-1", "w-3"])
    }

    @Test("what is wrong makes nothing")
    func refused() throws {
        _ = try add("First", "watch")
        let before = try station.names()
        #expect(refusal { try add("First", "releaser") }?.what == "there is an officer 'First' already")
        #expect(refusal { try add("Second", "janitor") }?.class == .usage)
        #expect(refusal { try add("Second") }?.class == .usage)
        #expect(refusal { try add("two\nlines", "watch") }?.class == .usage)
        let short = PassphraseSource.file(try folder.write("short", "short\n"))
        #expect(refusal { try officers.add(name: "Second", roles: ["watch"], passphrase: short, root: root) }?.class == .refused)
        let offline = RootKeySource(path: folder.file("nowhere.key"), passphrase: .none)
        #expect(refusal { try officers.add(name: "Second", roles: ["watch"], passphrase: passphrase, root: offline) }?.class == .notFound)
        #expect(refusal { try add("Second", "watch", output: station.card) }?.class == .refused, "nothing is written over")
        #expect(try station.names() == before)
    }

    @Test("WAT-31: an officer signs what the draft says, with keys that the passphrase alone opens")
    func signed() throws {
        _ = try add("First", "watch")
        let agreement = try station.loadAgreement()
        let statement = ReleasedStatement(
            release: try #require(ReleaseID(Array(0...15))), agreement: agreement.agreement.hash,
            header: EntryHeader(kind: 1, precedence: .flash, channel: 3, fromPost: 1, toPost: 4, language: 1), references: [], content: Array("We agree.".utf8)
        )
        var encoder = Encoder()
        statement.encode(into: &encoder)
        func draft(_ statement: String) -> DraftView {
            DraftView(
                number: 3, at: "", kind: "letter", about: nil, precedence: "FLASH", exercise: false, channel: "principals", from: nil, to: nil, language: nil,
                replyBy: nil, references: [], text: "We agree.", roles: ["watch"], signers: [], missing: ["watch"], statement: statement
            )
        }
        let order = try officers.sign(draft(Base64.string(encoder.bytes)), by: "First", passphrase: passphrase)
        #expect(order.draft == 3 && order.officer == "w-1")
        let content = try #require(Base64.bytes(officers.order(station.roster(version: 1)).content))
        let officer = try #require(RosterReading.verified(content, of: agreement.me, agreement.agreements).officer("w-1"))
        let bytes = statement.signedBytes(line: agreement.agreement.line, party: agreement.me)
        #expect(officer.light.verifies(try #require(Base64.bytes(order.light)), over: bytes))
        #expect(officer.composite.verifies(try #require(Base64.bytes(order.composite)), over: bytes))
        let other = PassphraseSource.file(try folder.write("other", "seven words drawn by dice\n"))
        #expect(refusal { try officers.sign(draft(Base64.string(encoder.bytes)), by: "w-1", passphrase: other) }?.class == .refused)
        #expect(refusal { try officers.sign(draft("AAAA"), by: "w-1", passphrase: passphrase) }?.class == .malformed)
        #expect(refusal { try officers.sign(draft(Base64.string(encoder.bytes)), by: "w-9", passphrase: passphrase) }?.class == .notFound)
    }

    @Test("a draft is kept as it was signed")
    func stored() throws {
        let statement = ReleasedStatement(
            release: try #require(ReleaseID(Array(0...15))), agreement: .zero, header: EntryHeader(kind: 1, precedence: .routine), references: [], content: [1]
        )
        var draft = StoredDraft(number: 7, at: WallTime(milliseconds: 5), statement: statement)
        let bytes = [UInt8](repeating: 1, count: CompositePublicKey.signatureSize)
        draft.signatures = [OfficerSignature(officer: "w-1", light: Array(bytes.prefix(LightPublicKey.signatureSize)), composite: bytes)]
        let value = try #require(draft.cell.value)
        #expect(try StoredDraft(value) == draft && draft.cell.key == StoredDraft.key(7))
        // After a restore officers sign again.
        let unsigned = StoredDraft(number: 7, at: draft.at, statement: statement).cell
        #expect(StoredDraft.unsigned([draft.cell, unsigned]) == [unsigned])
        for count in 0..<value.count where count % 97 == 0 { #expect(throws: WireError.self) { try StoredDraft(Array(value.prefix(count))) } }
    }
}
