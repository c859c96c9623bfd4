import Foundation
import HotlineDesk
import Testing

@testable import HotlineDaemon

/// A directory of a test's own, gone when the test is.
final class PartyFolder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "hotline-test-\(UUID().uuidString.prefix(13))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    func write(_ name: String, _ text: String, mode: Int = 0o600) throws -> String {
        let path = file(name)
        guard FileManager.default.createFile(atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: mode]) else {
            throw CocoaError(.fileWriteUnknown)
        }
        return path
    }
}

enum TestParty {
    static let washingtonNames = ["United States of America", "ru=Соединённые Штаты Америки"]
    static let moscowNames = ["Российская Федерация", "en=Russian Federation"]

    /// A party in a directory of its own.
    static func make(
        _ mark: String, in directory: PartyFolder, names: [String], languages: [String], passphrase: PassphraseSource? = nil
    ) throws -> (StationDirectory, CardView) {
        let station = StationDirectory(directory.file(mark))
        var ceremony = PartyInit(names: names, mark: mark, languages: languages, passphrase: passphrase)
        ceremony.cost = 14
        return (station, try ceremony.run(in: station))
    }

    static func washington(in directory: PartyFolder) throws -> StationDirectory {
        try make("W", in: directory, names: washingtonNames, languages: ["en", "ru"]).0
    }

    static func moscow(in directory: PartyFolder) throws -> StationDirectory {
        try make("M", in: directory, names: moscowNames, languages: ["ru", "en"]).0
    }

    /// Two parties and an agreement that both have signed and installed.
    static func line(in directory: PartyFolder) throws -> (washington: StationDirectory, moscow: StationDirectory, file: AgreementFile) {
        let (w, m) = (try washington(in: directory), try moscow(in: directory))
        let file = AgreementFile(directory.file("agreement.txt"))
        _ = try file.write(draft: try AgreementFile.draft(cards: [w.card, m.card]))
        _ = try file.sign(in: w, passphrase: .none)
        _ = try file.sign(in: m, passphrase: .none)
        _ = try file.install(in: w)
        _ = try file.install(in: m)
        return (w, m, file)
    }
}

func mode(of path: String) throws -> Int {
    try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
}

func setMode(_ mode: Int, of path: String) throws {
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
}

/// The error that the desk gives; a test fails where it gives none.
func refusal(_ body: () throws -> some Any, sourceLocation: SourceLocation = #_sourceLocation) -> DeskError? {
    do {
        _ = try body()
        Issue.record("nothing was refused", sourceLocation: sourceLocation)
    } catch let error as DeskError {
        return error
    } catch {
        Issue.record("another error: \(error)", sourceLocation: sourceLocation)
    }
    return nil
}
