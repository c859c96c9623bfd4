import Foundation
import HotlineWire

@testable import HotlineStore

/// A directory of a test's own, removed with the value.
final class TestDirectory {
    let path: String

    init() throws {
        let temporary = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
        path = temporary.appendingPathComponent("hotline-store-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    var journal: String { path + "/journal" }

    func journal(erasesRemoved: Bool = false) throws -> SQLiteJournal {
        try SQLiteJournal(path: journal, options: .init(erasesRemoved: erasesRemoved))
    }

    func names() throws -> Set<String> {
        Set(try FileManager.default.contentsOfDirectory(atPath: path))
    }

    func bytes(of name: String = "journal") throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: path + "/" + name))
    }

    func write(_ bytes: Data, to name: String = "journal") throws {
        try bytes.write(to: URL(fileURLWithPath: path + "/" + name))
    }

    func mode(of name: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path + "/" + name)[.posixPermissions] as? Int
    }
}

extension [UInt8] {
    init(_ text: String) { self = Array(text.utf8) }
}

extension JournalRow.New {
    init(_ key: String?, tag: Int64? = nil, value: String = "value") {
        self.init(key: key.map { Array($0.utf8) }, tag: tag, value: Array(value.utf8))
    }
}

extension JournalCell {
    init(_ key: String, _ value: String?) {
        self.init(key: Array(key.utf8), value: value.map { Array($0.utf8) })
    }
}

/// The error of an attempt, nil where it succeeds.
func failure<T>(_ attempt: @autoclosure () throws(JournalError) -> T) -> JournalError? {
    do throws(JournalError) {
        _ = try attempt()
        return nil
    } catch {
        return error
    }
}

extension JournalError {
    var isDamaged: Bool { if case .damaged = self { true } else { false } }
    var isFailed: Bool { if case .failed = self { true } else { false } }
}
