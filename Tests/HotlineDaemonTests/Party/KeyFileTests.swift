import Foundation
import HotlineAgreement
import HotlineDesk
import HotlineSeal
import HotlineWire
import Testing

@testable import HotlineDaemon

@Suite("Key files")
struct KeyFileTests {
    let directory: PartyFolder
    init() throws { directory = try PartyFolder() }

    private func key(_ purpose: KeyPurpose = .light, passphrase: Passphrase? = nil) throws -> KeyFile {
        try KeyFile(
            purpose, mark: "N", name: "Norway", created: WallTime(milliseconds: 1_772_323_200_000),
            seed: [UInt8](repeating: 7, count: purpose.seedSize), passphrase: passphrase, cost: 14
        )
    }

    private func ask(_ passphrase: String) throws(DeskError) -> Passphrase { try Passphrase(Array(passphrase.utf8)) }

    @Test("a key file says what it is in its first line and holds the seed in its last", arguments: KeyPurpose.allCases)
    func form(purpose: KeyPurpose) throws {
        let seed = Base64.string([UInt8](repeating: 7, count: purpose.seedSize))
        let text = String(decoding: try key(purpose).bytes, as: UTF8.self)
        #expect(text == "hotline/1 \(purpose.rawValue)\nparty N\nname Norway\ncreated 2026-03-01T00:00:00Z\nseed \(seed)\n")
        let read = try KeyFile(Array(text.utf8), expecting: purpose, path: "x")
        #expect(try read.seed(path: "x") { () throws(DeskError) in try ask("none is asked for") } == [UInt8](repeating: 7, count: purpose.seedSize))
    }

    @Test("a key of one purpose is refused for every other")
    func purposes() throws {
        for held in KeyPurpose.allCases {
            for wanted in KeyPurpose.allCases where wanted != held {
                let error = refusal { try KeyFile(key(held).bytes, expecting: wanted, path: "x.key") }
                #expect(error?.class == .refused)
                #expect(error?.what.contains(held.rawValue) == true)
            }
        }
    }

    @Test("a key file with any one byte changed in its form is refused, cut short or made longer too")
    func strict() throws {
        let bytes = try key().bytes
        for place in bytes.indices {
            var changed = bytes
            changed[place] ^= 0x80
            #expect(refusal { try KeyFile(changed, expecting: .light, path: "x") }?.class == .malformed, "byte \(place)")
        }
        let cuts: [[UInt8]] = [Array(bytes.dropLast(1)), Array(bytes.dropLast(20)), bytes + [0x0A], [0x0A] + bytes, []]
        for cut in cuts {
            #expect(refusal { try KeyFile(cut, expecting: .light, path: "x") }?.class == .malformed)
        }
    }

    @Test("a sealed key opens under its passphrase alone, and shows nothing of the seed")
    func sealed() throws {
        let file = try key(.root, passphrase: ask("correct horse battery"))
        let text = String(decoding: file.bytes, as: UTF8.self)
        #expect(text.contains("sealed scrypt 14 8 1 ") && !text.contains("seed "))
        let read = try KeyFile(file.bytes, expecting: .root, path: "x")
        #expect(try read.seed(path: "x") { () throws(DeskError) in try ask("correct horse battery") } == [UInt8](repeating: 7, count: 64))
        #expect(refusal { try read.seed(path: "x") { () throws(DeskError) in try ask("correct horse batterz") } }?.class == .refused)
    }

    @Test("a sealed key whose heading was changed does not open: it cannot stand in for another's")
    func sealedHeading() throws {
        let text = String(decoding: try key(.root, passphrase: ask("correct horse battery")).bytes, as: UTF8.self)
        let other = try KeyFile(Array(text.replacing("party N", with: "party M").utf8), expecting: .root, path: "x")
        #expect(refusal { try other.seed(path: "x") { () throws(DeskError) in try ask("correct horse battery") } }?.class == .refused)
    }

    @Test("a file that asks for more work than ours is not a key file", arguments: ["21 8 1", "13 8 1", "14 9 1", "14 8 2", "-1 8 1"])
    func costs(parameters: String) throws {
        let text = String(decoding: try key(.root, passphrase: ask("correct horse battery")).bytes, as: UTF8.self)
        let changed = text.replacing("scrypt 14 8 1", with: "scrypt \(parameters)")
        #expect(refusal { try KeyFile(Array(changed.utf8), expecting: .root, path: "x") }?.class == .malformed)
    }

    @Test("neither a key file nor a passphrase prints its secret")
    func quiet() throws {
        let secret = Base64.string([UInt8](repeating: 7, count: 32))
        #expect(!"\(try key())".contains(secret))
        #expect("\(try ask("hush hush hush"))" == "a passphrase")
        #expect(!String(reflecting: try ask("hush hush hush")).contains("hush"))
    }

    @Test("a passphrase comes from the first line of a private file or of a descriptor")
    func sources() throws {
        let path = try directory.write("pass", "correct horse battery\nignored\n")
        #expect(try PassphraseSource.file(path).passphrase(for: "x", isNew: true).bytes == Array("correct horse battery".utf8))
        let handle = try #require(FileHandle(forReadingAtPath: path))
        #expect(try PassphraseSource.descriptor(handle.fileDescriptor).passphrase(for: "x").bytes == Array("correct horse battery".utf8))
        #expect(try handle.readToEnd() == Data("ignored\n".utf8), "what follows the line is left")
        try setMode(0o640, of: path)
        #expect(refusal { try PassphraseSource.file(path).passphrase(for: "x") }?.class == .refused)
        #expect(refusal { try PassphraseSource.none.passphrase(for: "x") }?.class == .refused)
    }

    @Test("a new passphrase that is short is refused")
    func shortPassphrase() throws {
        let path = try directory.write("pass", "short\n")
        #expect(refusal { try PassphraseSource.file(path).passphrase(for: "x", isNew: true) }?.class == .refused)
    }
}

@Suite("Keys of a directory")
struct KeyLoadingTests {
    let directory: PartyFolder
    init() throws { directory = try PartyFolder() }

    @Test("a key that others may read is refused, with what to do", arguments: [0o640, 0o604, 0o660, 0o644])
    func wrongMode(bits: Int) throws {
        let party = try TestParty.washington(in: directory)
        try setMode(bits, of: party.stationKey)
        let error = refusal { try party.loadStationKeys() }
        #expect(error?.class == .refused)
        #expect(error?.hint.contains("chmod 600") == true)
    }

    @Test("a directory that others may look into is refused")
    func openDirectory() throws {
        let party = try TestParty.washington(in: directory)
        try setMode(0o750, of: party.path)
        #expect(refusal { try party.loadStationKeys() }?.hint.contains("chmod 700") == true)
    }

    @Test("key files that were swapped are refused")
    func swapped() throws {
        let party = try TestParty.washington(in: directory)
        let files = FileManager.default
        try files.moveItem(atPath: party.stationKey, toPath: directory.file("x"))
        try files.moveItem(atPath: party.rootKey, toPath: party.stationKey)
        try files.moveItem(atPath: directory.file("x"), toPath: party.rootKey)
        #expect(refusal { try party.loadStationKeys() }?.what.contains("root key where a station key belongs") == true)
        #expect(refusal { try party.loadRootKey(passphrase: .none) }?.class == .refused)
    }

    @Test("keys of another party are refused, the TLS key too")
    func foreign() throws {
        let (w, m) = (try TestParty.washington(in: directory), try TestParty.moscow(in: directory))
        for (name, load) in [
            ("station.key", { _ = try w.loadStationKeys() }), ("light.key", { _ = try w.loadStationKeys() }),
            ("tls.key", { _ = try w.loadTLSIdentity() }), ("root.key", { _ = try w.loadRootKey(passphrase: .none) }),
        ] as [(String, () throws -> Void)] {
            let (own, other) = ("\(w.path)/\(name)", "\(m.path)/\(name)")
            let kept = try Data(contentsOf: URL(fileURLWithPath: own))
            try Data(contentsOf: URL(fileURLWithPath: other)).write(to: URL(fileURLWithPath: own))
            #expect(refusal { try load() } != nil, "\(name)")
            try kept.write(to: URL(fileURLWithPath: own))
        }
    }

    @Test("a root key that is offline is asked for by its path")
    func offline() throws {
        let party = try TestParty.washington(in: directory)
        let away = directory.file("stick.key")
        try FileManager.default.moveItem(atPath: party.rootKey, toPath: away)
        let error = refusal { try party.loadRootKey(passphrase: .none) }
        #expect(error?.class == .notFound)
        #expect(error?.hint.contains("--root-key") == true)
        _ = try party.loadRootKey(from: away, passphrase: .none)
    }

    @Test("a root key under a passphrase loads with it, and the station's keys need none")
    func passphrase() throws {
        let path = try directory.write("pass", "correct horse battery\n")
        let (party, _) = try TestParty.make("N", in: directory, names: ["Norway"], languages: ["en"], passphrase: .file(path))
        _ = try party.loadStationKeys()
        _ = try party.loadRootKey(passphrase: .file(path))
        #expect(refusal { try party.loadRootKey(passphrase: .none) }?.what.contains("passphrase") == true)
        let wrong = try directory.write("wrong", "another one altogether\n")
        #expect(refusal { try party.loadRootKey(passphrase: .file(wrong)) }?.class == .refused)
    }

    @Test("a directory without a party is said to be one")
    func nothingThere() throws {
        #expect(refusal { try StationDirectory(directory.path).loadCard() }?.class == .notFound)
        #expect(refusal { try StationDirectory(directory.file("none")).loadCard() }?.class == .notFound)
    }
}
