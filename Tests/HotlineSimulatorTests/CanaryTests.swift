import HotlineSeal
import Testing

@testable import HotlineSimulator

@Suite("Canaries", .serialized)
struct CanaryTests {
    /// Where the search begins, so that it is short in a debug build; any other seed would do.
    private static let first = ["effects-before-records": 8, "no-replay-window": 6, "queued-flash": 14, "plain-frame": 9, "claim-kept": 85]

    @Test("each deliberate fault is found by the checker that is named for it", .enabled(if: SimulatorProcess.path != nil), arguments: Canary.allCases.map(\.rawValue))
    func canary(_ name: String) throws {
        let run = try SimulatorProcess(["--canary", name, "--seeds", "500", "--from", "\(Self.first[name] ?? 1)"])
        #expect(run.status == 0, "\(run.output)")
        #expect(run.output.contains("\(name): caught after"))
    }

    @Test("every canary has a checker of its own kind")
    func catches() {
        #expect(CanaryCatch.all.map(\.name) == Canary.allCases.map(\.rawValue))
        #expect(CanaryCatch.all.allSatisfy { !$0.promises.isEmpty })
    }

    @Test("no canary sings unless it is told to")
    func silence() { #expect(Canary.allCases.allSatisfy { !$0.sings }) }
}
