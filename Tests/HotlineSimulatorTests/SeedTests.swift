import Testing

@Suite("Seeds of the simulator", .serialized)
struct SeedTests {
    @Test("the same seed gives the same digest, the same trace and the same end in two processes", .enabled(if: SimulatorProcess.path != nil), arguments: [5, 6])
    func determinism(_ seed: Int) throws {
        let one = try SimulatorProcess(["--seed", "\(seed)", "--trace"])
        let other = try SimulatorProcess(["--seed", "\(seed)", "--trace"])
        #expect(one.output.contains("digest"))
        #expect(one.output == other.output)
    }

    @Test("no checker finds anything in some seeds", .enabled(if: SimulatorProcess.path != nil))
    func seeds() throws {
        let run = try SimulatorProcess(["--seeds", "6", "--from", "5"])
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
