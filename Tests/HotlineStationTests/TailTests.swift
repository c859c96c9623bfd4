import HotlineLine
import HotlineRecord
import HotlineStation
import HotlineWire
import Testing

@Suite("A lost tail comes back")
struct TailTests {
    private func declarations(_ end: End, of author: StationNumber) -> [Declaration] {
        end.journal.rows.compactMap { row in
            guard case .entry(let entry, _)? = try? Fact(row.row.value), entry.id.author == author, entry.header.kind == Declaration.kind else { return nil }
            return try? Declaration(entry.content)
        }
    }

    private func recoveries(_ end: End) -> [Recovered] {
        end.journal.rows.compactMap { row in
            guard case .entry(let entry, _)? = try? Fact(row.row.value), entry.id.author == end.number, entry.header.kind == Recovered.kind else { return nil }
            return try? Recovered(entry.content)
        }
    }

    private func accused(_ world: World) -> [Event] {
        world.ends.flatMap(\.events).filter {
            switch $0 {
            case .violation, .conflict, .fork: true
            default: false
            }
        }
    }

    @Test("LINE-22, LINE-23, REC-15, ENT-20, ENT-21: what our own full signature covers comes back, and its loss is declared on both desks", arguments: [true, false])
    func comesBack(keepingSecrets: Bool) throws {
        let world = try World(seed: 701)
        try world.connect()
        try world.send(0, "before")
        try world.run(for: .seconds(5))
        let backup = MemoryJournal(copy: world.ends[0].journal)
        let restoredFrom = try #require(world.ends[0].station.own.current?.head)
        for index in 0..<200 { try world.send(0, "after \(index)") }
        try world.run(for: .seconds(70))
        try world.restart(0)
        try world.send(0, "in a second generation")
        try world.run(for: .seconds(70))
        try world.restore(0, backup, keepingSecrets: keepingSecrets)
        #expect(world.ends[0].letters(of: world.ends[0].number) == ["before"])
        try world.run(for: .seconds(40))
        #expect(world.ends[0].letters(of: world.ends[0].number).sorted() == world.ends[1].letters(of: world.ends[0].number).sorted())
        #expect(world.ends[0].letters(of: world.ends[0].number).count == 202)
        let declared = declarations(world.ends[1], of: world.ends[0].number)
        #expect(declared == declarations(world.ends[0], of: world.ends[0].number))
        #expect(!declared.isEmpty)
        #expect(declared.allSatisfy { $0.restoredFrom == restoredFrom })
        #expect(recoveries(world.ends[0]).count == 2)
        #expect(accused(world) == [])
        #expect(world.ends.allSatisfy { $0.station.deliveries[0].backlog == 0 })
        // And it goes on from there.
        try world.send(0, "afterwards")
        try world.send(1, "answer")
        try world.restart(0)
        try world.run(for: .seconds(20))
        #expect(world.ends[1].letters(of: world.ends[0].number).contains("afterwards"))
        #expect(world.ends[0].letters(of: world.ends[1].number).last == "answer")
        #expect(accused(world) == [])
    }

    @Test("LINE-22: a station that has lost everything but its keys comes back with its record and its peer's")
    func everything() throws {
        let world = try World(seed: 702)
        try world.connect()
        for round in 0..<6 {
            for index in 0..<40 { try world.send(index & 1, "round \(round), letter \(index)") }
            try world.run(for: .seconds(70))
            try world.restart(0)
        }
        try world.run(for: .seconds(70))
        let own = world.ends[0].letters(of: world.ends[0].number)
        let theirs = world.ends[0].letters(of: world.ends[1].number)
        try world.restore(0, MemoryJournal(), keepingSecrets: false)
        try world.run(for: .seconds(60))
        #expect(world.ends[0].letters(of: world.ends[0].number).sorted() == own.sorted())
        #expect(world.ends[0].letters(of: world.ends[1].number) == theirs)
        // The loss is shown by the peer: nothing here knew of it.
        #expect(declarations(world.ends[1], of: world.ends[0].number).contains { $0.restoredFrom == nil })
        #expect(accused(world) == [])
        try world.send(0, "here again")
        try world.run(for: .seconds(20))
        #expect(world.ends[1].letters(of: world.ends[0].number).contains("here again"))
    }

    @Test("REC-15: what a light signature alone covers is provisional until an officer confirms it")
    func provisional() throws {
        let world = try World(seed: 703)
        try world.connect()
        try world.send(0, "before")
        try world.run(for: .seconds(70))
        let backup = MemoryJournal(copy: world.ends[0].journal)
        for index in 0..<40 { try world.send(0, "after \(index)") }
        try world.run(for: .seconds(5))
        let lost = try #require(world.ends[0].station.own.current?.id)
        try world.restore(0, backup)
        try world.run(for: .seconds(30))
        #expect(world.ends[0].letters(of: world.ends[0].number) == ["before"])
        let part = world.ends[0].events.compactMap { if case .provisional(_, let part) = $0 { part } else { nil } }
        #expect(part.last?.generation == lost)
        #expect(declarations(world.ends[1], of: world.ends[0].number).contains { $0.known.contains { $0.part.generation == lost && $0.cover == .light } })
        try world.ends[0].feed([.confirm(lost)], at: world.now)
        try world.run(for: .seconds(30))
        #expect(world.ends[0].letters(of: world.ends[0].number).count == 41)
        #expect(accused(world) == [])
    }

    @Test("REC-15, LINE-24: what no signature of ours covers stays the peer's claim")
    func claim() throws {
        let world = try World(seed: 704)
        try world.connect()
        try world.run(for: .seconds(70))
        let backup = MemoryJournal(copy: world.ends[0].journal)
        try world.send(0, "never signed")
        try world.run(for: .milliseconds(500))
        #expect(world.ends[1].letters(of: world.ends[0].number) == ["never signed"])
        try world.restore(0, backup)
        try world.run(for: .seconds(30))
        #expect(world.ends[0].letters(of: world.ends[0].number) == [])
        let claims = world.ends[0].journal.rows.compactMap { row -> String? in
            guard case .returned(let entry, _, _)? = try? Fact(row.row.value) else { return nil }
            return String(decoding: entry.content, as: UTF8.self)
        }
        #expect(claims.contains("never signed"))
        #expect(!declarations(world.ends[1], of: world.ends[0].number).isEmpty)
        #expect(accused(world) == [])
    }

    @Test("ENT-20, LINE-24: what a peer holds beyond what it may claim does not come back, and is declared all the same")
    func unclaimed() throws {
        let world = try World(seed: 705)
        try world.connect()
        try world.run(for: .seconds(70))
        let backup = MemoryJournal(copy: world.ends[0].journal)
        let left = try #require(world.ends[0].station.own.current?.head)
        world.ends[0].signs = false
        var lost: [GenerationID] = []
        for letters in [5, 1_005, 3] {
            try world.restart(0)
            lost.append(try #require(world.ends[0].station.own.current?.id))
            try world.send(0, (0..<letters).map { "letter \($0)" })
            try world.run(for: .seconds(20))
        }
        world.ends[0].signs = true
        try world.restore(0, backup)
        try world.run(for: .seconds(60))
        let claimed = Set(world.ends[0].facts.compactMap { if case .returned(let entry, _, _)? = $0 { entry.id.generation } else { nil } })
        #expect(claimed == Set(lost.dropFirst()), "the last one first, and no more than a thousand entries")
        let shown = declarations(world.ends[0], of: world.ends[0].number).filter { $0.cause == .shown }
        #expect(Set(shown.flatMap(\.known).map(\.part.generation)) == Set(lost))
        #expect(shown.allSatisfy { $0.restoredFrom == left })
        // Once is enough, also for the next start.
        try world.restart(0)
        try world.run(for: .seconds(60))
        #expect(declarations(world.ends[0], of: world.ends[0].number).filter { $0.cause == .shown } == shown)
        #expect(world.ends.allSatisfy { $0.station.deliveries[0].backlog == 0 })
        #expect(accused(world) == [])
    }

    /// The letters that have come back as a peer's claim.
    private func returned(_ end: End) -> [String] {
        end.facts.compactMap { if case .returned(let entry, _, _)? = $0, entry.header.kind == 1 { String(decoding: entry.content, as: UTF8.self) } else { nil } }
    }

    private static func modem(_ bitsPerSecond: Int?) -> BearerProfile {
        BearerProfile(kind: "modem", frameBytesMax: 1_024, windowBytes: 4_096, bitsPerSecond: bitsPerSecond, probeInterval: .seconds(30), cost: 0)
    }

    @Test("LINE-23: letters longer than a frame come back in parts, over losses and over a bearer that takes half a minute for one", arguments: [nil, 19_200, 1_200])
    func inParts(_ bitsPerSecond: Int?) throws {
        let world = try World(seed: 706, bearers: [Self.modem(bitsPerSecond)])
        try world.connect()
        try world.run(for: .seconds(200))
        let backup = MemoryJournal(copy: world.ends[0].journal)
        let letters = (0..<20).map { "letter \($0) " + String(repeating: "word ", count: 1_000) }
        try world.send(0, letters)
        try world.run(for: .seconds(2_000))
        #expect(world.ends[1].letters(of: world.ends[0].number).sorted() == letters.sorted())
        try world.restart(0)
        try world.run(for: .seconds(300))
        world.faults = .init(lossPercent: bitsPerSecond == nil ? 20 : 0)
        try world.restore(0, backup)
        var steps = 0
        let sent = world.ends[1].station.deliveries[0].statistics.frameBytesSent
        try world.run(for: .seconds(4_000)) {
            steps += 1
            return steps > 20_000 || steps & 63 == 0 && returned(world.ends[0]).count == letters.count
        }
        #expect(returned(world.ends[0]).sorted() == letters.sorted())
        #expect(steps < 20_000, "nobody wakes for nothing")
        let bytes = world.ends[1].station.deliveries[0].statistics.frameBytesSent - sent
        if bitsPerSecond != nil { #expect(bytes < 140_000, "what is on its way is not sent anew: \(bytes) for 100,000") }
        // A full signature fits into no such frame, so an officer confirms what the light one covers.
        for generation in Set(world.ends[0].facts.compactMap { if case .returned(let entry, _, _)? = $0 { entry.id.generation } else { nil } }) {
            try world.ends[0].feed([.confirm(generation)], at: world.now)
        }
        try world.run(for: .seconds(300))
        #expect(world.ends[0].letters(of: world.ends[0].number).sorted() == letters.sorted())
        #expect(accused(world) == [])
    }

    @Test("LINE-25, REC-14: restored from one backup many times, over losses: nothing is lost, nobody accused", arguments: 1...6)
    func manyTimes(_ seed: Int) throws {
        let world = try World(seed: UInt64(710 + seed))
        world.faults = .init(lossPercent: 15, duplicationPercent: 15, corruptionPercent: 2, delayMilliseconds: 1...400)
        var dice = Dice(seed: UInt64(seed) &* 97)
        try world.connect()
        var backups: [MemoryJournal] = []
        for round in 0..<30 {
            for index in 0..<Int.random(in: 1...20, using: &dice) { try world.send(Int.random(in: 0...1, using: &dice), "round \(round), letter \(index)") }
            try world.run(for: .seconds(Int64.random(in: 1...90, using: &dice)))
            if dice.happens(40) { backups.append(MemoryJournal(copy: world.ends[0].journal)) }
            if dice.happens(25), let backup = backups.randomElement(using: &dice) { try world.restore(0, backup, keepingSecrets: dice.happens(50)) }
            if dice.happens(20) { try world.restart(Int.random(in: 0...1, using: &dice)) }
        }
        world.faults = .init()
        try world.run(for: .seconds(600))
        // What was lost on the way is asked for again with a back-off, so it may take its time.
        try world.run(for: .seconds(12_000)) { Self.isWhole(world) }
        #expect(accused(world) == [])
        #expect(world.ends.allSatisfy { $0.station.deliveries[0].backlog == 0 })
        // Everything that end 0 has is at end 1, and what full signatures cover at end 1 is at end 0.
        for end in world.ends {
            let other = world.ends[end.number == world.ends[0].number ? 1 : 0]
            let own = try #require(end.station.book(of: end.number))
            let theirs = try #require(other.station.book(of: end.number))
            for (generation, size) in own.sizes { #expect(theirs.size(of: generation) ?? .zero >= size) }
            for (generation, _) in theirs.sizes {
                #expect(own.size(of: generation) ?? .zero >= theirs.signed(generation)[.full] ?? .zero, "\(generation)")
            }
        }
    }

    /// Whether everything that a full signature covers at the other end is at its author's, and nothing is outstanding.
    private static func isWhole(_ world: World) -> Bool {
        world.ends.allSatisfy { end in
            let other = world.ends[end.number == world.ends[0].number ? 1 : 0]
            guard end.station.deliveries[0].backlog == 0, let own = end.station.book(of: end.number), let theirs = other.station.book(of: end.number) else { return false }
            return theirs.sizes.allSatisfy { own.size(of: $0.id) ?? .zero >= theirs.signed($0.id)[.full] ?? .zero }
                && own.sizes.allSatisfy { theirs.size(of: $0.id) ?? .zero >= $0.size }
        }
    }

    @Test("SEAL-19, LINE-20, LINE-21: a station that has lost its epochs is told where to begin, and a replayed offer tells nobody anything")
    func stale() throws {
        let world = try World(seed: 720)
        world.keepsFrames = true
        try world.connect()
        try world.run(for: .seconds(3))
        let old = world.frames.filter { $0.first.map { $0 & 0x0F } == 0 }
        try world.restore(0, MemoryJournal(copy: world.ends[0].journal), keepingSecrets: false)
        try world.run(for: .seconds(30))
        try world.send(0, "under a new epoch")
        try world.run(for: .seconds(5))
        #expect(world.ends[1].letters(of: world.ends[0].number) == ["under a new epoch"])
        let epoch = world.ends[1].station.deliveries[0].epochs.sendingEpoch
        for _ in 0..<20 {
            for frame in old { try world.inject(frame, to: 1) }
            for frame in old { try world.inject(frame, to: 0) }
            try world.run(for: .seconds(2))
        }
        #expect(world.ends[1].station.deliveries[0].epochs.sendingEpoch == epoch)
        #expect(accused(world) == [])
        try world.send(1, "still here")
        try world.run(for: .seconds(5))
        #expect(world.ends[0].letters(of: world.ends[1].number) == ["still here"])
    }

    @Test("LINE-21: what is silent is offered a new epoch although its path is given up and made anew again and again")
    func silence() throws {
        let world = try World(seed: 721)
        try world.connect()
        try world.run(for: .seconds(3))
        #expect(world.ends.allSatisfy { $0.station.deliveries[0].epochs.sendingEpoch == EpochNumber(1) })
        world.keepsFrames = true
        world.faults.lossPercent = 100
        // Two seconds short of fifteen in all.
        for span in [Int64(7), 6] {
            try world.run(for: .seconds(span))
            try world.disconnect()
            // What no path stands for is no silence.
            try world.run(for: .seconds(600))
            try world.connect()
        }
        world.faults.lossPercent = 0
        try world.send(0, "in the old epoch")
        try world.run(for: .seconds(1))
        #expect(!world.frames.contains { $0[0] & 0x0F == 0 })
        world.faults.lossPercent = 100
        for _ in 0..<2 {
            try world.run(for: .seconds(9))
            try world.disconnect()
            try world.connect()
        }
        #expect(world.frames.contains { $0[0] & 0x0F == 0 })
        world.faults.lossPercent = 0
        try world.send(0, "in either")
        try world.run(for: .seconds(30))
        #expect(world.ends.allSatisfy { $0.station.deliveries[0].epochs.bankedCount == 2 })
        #expect(world.ends[1].letters(of: world.ends[0].number) == ["in the old epoch", "in either"])
        #expect(accused(world) == [])
    }

    @Test("LINE-20: an offer that was accepted and confirmed is stale also in the start that accepted it: a clone may repeat it")
    func confirmedOffer() throws {
        let world = try World(seed: 722)
        world.keepsFrames = true
        try world.connect()
        try world.run(for: .seconds(3))
        func handshakes(_ kind: UInt8) throws -> [[UInt8]] {
            try world.frames.filter { frame in
                guard case .handshake(let part) = try UnverifiedFrame(frame) else { return false }
                return part.bytes.first == kind
            }
        }
        let offer = try #require(try handshakes(1).first)
        #expect(try handshakes(4).isEmpty)
        let epoch = world.ends[1].station.deliveries[0].epochs.sendingEpoch
        for _ in 0..<10 {
            try world.inject(offer, to: 1)
            try world.run(for: .seconds(1))
        }
        #expect(try (1...3).contains(handshakes(4).count), "at most every five seconds")
        #expect(world.ends[1].station.deliveries[0].epochs.sendingEpoch == epoch)
        #expect(accused(world) == [])
        try world.send(1, "still here")
        try world.run(for: .seconds(5))
        #expect(world.ends[0].letters(of: world.ends[1].number) == ["still here"])
    }
}
