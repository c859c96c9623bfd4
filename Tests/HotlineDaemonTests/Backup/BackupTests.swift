import Foundation
import HotlineAgreement
import HotlineDesk
import HotlineSeal
import HotlineWire
import Testing

@testable import HotlineDaemon

@Suite("Backup and restore")
struct BackupTests {
    private let fixture: RecordFixture
    private let passphrase: PassphraseSource
    private let backup: StationBackup

    init() throws {
        fixture = try RecordFixture()
        try fixture.open(try fixture.us, named: 1)
        for index in 0..<300 { try fixture.letter(try fixture.us, "letter \(index) " + String(repeating: "x", count: 900)) }
        passphrase = .file(try fixture.directory.write("passphrase", "six words drawn by the dice\n"))
        var backup = StationBackup(fixture.washington)
        backup.cost = 14
        self.backup = backup
    }

    private func place(_ name: String) -> StationDirectory { StationDirectory(fixture.directory.file(name)) }

    @Test("a backup made while the writer has the record open gives the station back, without its secrets and root key")
    func roundTrip() throws {
        try Data("epochs".utf8).write(to: URL(filePath: fixture.washington.secrets))
        let file = fixture.directory.file("w.backup")
        let view = try backup.write(to: file, passphrase: passphrase)
        #expect(view.party == "W" && view.files.contains("station.key") && view.files.contains("record.sqlite"))
        let restored = place("again")
        _ = try StationBackup(restored).restore(from: file, passphrase: passphrase)
        for name in view.files where name != "record.sqlite" {
            #expect(try LocalFile("\(restored.path)/\(name)").read(bytesMax: 1 << 22) == LocalFile("\(fixture.washington.path)/\(name)").read(bytesMax: 1 << 22))
        }
        #expect(!LocalFile(restored.secrets).exists && !LocalFile(restored.rootKey).exists && !LocalFile(restored.nextKey).exists)
        #expect(try restored.fileNames().allSatisfy { try LocalFile("\(restored.path)/\($0)").mode().map { $0 & 0o777 } == 0o600 })
        let (one, other) = (try StationRecord(fixture.washington).show(), try StationRecord(restored).show())
        #expect(one.generations.map(\.root) == other.generations.map(\.root) && one.generations.map(\.entries) == [301])
        #expect(!(try fixture.washington.fileNames()).contains { $0.hasSuffix(".copy") })
    }

    @Test("AGR-58, AGR-55: amendments and key statements are in it; what is kept offline is not, whatever it waits for")
    func chain() throws {
        let amendment = AgreementFile(fixture.directory.file("second.txt"))
        _ = try amendment.write(draft: try AgreementFile.amendment(in: fixture.washington))
        for station in [fixture.washington, fixture.moscow] { _ = try amendment.sign(in: station, passphrase: .none) }
        _ = try amendment.install(in: fixture.washington)
        let statement = fixture.directory.file("statement.txt")
        _ = try KeyReplacement(reason: "replaced", passphrase: .none).run(in: fixture.washington, output: statement)
        _ = try KeyStatementFile(statement).install(in: fixture.washington)
        _ = try KeyReplacement(reason: "stolen", authority: "next", passphrase: .none).run(in: fixture.washington, output: fixture.directory.file("next.txt"))
        let file = fixture.directory.file("w.backup")
        let view = try backup.write(to: file, passphrase: passphrase)
        #expect(!view.files.contains { $0.contains("root") || $0.contains("next") || $0.contains("recovery") })
        let restored = place("again")
        _ = try StationBackup(restored).restore(from: file, passphrase: passphrase)
        #expect(try restored.loadAgreement().files == fixture.washington.loadAgreement().files)
        #expect(try restored.loadAgreement().files.count == 3)
        #expect(try restored.loadStationKeys().station.seed == fixture.washington.loadStationKeys().station.seed)
    }

    @Test("a directory that a crash has left half restored is no station: its card comes last")
    func halfRestored() throws {
        let target = place("half")
        try target.make()
        var writer = BackupWriter(directory: target)
        func file(_ name: String) -> [UInt8] {
            var encoder = Encoder()
            encoder.put(prefixed: Array(name.utf8))
            encoder.put(uint64: 3)
            return encoder.bytes + [1, 2, 3]
        }
        try writer.take(file("identity.card") + file("station.key"))
        #expect(throws: DeskError.self) { try target.check() }
        try writer.take(file("record.sqlite"))
        #expect(throws: DeskError.self) { try target.check() }
        try writer.finish()
        try target.check()
        #expect(try target.names() == ["identity.card", "record.sqlite", "station.key"])
    }

    @Test("no text of the record and no key stands in the file")
    func sealed() throws {
        let file = fixture.directory.file("w.backup")
        _ = try backup.write(to: file, passphrase: passphrase)
        let bytes = try Data(contentsOf: URL(filePath: file))
        #expect(bytes.count > 270_000)
        #expect(bytes.range(of: Data("letter".utf8)) == nil && bytes.range(of: Data("seed".utf8)) == nil && bytes.range(of: Data("xxxxxxxx".utf8)) == nil)
    }

    @Test("a changed bit, a piece moved or missing, a cut and a byte more are found, and nothing is left behind")
    func damaged() throws {
        let file = fixture.directory.file("w.backup")
        _ = try backup.write(to: file, passphrase: passphrase)
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: file)))
        let piece = BackupStream.pieceBytes + BackupStream.tagBytes
        let heading = try #require(bytes.indices.first { bytes[$0] == 0x0A && bytes[$0 + 1] == 0x0A }) + 2
        var bad: [[UInt8]] = []
        for place in [heading - 20, heading, heading + piece + 7, bytes.count - 1, bytes.count / 2] {
            var changed = bytes
            changed[place] ^= 0x10
            bad.append(changed)
        }
        bad.append(Array(bytes[..<heading]) + bytes[(heading + piece)..<(heading + 2 * piece)] + bytes[heading..<(heading + piece)] + bytes[(heading + 2 * piece)...])
        bad.append(Array(bytes[..<(heading + piece)]) + bytes[(heading + 2 * piece)...])
        bad.append(Array(bytes[..<(heading + piece)]))
        bad.append(Array(bytes.dropLast()))
        bad.append(bytes + [0])
        bad.append(Array(bytes[..<heading]))
        bad.append([])
        bad.append(Array("hotline/1 backup\n".utf8))
        for (index, content) in bad.enumerated() {
            let name = fixture.directory.file("bad-\(index)")
            try Data(content).write(to: URL(filePath: name))
            let target = place("target-\(index)")
            #expect(throws: DeskError.self, "case \(index)") { try StationBackup(target).restore(from: name, passphrase: passphrase) }
            #expect(!LocalFile(target.path).exists, "case \(index)")
        }
    }

    @Test("another passphrase opens nothing, and a directory that holds something is left alone")
    func refused() throws {
        let file = fixture.directory.file("w.backup")
        _ = try backup.write(to: file, passphrase: passphrase)
        #expect(throws: DeskError.self) { try backup.write(to: file, passphrase: passphrase) }
        let inside = fixture.washington.file("w.backup")
        #expect { try backup.write(to: inside, passphrase: passphrase) } throws: { ($0 as? DeskError)?.class == .refused }
        #expect(!LocalFile(inside).exists)
        let other = PassphraseSource.file(try fixture.directory.write("other", "another six words of dice\n"))
        #expect { try StationBackup(place("none")).restore(from: file, passphrase: other) } throws: { ($0 as? DeskError)?.class == .refused }
        #expect { try StationBackup(fixture.moscow).restore(from: file, passphrase: passphrase) } throws: { ($0 as? DeskError)?.class == .refused }
        #expect(LocalFile(fixture.moscow.stationKey).exists)
    }

    @Test(
        "a backup cannot write outside its directory, nor what no backup holds",
        arguments: ["../x", "a/b", "secrets.sqlite", "root.key", "", "control.sock", ".hidden", "record.1.copy"])
    func names(_ name: String) throws {
        var encoder = Encoder()
        encoder.put(prefixed: Array(name.utf8))
        encoder.put(uint64: 3)
        let directory = place("names")
        try directory.make()
        var writer = BackupWriter(directory: directory)
        #expect(throws: DeskError.self) { try writer.take(encoder.bytes + [1, 2, 3]) }
        writer.undo()
        #expect(!LocalFile(directory.path).exists)
    }
}
