import Foundation
import Testing

@Suite("The floors of the house")
struct ImportTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static func sources(of target: String) throws -> [URL] {
        let folder = root.appending(path: "Sources/\(target)")
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
        return files.filter { $0.pathExtension == "swift" }
    }

    @Test("each target imports only what the table allows", arguments: ImportTable.rows.map(\.target))
    func imports(_ target: String) throws {
        let row = try #require(ImportTable.rows.first { $0.target == target })
        let files = try Self.sources(of: target)
        #expect(!files.isEmpty)
        let pattern = /^\s*(?:@\w+\s+)?(?:public |package |internal |private |fileprivate )?import (?:struct |enum |class |protocol |func |typealias )?(\w+)/
        for file in files {
            for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
                guard let match = line.firstMatch(of: pattern) else { continue }
                #expect(row.may.contains(String(match.1)), "\(file.lastPathComponent) of \(target) imports \(match.1)")
            }
        }
    }

    @Test("a target imports only from floors below its own")
    func floors() {
        let floors = Dictionary(uniqueKeysWithValues: ImportTable.rows.map { ($0.target, $0.floor) })
        for row in ImportTable.rows {
            for imported in row.may { if let floor = floors[imported] { #expect(floor < row.floor, "\(row.target) imports \(imported)") } }
        }
    }

    @Test("every folder of Sources is in the table")
    func complete() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: Self.root.appending(path: "Sources").path)
        #expect(Set(folders) == Set(ImportTable.rows.map(\.target)))
    }

    @Test("the core has no clock, no randomness and nothing asynchronous", arguments: ["HotlineLine", "HotlineWatch", "HotlineStation"])
    func pure(_ target: String) throws {
        let forbidden = [#/\basync\b/#, #/\bawait\b/#, #/\bDate\(/#, #/\bTask\b/#, #/\.random\(/#, #/\bDispatch/#, #/ContinuousClock/#, #/SystemRandomNumberGenerator/#]
        for file in try Self.sources(of: target) {
            for (number, line) in try String(contentsOf: file, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                let code = line.split(separator: "//", maxSplits: 1, omittingEmptySubsequences: false)[0]
                for word in forbidden { #expect(code.firstMatch(of: word) == nil, "\(file.lastPathComponent):\(number + 1)") }
            }
        }
    }

    @Test("no source file is longer than 400 lines, and none has a forced try")
    func taste() throws {
        for row in ImportTable.rows {
            for file in try Self.sources(of: row.target) {
                let text = try String(contentsOf: file, encoding: .utf8)
                let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
                #expect(lines.count <= 401, "\(file.lastPathComponent) has \(lines.count) lines")
                #expect(!text.contains("try!"), "\(file.lastPathComponent)")
                #expect(lines.allSatisfy { !$0.hasSuffix(" ") && !$0.contains("\t") }, "white space in \(file.lastPathComponent)")
            }
        }
    }
}
