import Testing

@testable import HotlineSimulator

@Suite("What many seeds have come to")
struct TotalsTests {
    private func totals(_ seeds: Int, with isIn: (FaultKind, Int) -> Bool) -> Totals {
        var totals = Totals()
        for seed in 0..<seeds {
            var counts = FaultCounts()
            for kind in FaultKind.allCases where isIn(kind, seed) { counts.note(kind) }
            totals.add(
                SeedReport(
                    seed: UInt64(seed), events: 1, letters: 0, counts: counts, digest: 0, finding: nil, isReal: false, stations: 2, seconds: 0, healingSeconds: 0
                )
            )
        }
        return totals
    }

    @Test("a kind of fault that is switched off, or in fewer than one seed of a hundred, is too rare", arguments: FaultKind.allCases)
    func rare(_ kind: FaultKind) {
        let seeds = Totals.seedsToTell
        #expect(totals(seeds) { each, _ in each != kind }.rare(without: []) == [kind])
        #expect(totals(seeds) { each, seed in each != kind || seed < seeds / 100 - 1 }.rare(without: []) == [kind])
        #expect(totals(seeds) { each, seed in each != kind || seed < seeds / 100 }.rare(without: []) == [])
    }

    @Test("too few seeds tell nothing, and what the caller has left out is not missed")
    func exempt() {
        #expect(totals(Totals.seedsToTell - 1) { each, _ in each != .clone }.rare(without: []) == [])
        #expect(totals(Totals.seedsToTell) { each, _ in each != .clone }.rare(without: [.clone]) == [])
    }

    @Test("the share of every kind is printed")
    func printed() {
        let lines = totals(200) { each, seed in each == .rot && seed < 3 }.lines(processorSeconds: 1)
        #expect(FaultKind.allCases.allSatisfy { kind in lines.contains { $0.contains("  \(kind.rawValue) ") } })
        #expect(lines.contains { $0.contains("rotted row") && $0.contains("in 15 of 1,000 seeds") })
    }
}
