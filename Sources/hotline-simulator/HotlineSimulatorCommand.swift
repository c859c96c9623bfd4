import ArgumentParser
import HotlineSimulator

@main
struct HotlineSimulatorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hotline-simulator",
        abstract: "Run stations in a world that tries to break them, and watch that they keep their promises.",
        discussion: """
            Every seed is a line of 2 to 5 stations with its own bearers, faults and letters. Its faults end after some thousand \
            events; then everybody must come to have everything. The same seed gives the same course.
            """
    )

    @Option(help: "Run this seed.") var seed: UInt64?
    @Flag(help: "With --seed: one line for each event.") var trace = false
    @Option(help: "Run so many seeds.") var seeds: Int?
    @Option(help: "The first of them.") var from: UInt64 = 1
    @Option(help: "Run seeds for so many hours.") var hours: Double?
    @Option(help: "Run seeds for so many events in all.") var events: Int?
    @Option(help: "Switch a deliberate fault on; succeeds only if its checker finds it.") var canary: String?
    @Flag(help: "Each deliberate fault in turn.") var canaries = false
    @Flag(help: "Real cryptography in every seed.") var real = false
    @Option(help: "A kind of fault to leave out; may be given again.") var without: [String] = []
    @Option(help: "An accusation that is known, and does not count; may be given again.") var tolerate: [String] = []
    @Flag(help: "Go on after a finding.") var keepGoing = false

    func run() throws {
        var options = Options()
        options.forcesReal = real
        for name in without {
            guard let kind = FaultKind(rawValue: name) else {
                throw ValidationError("No fault is called '\(name)'. There are: \(FaultKind.allCases.map(\.rawValue).joined(separator: ", ")).")
            }
            options.without.insert(kind)
        }
        options.tolerated = Set(tolerate)
        let runner = SeedRunner(options: options)
        if canaries || canary != nil { return try runner.canaries(canary, seeds: seeds ?? 500, from: from) }
        if let seed { return try runner.one(seed, traced: trace) }
        try runner.many(from: from, seeds: seeds, hours: hours, events: events, keepsGoing: keepGoing)
    }
}
