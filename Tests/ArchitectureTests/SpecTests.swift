import Foundation
import Testing

@Suite("The specification and its tests")
struct SpecTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Identifiers in bold at the beginning of a line are rules.
    private static func rules() throws -> [String] {
        var rules: [String] = []
        let folder = root.appending(path: "docs/spec")
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where name.hasSuffix(".md") && name != "UNTESTED.md" {
            let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
            rules += text.matches(of: /\*\*([A-Z]{2,5}-[0-9]+)\*\*/).map { String($0.1) }
        }
        return rules
    }

    /// Identifiers that tests name, ranges such as REC-1…3 not among them.
    private static func named() throws -> Set<String> {
        let folder = root.appending(path: "Tests")
        let prefixes = Set(try rules().map { $0.prefix { $0 != "-" } })
        var named: Set<String> = []
        for case let file as URL in FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) ?? FileManager.DirectoryEnumerator()
        where file.pathExtension == "swift" && !file.path.contains("ArchitectureTests") {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: /\b([A-Z]{2,5})-([0-9]+)\b/) where prefixes.contains(match.1) { named.insert("\(match.1)-\(match.2)") }
        }
        return named
    }

    private static func untested() throws -> Set<String> {
        let text = try String(contentsOf: root.appending(path: "docs/spec/UNTESTED.md"), encoding: .utf8)
        return Set(text.matches(of: /(?m)^- ([A-Z]{2,5}-[0-9]+)/).map { String($0.1) })
    }

    @Test("each rule has an identifier of its own")
    func unique() throws {
        let rules = try Self.rules()
        #expect(rules.count == Set(rules).count, "\(Dictionary(grouping: rules) { $0 }.filter { $0.value.count > 1 }.keys.sorted())")
    }

    @Test("a test names no rule that the specification does not have")
    func known() throws {
        #expect(try Self.named().subtracting(Self.rules()).sorted() == [])
    }

    @Test("every rule has a test that names it, or stands in UNTESTED.md, and not both")
    func tested() throws {
        let rules = Set(try Self.rules())
        let named = try Self.named()
        let untested = try Self.untested()
        #expect(rules.subtracting(named).subtracting(untested).sorted() == [], "neither tested nor listed")
        #expect(untested.intersection(named).sorted() == [], "listed, and tested")
        #expect(untested.subtracting(rules).sorted() == [], "listed, and no rule")
    }
}
