import Foundation
import HotlineAgreement
import HotlineBearers
import HotlineDesk
import HotlineSeal
import HotlineWire
import Testing

@testable import HotlineDaemon

@Suite("How a party comes to a line")
struct PartyInitTests {
    let directory: PartyFolder
    init() throws { directory = try PartyFolder() }

    @Test("every file of a party is its owner's alone, and so is the directory")
    func modes() throws {
        let party = try TestParty.washington(in: directory)
        #expect(try mode(of: party.path) == 0o700)
        for path in [
            party.rootKey, party.nextKey, party.stationKey, party.lightKey, party.tlsKey, party.tlsCertificate, party.configuration, party.card,
        ] { #expect(try mode(of: path) == 0o600, "\(path)") }
        #expect(try FileManager.default.contentsOfDirectory(atPath: party.path).count == 8)
    }

    @Test("a directory that holds a party is never written over")
    func neverOverwritten() throws {
        let party = try TestParty.washington(in: directory)
        let before = try Data(contentsOf: URL(fileURLWithPath: party.rootKey))
        #expect(refusal { try TestParty.washington(in: directory) }?.class == .refused)
        #expect(try Data(contentsOf: URL(fileURLWithPath: party.rootKey)) == before)
    }

    @Test("a directory with anything in it is refused and left as it is")
    func foreignDirectory() throws {
        let path = directory.file("W")
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        #expect(FileManager.default.createFile(atPath: path + "/notes", contents: Data()))
        #expect(refusal { try TestParty.washington(in: directory) }?.class == .refused)
        #expect(try FileManager.default.contentsOfDirectory(atPath: path) == ["notes"])
    }

    @Test("an empty directory is taken and closed to others")
    func emptyDirectory() throws {
        let path = directory.file("W")
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o755])
        let party = try TestParty.washington(in: directory)
        #expect(try mode(of: party.path) == 0o700)
    }

    @Test("a directory whose socket would have too long a path is refused before anything is made")
    func longPath() throws {
        let long = directory.file(String(repeating: "a", count: 100))
        let error = refusal { try PartyInit(names: ["Norway"], mark: "N", languages: ["en"]).run(in: StationDirectory(long)) }
        #expect(error?.class == .refused)
        #expect(error?.what.contains("107") == true)
        #expect(!FileManager.default.fileExists(atPath: long))
    }

    @Test(
        "a name, a mark or a language that a card cannot have is a fault of the command, and nothing is made",
        arguments: [
            (["Norway"], "norway", ["en"]), (["Norway"], "N", ["english"]), (["Norway"], "N", []), ([], "N", ["en"]), (["Nor\nway"], "N", ["en"]),
        ])
    func badNames(names: [String], mark: String, languages: [String]) throws {
        let station = StationDirectory(directory.file("N"))
        #expect(refusal { try PartyInit(names: names, mark: mark, languages: languages).run(in: station) }?.class == .usage)
        #expect(!FileManager.default.fileExists(atPath: station.path))
    }

    @Test("a directory in a place that is not there is not found")
    func noParent() throws {
        let error = refusal { try PartyInit(names: ["Norway"], mark: "N", languages: ["en"]).run(in: StationDirectory(directory.file("a/b"))) }
        #expect(error?.class == .notFound && error?.what.contains("no directory") == true)
    }

    @Test("the card shows sixteen words, and reads back the same from its file")
    func cardWords() throws {
        let (party, view) = try TestParty.make("N", in: directory, names: ["Norway"], languages: ["en"])
        #expect(view.words.count == 4 && view.words.allSatisfy { $0.count == 4 })
        #expect(try CardFile(party.card).show() == view)
        #expect(view.mark == "N" && view.name == "Norway")
    }

    @Test("the keys that were made load again, and the certificate has the pin that the card gives")
    func keysLoad() throws {
        let party = try TestParty.washington(in: directory)
        let card = try party.loadCard().identity.keys
        let keys = try party.loadStationKeys()
        #expect(try keys.station.publicKey == card.station)
        #expect(try keys.light.publicKey == card.light)
        #expect(try party.loadTLSIdentity().pin.bytes == card.tlsPin)
        #expect(try party.loadRootKey(passphrase: .none).publicKey == card.root)
    }

    @Test("two parties have no file in common but the configuration")
    func nothingInCommon() throws {
        let (w, m) = (try TestParty.washington(in: directory), try TestParty.moscow(in: directory))
        for (a, b) in [(w.rootKey, m.rootKey), (w.nextKey, m.nextKey), (w.stationKey, m.stationKey), (w.lightKey, m.lightKey), (w.tlsKey, m.tlsKey)] {
            #expect(try String(contentsOfFile: a, encoding: .utf8) != String(contentsOfFile: b, encoding: .utf8))
        }
    }
}
