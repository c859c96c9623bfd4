import Foundation
import HotlineAgreement
import HotlineDesk
import HotlineWire
import Testing

@testable import HotlineDaemon

@Suite("An agreement from draft to installation")
struct AgreementFileTests {
    let directory: PartyFolder
    init() throws { directory = try PartyFolder() }

    private func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path))) }

    private func draft(_ parties: StationDirectory...) throws -> AgreementFile {
        let file = AgreementFile(directory.file("agreement.txt"))
        _ = try file.write(draft: try AgreementFile.draft(cards: parties.map(\.card)))
        return file
    }

    @Test("two parties draft, sign and install, and each finds itself in it")
    func roundTrip() throws {
        let (w, m, file) = try TestParty.line(in: directory)
        let (ours, theirs) = (try w.loadAgreement(), try m.loadAgreement())
        #expect(ours.agreement == theirs.agreement)
        #expect(ours.me.value == 1 && theirs.me.value == 2)
        #expect(try file.show().isSignedByAll)
        #expect(try mode(of: w.agreement) == 0o600)
    }

    @Test("a draft shows who has not signed, and the words that people compare")
    func show() throws {
        let (w, m) = (try TestParty.washington(in: directory), try TestParty.moscow(in: directory))
        let file = try draft(w, m)
        var view = try file.show()
        #expect(view.parties.map(\.signature) == [.missing, .missing])
        #expect(view.words.count == 4 && view.words == view.lineWords)
        #expect(view.deadlines.map(\.precedence) == ["FLASH", "IMMEDIATE", "PRIORITY", "ROUTINE"])
        let words = view.words
        view = try file.sign(in: m, passphrase: .none).agreement
        #expect(view.parties.map(\.signature) == [.missing, .signed])
        #expect(view.words == words, "a signature does not change what is signed")
    }

    @Test("to sign twice changes nothing")
    func idempotent() throws {
        let (w, m) = (try TestParty.washington(in: directory), try TestParty.moscow(in: directory))
        let file = try draft(w, m)
        #expect(try !file.sign(in: w, passphrase: .none).hadSigned)
        let once = try bytes(file.path)
        #expect(try file.sign(in: w, passphrase: .none).hadSigned)
        #expect(try bytes(file.path) == once)
    }

    @Test("copies that were signed apart are put together")
    func merge() throws {
        let (w, m) = (try TestParty.washington(in: directory), try TestParty.moscow(in: directory))
        let file = try draft(w, m)
        let copy = AgreementFile(directory.file("copy.txt"))
        try FileManager.default.copyItem(atPath: file.path, toPath: copy.path)
        _ = try file.sign(in: w, passphrase: .none)
        _ = try copy.sign(in: m, passphrase: .none)
        _ = try file.install(in: w, copies: [copy.path])
        #expect(try file.merge([copy.path]).isSignedByAll)
        _ = try file.install(in: m)
        #expect(try w.loadAgreement().agreement == m.loadAgreement().agreement)
    }

    @Test("the signed text can go to another file, which is not written over")
    func output() throws {
        let (w, m) = (try TestParty.washington(in: directory), try TestParty.moscow(in: directory))
        let file = try draft(w, m)
        let before = try bytes(file.path)
        _ = try file.sign(in: w, passphrase: .none, output: directory.file("signed.txt"))
        #expect(try bytes(file.path) == before)
        #expect(try AgreementFile(directory.file("signed.txt")).show().parties[0].signature == .signed)
        #expect(refusal { try file.sign(in: m, passphrase: .none, output: directory.file("signed.txt")) }?.class == .refused)
    }

    @Test("one party's signature is not enough to install")
    func unsigned() throws {
        let (w, m) = (try TestParty.washington(in: directory), try TestParty.moscow(in: directory))
        let file = try draft(w, m)
        _ = try file.sign(in: w, passphrase: .none)
        let error = refusal { try file.install(in: w) }
        #expect(error?.class == .refused)
        #expect(error?.what.contains("(M)") == true)
        #expect(refusal { try w.loadAgreement() }?.class == .notFound)
    }

    @Test("an agreement with one byte changed after it was signed is refused, installed or not")
    func oneByte() throws {
        let (w, m, file) = try TestParty.line(in: directory)
        var changed = try bytes(w.agreement)
        let place = try #require(changed.firstRange(of: Array("Secretary".utf8)))
        changed[place.lowerBound + 1] = UInt8(ascii: "a")
        try Data(changed).write(to: URL(fileURLWithPath: w.agreement))
        #expect(refusal { try w.loadAgreement() }?.class == .notVerified)
        try Data(changed).write(to: URL(fileURLWithPath: file.path))
        #expect(refusal { try file.install(in: m) }?.class == .notVerified)
        #expect(refusal { try file.sign(in: m, passphrase: .none) }?.class == .notVerified)
        #expect(try file.show().parties.map(\.signature) == [.wrong, .wrong])
    }

    @Test("a party that the agreement does not list signs nothing and installs nothing")
    func stranger() throws {
        let (w, m) = (try TestParty.washington(in: directory), try TestParty.moscow(in: directory))
        let (norway, _) = try TestParty.make("N", in: directory, names: ["Norway"], languages: ["en"])
        let file = try draft(w, m)
        #expect(refusal { try file.sign(in: norway, passphrase: .none) }?.what.contains("we are N") == true)
        _ = try file.sign(in: w, passphrase: .none)
        _ = try file.sign(in: m, passphrase: .none)
        #expect(refusal { try file.install(in: norway) }?.class == .refused)
    }

    @Test("an agreement that lists our mark with another's keys is refused, and says which")
    func impostor() throws {
        let (w, m) = (try TestParty.washington(in: directory), try TestParty.moscow(in: directory))
        let elsewhere = try PartyFolder()
        let impostor = try TestParty.washington(in: elsewhere)
        let file = try draft(impostor, m)
        let error = refusal { try file.sign(in: w, passphrase: .none) }
        #expect(error?.class == .refused)
        #expect(error?.what.contains("root key") == true && error?.what.contains("TLS pin") == true)
    }

    @Test("without the root key nothing is signed, and the hint says how it is named")
    func rootAbsent() throws {
        let (w, m) = (try TestParty.washington(in: directory), try TestParty.moscow(in: directory))
        let file = try draft(w, m)
        let before = try bytes(file.path)
        let away = directory.file("stick.key")
        try FileManager.default.moveItem(atPath: w.rootKey, toPath: away)
        #expect(refusal { try file.sign(in: w, passphrase: .none) }?.hint.contains("--root-key") == true)
        #expect(try bytes(file.path) == before)
        #expect(try !file.sign(in: w, rootKey: away, passphrase: .none).hadSigned)
    }

    @Test("a station has one agreement")
    func another() throws {
        let (w, m, file) = try TestParty.line(in: directory)
        _ = try file.install(in: w)
        let other = AgreementFile(directory.file("other.txt"))
        _ = try other.write(draft: try AgreementFile.draft(cards: [w.card, m.card], line: "Another line"))
        _ = try other.sign(in: w, passphrase: .none)
        _ = try other.sign(in: m, passphrase: .none)
        let error = refusal { try other.install(in: w) }
        #expect(error?.class == .refused && error?.what.contains("has another agreement") == true)
    }

    @Test("a mistake is told with its line, what belongs there, what stands there, and a hint")
    func mistakes() throws {
        let (w, m) = (try TestParty.washington(in: directory), try TestParty.moscow(in: directory))
        var lines = try AgreementFile.draft(cards: [w.card, m.card]).split(separator: "\n", omittingEmptySubsequences: false)
        let place = try #require(lines.firstIndex { $0.hasPrefix("suite") })
        lines[place] = "suite              9"
        let path = try directory.write("bad.txt", lines.joined(separator: "\n"))
        guard case .faulty(let problems) = try AgreementFile(path).check() else {
            Issue.record("it is not sound")
            return
        }
        #expect(problems.map(\.line) == [place + 1])
        #expect(problems.allSatisfy { !$0.expected.isEmpty && !$0.found.isEmpty && !$0.hint.isEmpty })
        let error = refusal { try AgreementFile(path).show() }
        #expect(error?.class == .malformed && error?.what.contains("line \(place + 1)") == true)
    }

    @Test("a card that was changed is no card, and one card twice makes no agreement")
    func cards() throws {
        let w = try TestParty.washington(in: directory)
        let text = try String(contentsOfFile: w.card, encoding: .utf8)
        let changed = try directory.write("changed.card", text.replacing("United States of", with: "United Staten of"))
        #expect(refusal { try CardFile(changed).show() }?.class == .notVerified)
        #expect(refusal { try AgreementFile.draft(cards: [w.card, w.card]) }?.class == .refused)
        #expect(refusal { try AgreementFile.draft(cards: [w.card]) }?.class == .usage)
        #expect(refusal { try AgreementFile.draft(cards: [w.card, directory.file("none")]) }?.class == .notFound)
    }
}
