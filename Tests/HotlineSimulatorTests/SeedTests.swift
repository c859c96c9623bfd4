import Testing

@Suite("Seeds of the simulator", .serialized)
struct SeedTests {
    /// A backup of the generation that is being written, put back by hand, is not noticed: only a peer can show what is lost.
    private static let known = ["--tolerate", "hidden restore"]

    @Test("the same seed gives the same digest, the same trace and the same end in two processes", .enabled(if: SimulatorProcess.path != nil), arguments: [5, 6])
    func determinism(_ seed: Int) throws {
        let one = try SimulatorProcess(["--seed", "\(seed)", "--trace"] + Self.known)
        let other = try SimulatorProcess(["--seed", "\(seed)", "--trace"] + Self.known)
        #expect(one.output.contains("digest"))
        #expect(one.output == other.output)
    }

    @Test("no checker finds anything in some seeds", .enabled(if: SimulatorProcess.path != nil))
    func seeds() throws {
        let run = try SimulatorProcess(["--seeds", "6", "--from", "5"] + Self.known)
        #expect(run.status == 0, "\(run.output)")
        #expect(run.output.contains("convictions    0"))
    }

    @Test("what cannot be is refused with what can", .enabled(if: SimulatorProcess.path != nil))
    func arguments() throws {
        let run = try SimulatorProcess(["--canary", "none"])
        #expect(run.status != 0)
        #expect(run.output.contains("effects-before-records"))
    }
}
