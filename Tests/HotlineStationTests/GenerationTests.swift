import HotlineLine
import HotlineRecord
import HotlineStation
import HotlineWire
import Testing

@Suite("Generations over restarts and restores")
struct GenerationTests {
    private func openings(of author: StationNumber, at end: End) -> [(id: EntryID, opening: Opening)] {
        end.journal.rows.compactMap { row in
            guard case .entry(let entry, _)? = try? Fact(row.row.value), entry.id.author == author, entry.header.kind == Opening.kind,
                let opening = try? Opening(entry.content)
            else { return nil }
            return (entry.id, opening)
        }
    }

    @Test("REC-10, REC-11: every start opens a generation that states where the one before it ended and what was held of the others")
    func starts() throws {
        let world = try World(seed: 401)
        try world.connect()
        var ends: [Head] = []
        var held: [Head] = []
        for round in 0..<5 {
            try world.send(0, "letter \(round)")
            try world.send(1, "answer \(round)")
            try world.run(for: .seconds(5))
            ends.append(try #require(world.ends[0].station.own.current?.head))
            held.append(try #require(world.ends[0].station.theirs[0].current?.head))
            try world.restart(0)
        }
        try world.run(for: .seconds(5))
        let opened = openings(of: world.ends[0].number, at: world.ends[1])
        #expect(opened.count == 6)
        #expect(Set(opened.map(\.id.generation)).count == 6)
        #expect(opened.allSatisfy { $0.id.number == EntryNumber(0) })
        #expect(opened[0].opening.predecessor == nil)
        #expect(opened.dropFirst().map(\.opening.predecessor) == ends)
        #expect(zip(opened.dropFirst(), held).allSatisfy { $0.opening.held == [$1] })
        #expect(!world.ends[1].events.contains { if case .restored = $0 { true } else { false } }, "a restart is no restore")
    }

    @Test("REC-12: a station restored from a backup, once and twice, is said to be so and not accused")
    func restores() throws {
        let world = try World(seed: 402)
        try world.connect()
        try world.send(1, "before the backup")
        try world.run(for: .seconds(5))
        let backup = MemoryJournal(copy: world.ends[1].journal)
        try world.send(1, "after the backup")
        try world.run(for: .seconds(5))
        func restored() -> [GenerationID] {
            world.ends[0].events.compactMap { if case .restored(let generation) = $0 { generation } else { nil } }
        }
        for round in 1...2 {
            try world.restore(1, backup)
            try world.send(1, "after restore \(round)")
            try world.run(for: .seconds(70))
            #expect(restored().count == round)
            #expect(restored().last == world.ends[1].station.own.current?.id)
        }
        let accused = world.ends[0].events.contains {
            switch $0 {
            case .violation, .conflict, .fork: true
            default: false
            }
        }
        #expect(!accused)
        #expect(
            world.ends[0].letters(of: world.ends[1].number).sorted()
                == ["after restore 1", "after restore 2", "after the backup", "before the backup"]
        )
    }

    @Test("REC-6: over restarts and losses, what a station signs never shrinks and never contradicts itself", arguments: 1...6)
    func signatures(_ seed: Int) throws {
        let world = try World(seed: UInt64(420 + seed))
        world.faults = .init(lossPercent: 20, duplicationPercent: 20, corruptionPercent: 0, delayMilliseconds: 1...900)
        try world.connect()
        var dice = Dice(seed: UInt64(seed) &* 53)
        for round in 0..<120 {
            try world.send(Int.random(in: 0...1, using: &dice), "letter \(round)")
            if dice.happens(40) { try world.run(for: .milliseconds(Int64.random(in: 1...2000, using: &dice))) }
            if dice.happens(8) { try world.restart(Int.random(in: 0...1, using: &dice)) }
        }
        world.faults = .init()
        try world.run(for: .seconds(120))
        var roots: [GenerationSize: Set<Hash>] = [:]
        var count = 0
        for end in world.ends {
            var signed: [StationNumber: [GenerationID: RecordSize]] = [:]
            for row in end.journal.rows {
                guard case .checkpoint(let checkpoint, _)? = try? Fact(row.row.value) else { continue }
                count += 1
                let signer = checkpoint.checkpoint.signer
                for head in [checkpoint.checkpoint.head] + checkpoint.checkpoint.held {
                    roots[GenerationSize(head.generation, head.size), default: []].insert(head.root)
                    #expect(head.size >= signed[signer]?[head.generation] ?? .zero, "\(signer) signed less than before")
                    signed[signer, default: [:]][head.generation] = head.size
                }
            }
        }
        #expect(count > 20)
        #expect(roots.values.allSatisfy { $0.count == 1 })
    }
}
