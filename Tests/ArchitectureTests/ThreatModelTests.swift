import Foundation
import Testing

@Suite("The threat model and the tests that it names")
struct ThreatModelTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// What stands in quotation marks in the last column of its tables.
    private static func named() throws -> [String] {
        let text = try String(contentsOf: root.appending(path: "docs/threat-model.md"), encoding: .utf8)
        return text.split(separator: "\n").filter { $0.hasPrefix("|") }.compactMap { $0.split(separator: "|").last }.flatMap { held in
            held.matches(of: /"([^"]+)"/).map { String($0.1) }
        }
    }

    /// The names of tests in Swift and in Python.
    private static func tests() throws -> Set<String> {
        var names: Set<String> = []
        for case let file as URL in FileManager.default.enumerator(at: root.appending(path: "Tests"), includingPropertiesForKeys: nil) ?? FileManager.DirectoryEnumerator()
        where ["swift", "py"].contains(file.pathExtension) {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: /@Test\(\s*"([^"]+)"/) { names.insert(String(match.1)) }
            for match in text.matches(of: /(?:func|def) ([A-Za-z_0-9]+)\(/) { names.insert(String(match.1)) }
        }
        return names
    }

    @Test("a promise is held by a test that is there")
    func held() throws {
        let named = try Self.named()
        #expect(named.count > 50)
        let tests = try Self.tests()
        #expect(named.filter { !tests.contains($0) } == [])
    }
}
