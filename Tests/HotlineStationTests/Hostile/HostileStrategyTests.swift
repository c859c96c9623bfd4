import HotlineStation
import HotlineWire
import Testing

/// Every strategy of the table with twenty seeds, against the real station between a witness and the one that has turned.
@Suite("Hostile peers, by strategy")
struct HostileStrategyTests {
    @Test("what the peer does costs the honest station nothing but that peer's own credit", arguments: Strategy.all)
    func holds(_ strategy: Strategy) throws {
        for seed in 1...20 as ClosedRange<UInt64> {
            do {
                try play(strategy, seed: seed)
            } catch let spin as Stage.Spin {
                Issue.record("\(strategy.name), seed \(seed): station \(spin.station) never sleeps again")
            }
        }
    }

    @Test("a strategy has one name")
    func names() { #expect(Set(Strategy.all.map(\.name)).count == Strategy.all.count && Strategy.all.count >= 30) }

    private func play(_ strategy: Strategy, seed: UInt64) throws {
        let stage = try Stage.ready(seed: seed)
        if strategy.isAfterRestore {
            let backup = MemoryJournal(copy: stage.honest.journal)
            for index in 0..<3 { try stage.send("written after the backup \(index)") }
            try stage.run(for: .seconds(70))
            try stage.restart(from: backup)
            try stage.run(for: .milliseconds(500))
        }
        let after = AfterConditions(stage, strategy, seed: seed)
        try stage.turn()
        let impostor = try Impostor(stage)
        for round in 0..<strategy.rounds {
            try strategy.act(impostor, round)
            if round % 2 == 0 { try stage.send("meanwhile \(round)", round % 4 == 0 ? .immediate : .routine) }
            try stage.run(for: strategy.pause)
            after.look()
        }
        try strategy.then(impostor)
        try after.checkProof(impostor, seed: seed)
        try after.checkPeace(seed: seed)
    }
}
