import Foundation
import HotlineAgreement
import HotlineBearers
import HotlineDesk
import HotlineLine
import HotlineSeal
import HotlineWire
import Testing

@testable import HotlineDaemon

@Suite("Keys replaced in a directory")
struct KeyReplacementTests {
    let directory: PartyFolder
    let washington: StationDirectory
    let moscow: StationDirectory

    init() throws {
        directory = try PartyFolder()
        washington = StationDirectory(directory.file("W"))
        var ceremony = PartyInit(names: TestParty.washingtonNames, mark: "W", languages: ["en", "ru"])
        ceremony.hasRecovery = true
        _ = try ceremony.run(in: washington)
        moscow = try TestParty.moscow(in: directory)
        let file = AgreementFile(directory.file("agreement.txt"))
        _ = try file.write(draft: try AgreementFile.draft(cards: [washington.card, moscow.card]))
        for station in [washington, moscow] { _ = try file.sign(in: station, passphrase: .none) }
        for station in [washington, moscow] { _ = try file.install(in: station) }
    }

    private func replace(_ name: String, reason: String = "replaced", authority: String = "root", recovery: [Int] = []) throws -> KeyStatementFile {
        let replacement = try KeyReplacement(
            reason: reason, authority: authority, recoveryKeys: recovery.map { washington.recoveryKey($0) }, passphrase: .none
        )
        _ = try replacement.run(in: washington, output: directory.file(name))
        return KeyStatementFile(directory.file(name))
    }

    private func keys(_ station: StationDirectory) throws -> [KeyView] { try #require(KeysView(station).parties.first { $0.mark == "W" }).keys }

    @Test("AGR-55, AGR-56: in order: the old keys go on until the statement is installed here, and the other side need not sign")
    func ordered() throws {
        let before = try washington.loadStationKeys().station.publicKey
        let pin = try washington.loadTLSIdentity().pin
        let statement = try replace("keys.txt")
        #expect(try KeysView(washington).isReplacementWaiting)
        #expect(try washington.loadStationKeys().station.publicKey == before && washington.loadTLSIdentity().pin == pin)
        #expect(try statement.show(in: moscow).fault == nil)
        for _ in 1...2 { #expect(try statement.install(in: moscow).isInstalled) }
        #expect(try washington.loadStationKeys().station.publicKey == before)
        for _ in 1...2 { #expect(try statement.install(in: washington).isInstalled) }
        let after = try washington.loadStationKeys().station.publicKey
        #expect(try after != before && washington.loadTLSIdentity().pin != pin)
        #expect(try moscow.loadAgreement().agreements.keys(of: washington.loadAgreement().me)?.station == after)
        #expect(try keys(washington) == keys(moscow))
        #expect(try !KeysView(washington).isReplacementWaiting && washington.loadAgreement().membership.keysVersion == 1)
        #expect(!FileManager.default.fileExists(atPath: washington.path + "/new-station.key"))
        #expect(try washington.loadRootKey(passphrase: .none).publicKey == CardFile(washington.card).load().identity.keys.root)
    }

    @Test("AGR-55: an installation that was cut short at any file is read as done, and can be repeated")
    func cutShort() throws {
        let statement = try replace("keys.txt")
        let text = try Data(contentsOf: URL(fileURLWithPath: statement.path))
        try text.write(to: URL(fileURLWithPath: washington.path + "/keys-w-1.txt"))
        for name in ["", "station.key", "tls.key"] {
            if !name.isEmpty { #expect(rename(washington.path + "/new-" + name, washington.path + "/" + name) == 0) }
            _ = try washington.loadStationKeys()
            _ = try washington.loadTLSIdentity()
        }
        _ = try statement.install(in: washington)
        #expect(try !KeysView(washington).isReplacementWaiting)
        _ = try washington.loadTLSIdentity()
    }

    @Test("AGR-53, AGR-57: a stolen root key is replaced by the next identity, and the party goes on with what came with it")
    func next() throws {
        let old = try washington.loadRootKey(passphrase: .none).publicKey
        let statement = try replace("next.txt", reason: "stolen", authority: "next")
        for station in [moscow, washington] { _ = try statement.install(in: station) }
        #expect(try washington.loadRootKey(passphrase: .none).publicKey != old)
        let again = try replace("again.txt")
        for station in [moscow, washington] { _ = try again.install(in: station) }
        #expect(try KeysView(moscow).parties[0].statements.map(\.authority) == ["next", "root"])
        let third = try replace("third.txt", authority: "next")
        #expect(try third.install(in: moscow).version == 3, "the new next identity works as the first did")
    }

    @Test("AGR-53: two recovery keys bring a party back that has lost everything else")
    func recovery() throws {
        for name in [washington.rootKey, washington.nextKey] { try FileManager.default.removeItem(atPath: name) }
        let statement = try replace("recovered.txt", reason: "stolen", authority: "recovery", recovery: [3, 1])
        for station in [moscow, washington] { _ = try statement.install(in: station) }
        _ = try replace("after.txt")
        #expect(refusal { try KeyReplacement(reason: "stolen", authority: "recovery", recoveryKeys: [washington.recoveryKey(1)], passphrase: .none) }?.class == .usage)
    }

    @Test("AGR-58, AGR-55: amendments and statements are read in their order, and none can be taken away")
    func withAmendments() throws {
        for (place, name) in ["first", "second"].enumerated() {
            let statement = try replace("\(name)-keys.txt")
            for station in [moscow, washington] { _ = try statement.install(in: station) }
            let amendment = AgreementFile(directory.file("\(name).txt"))
            _ = try amendment.write(draft: try AgreementFile.amendment(in: moscow))
            for station in [washington, moscow] { _ = try amendment.sign(in: station, passphrase: .none) }
            for station in [washington, moscow] { _ = try amendment.install(in: station) }
            #expect(try KeysView(moscow).agreement == place + 2 && KeysView(moscow).parties[0].version == 0)
        }
        #expect(try washington.loadAgreement().files.count == 5)
        try FileManager.default.removeItem(atPath: washington.path + "/keys-w-1.txt")
        #expect(refusal { try washington.loadAgreement() } != nil)
    }

    @Test("AGR-51: a statement of another line, a changed one, and one whose keys are elsewhere are refused with a hint")
    func refused() throws {
        let statement = try replace("keys.txt")
        #expect(refusal { try replace("again.txt") }?.what.contains("already") == true, "one replacement at a time")
        let text = try String(contentsOfFile: statement.path, encoding: .utf8)
        let changed = KeyStatementFile(try directory.write("changed.txt", text.replacing("reason        replaced", with: "reason        stolen")))
        #expect(refusal { try changed.install(in: moscow) }?.class == .notVerified)
        #expect(refusal { try KeyStatementFile(washington.card).install(in: moscow) }?.class == .malformed)
        for name in ["station.key", "light.key", "tls.key", "tls.crt"] { try FileManager.default.removeItem(atPath: washington.path + "/new-" + name) }
        let error = refusal { try statement.install(in: washington) }
        #expect(error?.class == .notFound && error?.hint.isEmpty == false)
        let elsewhere = try PartyFolder()
        let (other, _, _) = try TestParty.line(in: elsewhere)
        #expect(refusal { try statement.install(in: other) }?.class == .refused)
    }
}
