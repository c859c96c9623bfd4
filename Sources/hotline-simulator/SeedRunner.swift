import ArgumentParser
import HotlineSimulator

/// Runs what the command line asks for, and prints.
struct SeedRunner {
    let options: Options
    /// Lines of the trace that are shown with a finding.
    private static let tail = 40

    func one(_ seed: UInt64, traced: Bool) throws {
        Trap.name(seed: seed, words: options.words)
        let report = try Simulation(options).run(seed: seed, sink: traced ? { print($0) } : nil)
        print("seed \(seed)  \(report.stations) stations  \(report.events) events  \(report.letters) letters  \(report.seconds) s  digest \(hex(report.digest))")
        guard report.finding != nil else { return }
        try show(report)
        throw ExitCode.failure
    }

    func many(from first: UInt64, seeds: Int?, hours: Double?, events: Int?, keepsGoing: Bool) throws {
        let simulation = Simulation(options)
        let clock = ContinuousClock()
        let begun = clock.now
        var totals = Totals()
        var seed = first
        let limit = seeds ?? (hours == nil && events == nil ? 100 : .max)
        while totals.seeds < limit, totals.events < events ?? .max, hours.map({ clock.now - begun < .seconds($0 * 3600) }) ?? true {
            Trap.name(seed: seed, words: options.words)
            let report = try simulation.run(seed: seed)
            totals.add(report)
            if report.finding != nil {
                if keepsGoing, let finding = report.finding { print("seed \(report.seed): \(finding.promise.rawValue): \(finding.what)") } else { try show(report) }
                Trap.flush()
                if !keepsGoing { break }
            }
            seed += 1
        }
        for line in totals.lines(processorSeconds: Processor.seconds) { print(line) }
        let rare = totals.rare(without: options.without)
        for kind in rare { print("too rare: '\(kind.rawValue)' is in fewer than one seed of a hundred") }
        if !totals.findings.isEmpty || !rare.isEmpty { throw ExitCode.failure }
    }

    /// Each must be found by a checker that is named for it.
    func canaries(_ name: String?, seeds: Int, from first: UInt64) throws {
        var wanted = CanaryCatch.all
        if let name {
            wanted = wanted.filter { $0.name == name }
            guard !wanted.isEmpty else { throw ValidationError("No canary is called '\(name)'. There are: \(CanaryCatch.all.map(\.name).joined(separator: ", ")).") }
        }
        var survived = 0
        for canary in wanted {
            defer { Trap.flush() }
            switch try canary.run(Simulation(options), seeds: seeds, from: first) {
            case .caught(let seeds, let finding): print("\(canary.name): caught after \(seeds) seeds by \(finding.promise.rawValue): \(finding.what)")
            case .survived:
                print("\(canary.name): not caught in \(seeds) seeds")
                survived += 1
            }
        }
        if survived > 0 { throw ExitCode.failure }
    }

    /// The seed again, for the end of its trace.
    private func show(_ report: SeedReport) throws {
        guard let finding = report.finding else { return }
        var tail: [String] = []
        let again = try Simulation(options).run(seed: report.seed) { line in
            tail.append(line)
            if tail.count > 2 * SeedRunner.tail { tail.removeFirst(SeedRunner.tail) }
        }
        print("seed \(report.seed): \(finding.promise.rawValue): \(finding.what)")
        for line in tail.suffix(SeedRunner.tail) { print("    \(line)") }
        if again.finding == nil { print("    (the seed does not show it again: with real cryptography no two runs are the same)") }
        print("again with: hotline-simulator --seed \(report.seed)\(options.words) --trace")
    }

    private func hex(_ word: UInt64) -> String {
        let digits = String(word, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

extension Options {
    /// As on the command line.
    fileprivate var words: String {
        (forcesReal ? " --real" : "") + without.map(\.rawValue).sorted().map { " --without '\($0)'" }.joined()
            + tolerated.sorted().map { " --tolerate '\($0)'" }.joined()
    }
}
