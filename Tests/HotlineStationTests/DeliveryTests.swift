import HotlineLine
import HotlineRecord
import HotlineStation
import HotlineWire
import Testing

@Suite("Two stations over bearers that misbehave")
struct DeliveryTests {
    @Test("LINE-7, LINE-17: a letter arrives, is acknowledged and is signed by both")
    func oneLetter() throws {
        let world = try World(seed: 1)
        try world.connect()
        try world.send(0, "The test of the line begins.")
        try world.run(for: .seconds(5))
        #expect(world.ends[1].letters(of: world.ends[0].number) == ["The test of the line begins."])
        let delivery = try #require(world.ends[0].station.delivery(to: world.ends[1].number))
        #expect(delivery.backlog == 0)
        #expect(world.ends[1].events.contains { if case .signed(let part, .light) = $0 { part.generation.station == world.ends[0].number } else { false } })
        #expect(world.ends[0].events.contains { if case .signed(let part, .light) = $0 { part.generation.station == world.ends[1].number } else { false } })
    }

    @Test("LINE-16: after a minute of quiet both records are signed in full")
    func fullSignature() throws {
        let world = try World(seed: 2)
        try world.connect()
        try world.send(0, "one")
        try world.run(for: .seconds(70))
        for end in world.ends {
            for book in [end.station.own] + end.station.theirs {
                let generation = try #require(book.current)
                #expect(generation.signedFull == generation.size)
            }
        }
    }

    @Test(
        "LINE-10, LINE-12: everything arrives once and in order over loss, duplication, corruption and delay",
        arguments: [(0, 0, 0), (10, 10, 5), (30, 30, 20), (60, 0, 0), (0, 90, 0), (20, 20, 50)]
    )
    func faults(_ percents: (loss: Int, duplication: Int, corruption: Int)) throws {
        let world = try World(seed: UInt64(percents.loss * 10_000 + percents.duplication * 100 + percents.corruption))
        world.faults = .init(
            lossPercent: percents.loss, duplicationPercent: percents.duplication, corruptionPercent: percents.corruption,
            delayMilliseconds: 1...400
        )
        try world.connect()
        let texts = (1...120).map { "letter \($0)" }
        for (index, text) in texts.enumerated() {
            try world.send(0, text, index % 7 == 0 ? .immediate : .routine)
            try world.send(1, "answer to " + text)
            if index % 10 == 0 { try world.run(for: .milliseconds(300)) }
        }
        try world.run(for: .seconds(3600)) { world.ends.allSatisfy { $0.station.deliveries[0].backlog == 0 } }
        #expect(world.ends[1].letters(of: world.ends[0].number) == texts)
        #expect(world.ends[0].letters(of: world.ends[1].number) == texts.map { "answer to " + $0 })
    }

    @Test("LINE-6, LINE-8: restarts of either side in the middle lose nothing and repeat nothing", arguments: 1...12)
    func restarts(_ seed: Int) throws {
        let world = try World(seed: UInt64(seed))
        world.faults = .init(lossPercent: 15, duplicationPercent: 10, corruptionPercent: 0, delayMilliseconds: 1...200)
        try world.connect()
        var dice = Dice(seed: UInt64(seed) &* 77)
        var sent: [[String]] = [[], []]
        for round in 1...60 {
            let side = Int.random(in: 0...1, using: &dice)
            sent[side].append("side \(side) letter \(round)")
            try world.send(side, "side \(side) letter \(round)", dice.happens(20) ? .flash : .routine)
            if dice.happens(30) { try world.run(for: .milliseconds(Int64.random(in: 1...3000, using: &dice))) }
            if dice.happens(10) { try world.restart(Int.random(in: 0...1, using: &dice)) }
        }
        world.faults = .init()
        try world.run(for: .seconds(3600)) { world.ends.allSatisfy { $0.station.deliveries[0].backlog == 0 } }
        for side in 0...1 { #expect(world.ends[1 - side].letters(of: world.ends[side].number) == sent[side]) }
        for (end, other) in [(world.ends[0], world.ends[1]), (world.ends[1], world.ends[0])] {
            let mine = end.station.own.sizes.map { "\($0.id) \($0.size)" }
            let held = try #require(other.station.book(of: end.number)).sizes.map { "\($0.id) \($0.size)" }
            #expect(mine == held)
        }
    }

    @Test("LINE-9, LINE-13, FRM-9: a letter longer than any frame travels in fragments, and a FLASH overtakes it at the next frame")
    func fragments() throws {
        let slow = BearerProfile(
            kind: "radio", frameBytesMax: 256, windowBytes: 256, bitsPerSecond: 2400, probeInterval: .seconds(60), cost: 0
        )
        let world = try World(seed: 5, bearers: [slow])
        try world.connect()
        try world.run(for: .seconds(300)) { world.ends.allSatisfy { $0.station.deliveries[0].epochs.sendingEpoch != nil && $0.station.deliveries[0].backlog == 0 } }
        let long = String(repeating: "All units are to remain where they are. ", count: 200)
        try world.send(0, long)
        try world.run(for: .seconds(3))
        try world.send(0, "Cease firing.", .flash)
        let before = world.now.instant
        var flashAt: Instant?
        try world.run(for: .seconds(600)) {
            let early = world.ends[1].events.contains { if case .early(let entry) = $0 { entry.header.precedence == .flash } else { false } }
            if flashAt == nil, early { flashAt = world.now.instant }
            return world.ends[0].station.deliveries[0].backlog == 0
        }
        let at = try #require(flashAt)
        #expect((at - before) < .seconds(4), "two frames at 2,400 bit/s and what the other direction needs")
        #expect(world.ends[1].letters(of: world.ends[0].number) == [long, "Cease firing."])
    }

    @Test("LINE-9: a FLASH goes over every bearer, routine traffic over the cheapest")
    func bearers() throws {
        let dear = BearerProfile(
            kind: "relay", frameBytesMax: Limits.frameBytesMax, windowBytes: 128 * 1024, bitsPerSecond: nil, probeInterval: .seconds(3600), cost: 5
        )
        let world = try World(seed: 6, bearers: [World.wide, dear])
        try world.connect()
        try world.run(for: .seconds(2))
        let sentBefore = world.ends[0].station.deliveries[0].statistics
        try world.send(0, "routine")
        let routine = world.ends[0].station.deliveries[0].statistics
        #expect(routine.entriesSent == sentBefore.entriesSent + 1)
        try world.send(0, "flash", .flash)
        #expect(world.ends[0].station.deliveries[0].statistics.entriesSent == routine.entriesSent + 2)
        try world.run(for: .seconds(5))
        #expect(world.ends[1].letters(of: world.ends[0].number) == ["routine", "flash"])
    }

    @Test("LINE-5: a path that falls silent is given up within seconds")
    func silence() throws {
        let world = try World(seed: 7)
        try world.connect()
        try world.run(for: .seconds(2))
        world.faults = .init(lossPercent: 100)
        try world.run(for: .seconds(6))
        #expect(world.ends.allSatisfy { $0.resets > 0 })
    }

    @Test("LINE-9, LINE-11: the backlog of a long cut arrives when the line is back, the most urgent first")
    func backlog() throws {
        let world = try World(seed: 8)
        try world.connect()
        try world.run(for: .seconds(2))
        try world.disconnect()
        var texts: [String] = []
        for index in 0..<700 {
            texts.append("letter \(index)")
            try world.send(0, "letter \(index)")
        }
        texts.append("the last is the most urgent")
        try world.send(0, "the last is the most urgent", .flash)
        try world.connect()
        try world.run(for: .seconds(60)) { world.ends[0].station.deliveries[0].backlog == 0 }
        #expect(world.ends[1].letters(of: world.ends[0].number) == texts)
        let first = world.ends[1].events.first { if case .early = $0 { true } else { false } }
        guard case .early(let entry)? = first else { return #expect(Bool(false), "the FLASH came after the rest") }
        #expect(entry.header.precedence == .flash)
    }

    @Test("FRM-1, FRM-3: replayed, cross-line and foreign frames change nothing")
    func replay() throws {
        let world = try World(seed: 9)
        world.keepsFrames = true
        try world.connect()
        for index in 0..<20 { try world.send(0, "letter \(index)") }
        try world.run(for: .seconds(5))
        let recorded = world.frames
        let letters = world.ends[1].letters(of: world.ends[0].number)
        let rows = world.ends[1].journal.rows.count
        for frame in recorded { try world.inject(frame, to: 1) }
        for frame in recorded { try world.inject(frame, to: 0) }
        try world.restart(1)
        for frame in recorded { try world.inject(frame, to: 1) }
        try world.run(for: .seconds(5))
        #expect(world.ends[1].letters(of: world.ends[0].number) == letters)
        #expect(world.ends[1].journal.rows.count < rows + 40)
        let other = try World(seed: 10)
        try other.connect()
        for frame in recorded { try other.inject(frame, to: 0) }
        #expect(other.ends[0].letters(of: other.ends[1].number).isEmpty)
    }

    @Test("FRM-1: every single-bit change of a frame is dropped")
    func bitFlips() throws {
        let world = try World(seed: 11)
        try world.connect()
        try world.run(for: .seconds(2))
        world.keepsFrames = true
        world.faults = .init(lossPercent: 100)
        try world.send(0, "The text that nobody may change.")
        let frame = try #require(world.frames.first { $0.count > 60 })
        let dropped = world.ends[1].station.deliveries[0].statistics.framesDropped
        for bit in 0..<frame.count * 8 {
            var flipped = frame
            flipped[bit / 8] ^= 1 << UInt8(bit % 8)
            try world.inject(flipped, to: 1)
        }
        #expect(world.ends[1].letters(of: world.ends[0].number).isEmpty)
        #expect(world.ends[1].station.deliveries[0].statistics.framesDropped == dropped + UInt64(frame.count * 8))
        try world.inject(frame, to: 1)
        #expect(world.ends[1].letters(of: world.ends[0].number).count == 1)
    }

    @Test("FRM-4, FRM-8: a sealed letter takes 45 bytes beyond its text, and 40 once the salt has its alias; checkpoints included")
    func overhead() throws {
        let world = try World(seed: 12)
        world.keepsFrames = true
        try world.connect()
        try world.run(for: .seconds(2))
        let text = String(repeating: "x", count: 280)
        // Past number 63, where the number takes two bytes.
        for _ in 0..<80 {
            try world.send(0, text)
            try world.run(for: .milliseconds(10))
        }
        world.frames = []
        try world.send(0, text)
        let frame = try #require(world.frames.first)
        let beyond = frame.count - text.utf8.count + 3
        #expect(beyond <= 40, "3 bytes are a light checkpoint's share of 32 entries")
        #expect(frame[0] & 15 == FrameKind.sealedShort.rawValue, "the salt has its alias")
        #expect(beyond - 1 + StartSalt.size <= 45, "as long as it has none")
    }

    @Test("a calendar clock that jumps by a year either way changes what is claimed and nothing else")
    func clock() throws {
        let world = try World(seed: 13)
        let year: Int64 = 365 * 86_400_000
        try world.connect()
        try world.send(0, "before")
        world.jump(milliseconds: year)
        try world.send(0, "a year later")
        world.jump(milliseconds: -20 * year)
        try world.send(0, "long before the agreement")
        try world.run(for: .seconds(3))
        #expect(world.ends[1].letters(of: world.ends[0].number) == ["before", "a year later", "long before the agreement"])
        var claims: [UInt64] = []
        for row in world.ends[1].journal.rows {
            if case .entry(let entry, _)? = try? Fact(row.row.value), entry.header.kind == 1 { claims.append(entry.header.claimedTime) }
        }
        #expect(claims.count == 3 && claims[1] > claims[0] && claims[2] == 0, "0 is 'no clock': its time was before the line's first day")
        #expect(world.ends[0].station.deliveries[0].backlog == 0)
    }

    @Test("a generation that was completed after the other side's restart is signed by both all the same")
    func cosigned() throws {
        let world = try World(seed: 14)
        try world.connect()
        try world.run(for: .seconds(2))
        try world.disconnect()
        try world.send(0, "written while the line was cut")
        let old = try #require(world.ends[0].station.own.current?.head)
        try world.restart(0)
        try world.run(for: .seconds(70))
        let closed = try #require(world.ends[1].station.book(of: world.ends[0].number)?.closed(old.generation))
        #expect(closed.cosigned == closed.head.size)
        let cosigner = world.ends[0].journal.rows.contains { row in
            guard case .checkpoint(let checkpoint, _)? = try? Fact(row.row.value) else { return false }
            return checkpoint.checkpoint.signer == world.ends[1].number && checkpoint.checkpoint.held.contains(old)
        }
        #expect(cosigner)
    }
}
