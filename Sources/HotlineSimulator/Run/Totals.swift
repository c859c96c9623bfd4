/// What many seeds have come to.
package struct Totals: Sendable {
    package private(set) var seeds = 0
    package private(set) var events = 0
    package private(set) var letters = 0
    package private(set) var realSeeds = 0
    package private(set) var virtualSeconds: Int64 = 0
    package private(set) var findings: [(seed: UInt64, finding: Finding)] = []
    private var eventsOfSeed: [Int] = []
    private var healing: [Int64] = []
    private var times = [Int](repeating: 0, count: FaultKind.allCases.count)
    private var seedsWith = [Int](repeating: 0, count: FaultKind.allCases.count)

    package init() {}

    package mutating func add(_ report: SeedReport) {
        seeds += 1
        events += report.events
        letters += report.letters
        realSeeds += report.isReal ? 1 : 0
        virtualSeconds += report.seconds
        eventsOfSeed.append(report.events)
        healing.append(report.healingSeconds)
        if let finding = report.finding { findings.append((report.seed, finding)) }
        for (place, kind) in FaultKind.allCases.enumerated() {
            times[place] += report.counts[kind]
            seedsWith[place] += report.counts[kind] > 0 ? 1 : 0
        }
    }

    /// Kinds of fault that hardly happened: each is to be in one seed of a hundred, where there are enough seeds to tell.
    ///
    /// - Parameter without: those that the caller has left out.
    package func rare(without: Set<FaultKind>) -> [FaultKind] {
        guard seeds >= Totals.seedsToTell else { return [] }
        return FaultKind.allCases.enumerated().filter { seedsWith[$0.offset] * 100 < seeds && !without.contains($0.element) }.map(\.element)
    }
    package static let seedsToTell = 500

    private func found(_ promises: Set<Promise>) -> Int { findings.count { promises.contains($0.finding.promise) } }

    /// - Parameter seconds: the processor time that it took, on one core.
    package func lines(processorSeconds seconds: Double) -> [String] {
        let sorted = eventsOfSeed.sorted()
        let times = self.times
        let faults = FaultKind.allCases.enumerated().map { place, kind in
            "  \(pad(kind.rawValue, 34))\(pad(String(times[place]), 12))in \(seedsWith[place] * 1000 / max(1, seeds)) of 1,000 seeds"
        }
        let crashes = count([.kill, .crashBetweenEffects, .crashBetweenCommits, .tornWrite, .fullDisk])
        return faults + [
            "",
            "seeds          \(seeds), \(realSeeds) of them with real cryptography",
            "events         \(events), median \(sorted.isEmpty ? 0 : sorted[sorted.count / 2]) a seed, \(sorted.count { $0 >= 50_000 }) seeds of 50,000 or more",
            "letters        \(letters)",
            "virtual time   \(virtualSeconds / 86_400) days; from healing to agreement at most \(healing.max() ?? 0) s",
            "crashes        \(crashes), of them kills \(count([.kill]))",
            "restores       \(count([.restore, .restoreWiped, .freshStart])), clones \(count([.clone]))",
            "convictions    \(found([.noConviction]))",
            "lost           \(found([.acknowledgedIsHeld, .nothingLost]))",
            "duplicated     \(found([.onceInOrder, .oneLeafANumber]))",
            "other findings \(findings.count - found([.noConviction, .acknowledgedIsHeld, .nothingLost, .onceInOrder, .oneLeafANumber]))",
            "took           \(Int(seconds)) s of one processor, \(seconds > 0 ? Int(Double(events) / seconds) : 0) events a second",
        ]
    }

    private func count(_ kinds: Set<FaultKind>) -> Int {
        FaultKind.allCases.enumerated().reduce(0) { $0 + (kinds.contains($1.element) ? times[$1.offset] : 0) }
    }

    private func pad(_ text: String, _ width: Int) -> String { text + String(repeating: " ", count: max(1, width - text.count)) }
}
