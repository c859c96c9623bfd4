import Foundation
import HotlineFuzz
import Testing

/// Every input that once stopped a target, and the corpus that fuzzing begins with, through the same targets.
@Suite("What fuzzing has found")
struct ReplayTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static func inputs(_ folder: String, of target: FuzzTarget) throws -> [URL] {
        let folder = root.appending(path: "fuzz/\(folder)/\(target.rawValue)")
        guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
        return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil).sorted { $0.path < $1.path }
    }

    @Test("named cases no longer stop a target", arguments: FuzzTarget.allCases)
    func regressions(_ target: FuzzTarget) throws {
        for input in try Self.inputs("regressions", of: target) { target.run(Array(try Data(contentsOf: input))) }
    }

    @Test("every target has a corpus to begin with, of inputs that it takes", arguments: FuzzTarget.allCases)
    func corpus(_ target: FuzzTarget) throws {
        let inputs = try Self.inputs("corpus", of: target)
        #expect(!inputs.isEmpty)
        for input in inputs {
            let bytes = Array(try Data(contentsOf: input))
            #expect(bytes.count <= target.bytesMax, "\(input.lastPathComponent)")
            target.run(bytes)
        }
    }

    @Test("the corpus is what the seeds make of honest stations", arguments: FuzzTarget.allCases)
    func seeds(_ target: FuzzTarget) throws {
        let names = try Self.inputs("corpus", of: target).map(\.lastPathComponent)
        let seeds = try Seeds.make(for: target)
        #expect(Set(names).isSuperset(of: seeds.map(\.name)))
        for seed in seeds { target.run(seed.bytes) }
    }
}
