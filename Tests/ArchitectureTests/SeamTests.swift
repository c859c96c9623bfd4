import Foundation
import Testing

@Suite("The simulator's seam is not in what is shipped")
struct SeamTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static func sources() throws -> [(name: String, text: String)] {
        let folder = root.appending(path: "Sources")
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
        return try files.filter { $0.pathExtension == "swift" }.map { (String($0.path.dropFirst(folder.path.count + 1)), try String(contentsOf: $0, encoding: .utf8)) }
    }

    @Test("whatever sets or asks the seam is compiled for debugging or for the simulator alone")
    func conditions() throws {
        let word = /\b(?:Seam\.|StandIn\b)/
        for (name, text) in try Self.sources() {
            var conditions: [String] = []
            for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                let code = line.trimmingCharacters(in: .whitespaces)
                if code.hasPrefix("#if ") { conditions.append(String(code.dropFirst(4))) }
                if code.hasPrefix("#else"), !conditions.isEmpty { conditions[conditions.count - 1] = "else" }
                if code.hasPrefix("#endif") { _ = conditions.popLast() }
                guard !code.hasPrefix("//"), code.firstMatch(of: word) != nil else { continue }
                #expect(conditions.contains("DEBUG || SIMULATION"), "\(name):\(number + 1)")
            }
        }
    }

    @Test("only the simulator's own target sets it")
    func setters() throws {
        let word = /Seam\.(?:isTransparent|entropy|watch|canary)\s=\s\w/
        let setters = try Self.sources().filter { $0.text.firstMatch(of: word) != nil }.map(\.name)
        #expect(setters.allSatisfy { $0.hasPrefix("HotlineSimulator/") }, "\(setters)")
        #expect(!setters.isEmpty)
    }

    @Test("the command line does not link the simulator, and `make build` does not ask for the seam")
    func build() throws {
        let package = try String(contentsOf: Self.root.appending(path: "Package.swift"), encoding: .utf8)
        #expect(!package.contains("SIMULATION"))
        let shipped = package.matches(of: /name: "(?:hotline|HotlineDaemon)",?\s*dependencies: \[([^\]]*)\]/)
        #expect(!shipped.isEmpty)
        #expect(shipped.allSatisfy { !$0.1.contains("HotlineSimulator") })
        let make = try String(contentsOf: Self.root.appending(path: "Makefile"), encoding: .utf8)
        for line in make.split(separator: "\n") where line.contains("DSIMULATION") { #expect(line.contains("hotline-simulator"), "\(line)") }
    }

    @Test("a release build, where there is one, has nothing of it; a debug build has")
    func symbols() throws {
        let symbol = Data("4SeamO13isTransparent".utf8)
        let release = Self.root.appending(path: ".build-release/release/hotline")
        if let binary = try? Data(contentsOf: release, options: .alwaysMapped) { #expect(binary.range(of: symbol) == nil) }
        let debug = Self.root.appending(path: ".build-debug/debug/hotline")
        if let binary = try? Data(contentsOf: debug, options: .alwaysMapped) { #expect(binary.range(of: symbol) != nil, "the search finds what is there") }
    }
}
