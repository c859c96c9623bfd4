import HotlineRecord
import HotlineStation
import HotlineWire
import Testing

@Suite("A record that was put back is known by what its secrets say")
struct StartMarkTests {
    private func declarations(_ end: End) -> [Declaration] {
        end.journal.rows.compactMap { row in
            guard case .entry(let entry, _)? = try? Fact(row.row.value), entry.id.author == end.number, entry.header.kind == Declaration.kind else { return nil }
            return try? Declaration(entry.content)
        }
    }

    /// A station that writes where no peer hears it, so that nobody else can tell what is lost.
    private func lonely(_ seed: UInt64) throws -> World {
        let world = try World(seed: seed)
        try world.connect()
        try world.send(0, "heard")
        try world.run(for: .seconds(5))
        try world.disconnect()
        return world
    }

    @Test("ENT-20: put back within the generation that is being written, as far as it was signed, by a light signature too")
    func withinOneGeneration() throws {
        let world = try lonely(801)
        let backup = MemoryJournal(copy: world.ends[0].journal)
        let head = try #require(world.ends[0].station.own.current?.head)
        for index in 0..<10 { try world.send(0, "unheard \(index)") }
        try world.run(for: .seconds(3))
        let size = try #require(world.ends[0].station.own.current?.size)
        try world.ends[0].restore(backup, keepingSecrets: true, seed: Array(repeating: 1, count: 32), at: world.now)
        let declared = declarations(world.ends[0])
        #expect(declared == [Declaration(cause: .restored, restoredFrom: head, known: [.init(GenerationSize(head.generation, size), cover: nil)])])
    }

    @Test("a record as long as the last mark says is not taken for a backup: what was written since leaves no trace")
    func bound() throws {
        let world = try lonely(802)
        let backup = MemoryJournal(copy: world.ends[0].journal)
        try world.send(0, "not signed yet")
        try world.ends[0].restore(backup, keepingSecrets: true, seed: Array(repeating: 1, count: 32), at: world.now)
        #expect(declarations(world.ends[0]) == [])
    }

    @Test("ENT-20: put back to an older branch: what was written on the branch that is left is listed")
    func otherBranch() throws {
        let world = try lonely(803)
        let early = MemoryJournal(copy: world.ends[0].journal)
        try world.send(0, "on the first branch")
        try world.run(for: .seconds(3))
        let late = MemoryJournal(copy: world.ends[0].journal)
        try world.restore(0, early)
        try world.disconnect()
        let second = try #require(world.ends[0].station.own.current?.id)
        try world.send(0, "on the second")
        try world.run(for: .seconds(3))
        try world.ends[0].restart(seed: Array(repeating: 2, count: 32), at: world.now)
        let third = try #require(world.ends[0].station.own.current?.id)
        try world.run(for: .seconds(3))
        try world.ends[0].restore(late, keepingSecrets: true, seed: Array(repeating: 3, count: 32), at: world.now)
        let lost = declarations(world.ends[0]).flatMap(\.known).map(\.part.generation)
        #expect(Set(lost) == [second, third])
    }

    @Test("a process that ends between the two commits has not been restored, at any turn", arguments: [0, 1, 2, 3, 5, 8, 13, 21])
    func crash(_ turns: Int) throws {
        let world = try World(seed: 804)
        try world.connect()
        for turn in 0...turns {
            world.ends[0].diesBetweenCommits = turn == turns
            try world.send(0, "letter \(turn)")
            try world.run(for: .milliseconds(turn % 3 == 0 ? 1_500 : 40))
        }
        try world.run(for: .seconds(3))
        try world.restart(0)
        try world.run(for: .seconds(5))
        #expect(declarations(world.ends[0]) == [])
        world.ends[0].diesBetweenCommits = true
        try world.restart(0)
        try world.restart(0)
        #expect(declarations(world.ends[0]) == [])
    }

    @Test("ENT-20: the first start from a backup ends before its declaration is durable; the next one declares")
    func declaresLater() throws {
        let world = try lonely(805)
        let backup = MemoryJournal(copy: world.ends[0].journal)
        try world.send(0, "unheard")
        try world.run(for: .seconds(3))
        world.ends[0].diesBetweenCommits = true
        try world.restore(0, backup)
        #expect(declarations(world.ends[0]) == [])
        try world.restart(0)
        #expect(declarations(world.ends[0]).count == 1)
        try world.restart(0)
        #expect(declarations(world.ends[0]).count == 1)
    }
}
