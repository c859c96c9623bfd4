import Foundation
import HotlineAgreement
import HotlineDesk
import HotlineWire
import Testing

@testable import HotlineDaemon

@Suite("Amendments in a directory")
struct AmendmentFileTests {
    let directory: PartyFolder
    let washington: StationDirectory
    let moscow: StationDirectory

    init() throws {
        directory = try PartyFolder()
        (washington, moscow, _) = try TestParty.line(in: directory)
        for station in [washington, moscow] { _ = try AgreementFile(directory.file("agreement.txt")).install(in: station) }
    }

    /// The next version, edited and signed by both.
    private func amend(_ name: String, in station: StationDirectory, _ edit: (String) -> String) throws -> AgreementFile {
        let file = AgreementFile(try directory.write(name, edit(try AgreementFile.amendment(in: station))))
        for party in [washington, moscow] { _ = try file.sign(in: party, passphrase: .none) }
        return file
    }

    private static func quota(_ burst: Int) -> (String) -> String {
        { $0.replacing(/quota +[0-9]+ then/, with: "quota         \(burst) then") }
    }

    @Test("AGR-36, AGR-58: drafted, signed by both, installed beside the first, and read as a chain ever after")
    func chain() throws {
        let second = try amend("second.txt", in: washington, Self.quota(7))
        guard case .sound(let view) = try second.check(in: washington) else {
            Issue.record("it is not sound")
            return
        }
        #expect(view.version == 2 && view.isSignedByAll)
        for _ in 1...2 { #expect(try second.install(in: washington).version == 2, "to install twice changes nothing") }
        let draft = AgreementFile(try directory.write("early.txt", Self.quota(8)(try AgreementFile.amendment(in: washington))))
        #expect(refusal { try draft.sign(in: moscow, passphrase: .none) }?.what.contains("version 1 is in force") == true, "Moscow has no version 2 yet")
        _ = try second.install(in: moscow)
        let third = try amend("third.txt", in: washington, Self.quota(8))
        #expect(try third.install(in: washington).version == 3)
        let installed = try washington.loadAgreement()
        #expect(installed.agreements.all.map { $0.terms.edition.version } == [1, 2, 3])
        #expect(installed.agreement.terms.flash.burst == 8)
        #expect(try moscow.loadAgreement().agreement.terms.edition.version == 2)
        #expect(try AgreementFile.installed(in: washington).version == 3)
    }

    @Test("AGR-58: an amendment that was taken away, or changed by a byte, is missed at the next reading")
    func broken() throws {
        for burst in [7, 8] {
            let file = try amend("v\(burst).txt", in: washington, Self.quota(burst))
            for station in [washington, moscow] { _ = try file.install(in: station) }
        }
        let path = washington.agreement(version: 2)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        try FileManager.default.removeItem(atPath: path)
        let error = refusal { try washington.loadAgreement() }
        #expect(error?.class == .notFound && error?.what.contains("agreement-2.txt") == true && error?.hint.isEmpty == false)
        var changed = [UInt8](bytes)
        let place = try #require(changed.firstRange(of: Array("quota         7".utf8)))
        changed[place.upperBound - 1] = UInt8(ascii: "9")
        try Data(changed).write(to: URL(fileURLWithPath: path))
        #expect(refusal { try washington.loadAgreement() }?.class == .notVerified)
        try bytes.write(to: URL(fileURLWithPath: path))
        #expect(try washington.loadAgreement().agreements.all.count == 3)
    }

    @Test("AGR-12: what may not change is told by line, and neither signed nor installed")
    func refused() throws {
        let text = try AgreementFile.amendment(in: washington)
        let changed = text.replacing("version       2", with: "version       3").replacing(/amends +[0-9a-f]{64}/, with: "amends        \(String(repeating: "a", count: 64))")
        let file = AgreementFile(try directory.write("changed.txt", changed))
        guard case .faulty(let problems) = try file.check(in: washington) else {
            Issue.record("it is sound")
            return
        }
        let lines = changed.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(problems.map { String(lines[$0.line - 1].prefix { $0 != " " }) } == ["version", "amends"])
        #expect(problems.allSatisfy { !$0.expected.isEmpty && !$0.found.isEmpty && !$0.hint.isEmpty })
        #expect(refusal { try file.sign(in: washington, passphrase: .none) }?.class == .refused)
        guard case .sound = try file.check() else {
            Issue.record("by itself, without a station, the text is sound")
            return
        }
        let keys = AgreementFile(try directory.write("keys.txt", text.replacing(/tls-pin +[^ \n]+/, with: "tls-pin       \(String(repeating: "A", count: 42))E=")))
        #expect(refusal { try keys.sign(in: washington, passphrase: .none) }?.what.contains("TLS pin") == true)
    }

    @Test("what is drafted or half signed is never made where a station would take it as installed", arguments: ["agreement-2.txt", "agreement-12.txt", "keys-w-1.txt"])
    func namesThatCount(_ name: String) throws {
        let before = try washington.names()
        let place = washington.file(name)
        let text = try AgreementFile.amendment(in: washington)
        let first = AgreementFile(directory.file("agreement.txt"))
        #expect(refusal { try AgreementFile(place).write(draft: text) }?.class == .refused)
        #expect(refusal { try first.sign(in: washington, passphrase: .none, output: place) }?.class == .refused)
        #expect(refusal { try KeyReplacement(reason: "replaced", passphrase: .none).run(in: washington, output: place) }?.class == .refused)
        #expect(try washington.names() == before)
        // The name counts there alone.
        _ = try AgreementFile(directory.file("agreement-2.txt")).write(draft: text)
        _ = try AgreementFile(washington.file("second.txt")).write(draft: text)
        #expect(try washington.loadAgreement().agreements.all.count == 1)
    }

    @Test("an amendment that one side has not signed is not installed")
    func unsigned() throws {
        let file = AgreementFile(try directory.write("one.txt", Self.quota(5)(try AgreementFile.amendment(in: washington))))
        _ = try file.sign(in: washington, passphrase: .none)
        #expect(refusal { try file.install(in: washington) }?.class == .refused)
        #expect(try washington.loadAgreement().agreements.all.count == 1)
    }

    @Test("a station without an agreement has nothing to amend")
    func nothing() throws {
        let elsewhere = try PartyFolder()
        let norway = try TestParty.washington(in: elsewhere)
        #expect(refusal { try AgreementFile.amendment(in: norway) }?.class == .notFound)
        let second = try amend("second.txt", in: washington, Self.quota(7))
        #expect(refusal { try second.install(in: norway) }?.class == .notFound)
    }
}
