import HotlineLine
import HotlineSeal
import HotlineStation
import HotlineWire
import Testing

@Suite("Epochs follow one another without a break in the traffic")
struct EpochTests {
    /// So tight that a few hundred letters go through several of each.
    private static let tight = SealingLimits(framesPerSalt: 40, saltsPerEpoch: 8, entriesPerEpoch: 64)

    private func epoch(_ world: World, _ side: Int) -> UInt64? { world.ends[side].station.deliveries[0].epochs.sendingEpoch?.value }

    private func isDone(_ world: World) -> Bool { world.ends.allSatisfy { $0.station.deliveries[0].backlog == 0 } }

    @Test("LINE-1: the lower station offers the first epoch, an odd one, at once")
    func first() throws {
        let world = try World(seed: 301)
        try world.connect()
        try world.run(for: .seconds(1))
        #expect(epoch(world, 0) == 1 && epoch(world, 1) == 1)
    }

    @Test("LINE-2: the first epoch comes about over a path that loses half of everything", arguments: 1...20)
    func lossy(_ seed: Int) throws {
        let world = try World(seed: UInt64(320 + seed))
        world.faults = .init(lossPercent: 50, duplicationPercent: 10, corruptionPercent: 5, delayMilliseconds: 1...500)
        try world.connect()
        try world.send(1, "through the noise")
        try world.run(for: .seconds(1800)) { isDone(world) }
        #expect(world.ends[0].letters(of: world.ends[1].number) == ["through the noise"])
    }

    @Test("LINE-2: nothing of a negotiation that has ended is sent again")
    func quiet() throws {
        let world = try World(seed: 302)
        try world.connect()
        try world.run(for: .seconds(10))
        world.keepsFrames = true
        try world.run(for: .seconds(600))
        #expect(world.frames.count > 100, "probes go on")
        let handshakes = try world.frames.filter { if case .handshake = try UnverifiedFrame($0) { true } else { false } }
        #expect(handshakes.isEmpty)
    }

    @Test("LINE-4, FRM-2, SEAL-13: traffic one way goes through many epochs and salts, and both sides leave each together")
    func renewal() throws {
        let world = try World(seed: 303, limits: Self.tight)
        world.keepsFrames = true
        try world.connect()
        let texts = (1...1000).map { "letter \($0)" }
        for text in texts {
            try world.send(0, text)
            try world.run(for: .milliseconds(3))
        }
        try world.run(for: .seconds(600)) { isDone(world) }
        #expect(world.ends[1].letters(of: world.ends[0].number) == texts)
        #expect(try #require(epoch(world, 0)) > 1000 / 64)
        #expect(epoch(world, 0) == epoch(world, 1))
        try countersAreUsedOnce(world.frames)
        // A full checkpoint ends the epochs behind: the one in use, its predecessor and the one made ahead remain.
        try world.run(for: .seconds(70))
        for end in world.ends {
            #expect(end.station.deliveries[0].epochs.bankedCount <= 3)
            #expect(end.secrets.cells(prefix: [end.station.deliveries[0].peer.value, UInt8(ascii: "b")]).count <= 3, "erased from the store too")
        }
        try world.send(1, "an answer in the latest epoch")
        try world.run(for: .seconds(10))
        #expect(world.ends[0].letters(of: world.ends[1].number) == ["an answer in the latest epoch"])
    }

    @Test("LINE-26: what is banked ahead, over a lossy path, serves later without a handshake, also after a restart", arguments: [0, 1])
    func bank(side: Int) throws {
        let world = try World(seed: 304, limits: Self.tight)
        try world.connect()
        try world.run(for: .seconds(5))
        let peer = world.ends[1 - side].number
        world.faults = .init(lossPercent: 20)
        try world.ends[side].feed([.bank(peer: peer, ahead: 12)], at: world.now)
        try world.run(for: .seconds(600)) { world.ends.allSatisfy { $0.station.deliveries[0].epochs.ahead == 12 } }
        #expect(world.ends.allSatisfy { $0.station.deliveries[0].epochs.ahead == 12 })
        world.faults = .init()
        try world.run(for: .seconds(60))
        // As many again: there is nothing to do.
        world.keepsFrames = true
        try world.ends[side].feed([.bank(peer: peer, ahead: 12)], at: world.now)
        let before = try #require(epoch(world, side))
        let texts = (1...300).map { "letter \($0)" }
        for (count, text) in texts.enumerated() {
            try world.send(side, text)
            try world.run(for: .milliseconds(3))
            if count == 150 { try world.restart(side) }
        }
        try world.run(for: .seconds(600)) { isDone(world) }
        #expect(world.ends[1 - side].letters(of: world.ends[side].number) == texts)
        #expect(try #require(epoch(world, side)) >= before + 2 * 3, "some went by")
        let handshakes = try world.frames.filter { if case .handshake = try UnverifiedFrame($0) { true } else { false } }
        #expect(handshakes.isEmpty)
    }

    @Test("LINE-26: over a slow path nothing is made ahead; epochs beyond a hundred and twenty-eight are erased from below, and the line goes on")
    func bankBounds() throws {
        let slow = BearerProfile(kind: "radio", frameBytesMax: 512, windowBytes: 512, bitsPerSecond: 9_600, probeInterval: .seconds(30), cost: 0)
        let radio = try World(seed: 305, bearers: [slow])
        try radio.connect()
        try radio.run(for: .seconds(120))
        try radio.ends[0].feed([.bank(peer: radio.ends[1].number, ahead: 8)], at: radio.now)
        try radio.run(for: .seconds(120))
        #expect(radio.ends[0].station.deliveries[0].epochs.bankedCount == 1)
        #expect(!radio.ends[0].station.deliveries[0].mayBank)

        let world = try World(seed: 306)
        try world.connect()
        try world.run(for: .seconds(5))
        for ahead in [64, 64] {
            // What is ahead counts, so each side asks for the other's to be doubled by a peer that does not keep to it.
            for side in [0, 1, 0] {
                try world.ends[side].feed([.bank(peer: world.ends[1 - side].number, ahead: ahead)], at: world.now)
                try world.run(for: .seconds(10))
            }
        }
        #expect(world.ends.allSatisfy { $0.station.deliveries[0].epochs.ahead == 64 && $0.station.deliveries[0].epochs.bankedCount == 65 })
        try world.send(0, "still here")
        try world.run(for: .seconds(5))
        #expect(world.ends[1].letters(of: world.ends[0].number) == ["still here"])
    }

    @Test("LINE-4: epochs change under loss, delay and restarts of either side, and nothing is lost or repeated", arguments: 1...8)
    func restarts(_ seed: Int) throws {
        let world = try World(seed: UInt64(340 + seed), limits: Self.tight)
        world.faults = .init(lossPercent: 15, duplicationPercent: 10, corruptionPercent: 2, delayMilliseconds: 1...200)
        try world.connect()
        var dice = Dice(seed: UInt64(seed) &* 91)
        var sent: [[String]] = [[], []]
        for round in 1...400 {
            let side = dice.happens(80) ? 0 : 1
            sent[side].append("side \(side) letter \(round)")
            try world.send(side, "side \(side) letter \(round)", dice.happens(10) ? .flash : .routine)
            if dice.happens(30) { try world.run(for: .milliseconds(Int64.random(in: 1...3000, using: &dice))) }
            if dice.happens(5) { try world.restart(Int.random(in: 0...1, using: &dice)) }
        }
        world.faults = .init()
        try world.run(for: .seconds(3600)) { isDone(world) }
        for side in 0...1 { #expect(world.ends[1 - side].letters(of: world.ends[side].number) == sent[side]) }
        try world.run(for: .seconds(70))
        #expect(try #require(epoch(world, 0)) > 3)
        #expect(epoch(world, 0) == epoch(world, 1))
        for end in world.ends { #expect(end.station.deliveries[0].epochs.bankedCount <= 3) }
    }

    @Test("LINE-4: a station that only starts, again and again, comes to a new epoch")
    func starts() throws {
        let world = try World(seed: 305, limits: Self.tight)
        try world.connect()
        for index in 0..<30 {
            try world.send(1, "letter \(index)")
            try world.run(for: .seconds(5))
            try world.restart(1)
        }
        try world.run(for: .seconds(60)) { isDone(world) }
        #expect(try #require(epoch(world, 1)) >= 1 + 30 / 8)
        #expect(epoch(world, 0) == epoch(world, 1))
        #expect(world.ends[0].letters(of: world.ends[1].number) == (0..<30).map { "letter \($0)" })
    }

    /// No key seals two frames under one counter. Frames whose salt is written out tell which key they are under.
    private func countersAreUsedOnce(_ frames: [[UInt8]]) throws {
        var used: Set<[UInt8]> = []
        var sealed = 0
        for frame in frames {
            guard case .sealed(let header, _) = try UnverifiedFrame(frame), case .full(let salt) = header.salt else { continue }
            var key = Encoder()
            key.put(header.from)
            key.put(byte: header.epochLow)
            key.put(raw: salt.bytes)
            key.put(uint64: UInt64(header.counter))
            used.insert(key.bytes)
            sealed += 1
            #expect(header.counter < 40)
        }
        #expect(used.count == sealed && sealed > 50)
    }
}
