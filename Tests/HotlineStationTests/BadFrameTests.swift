import HotlineLine
import HotlineStation
import HotlineWire
import Testing

/// What a bearer, or whoever owns it, can make of frames. Bit flips and replays are in `DeliveryTests`.
@Suite("Frames that are not as they were sealed")
struct BadFrameTests {
    @Test("FRM-1: a frame that is cut short anywhere, or goes on, is dropped and counted, and the whole one still counts")
    func lengths() throws {
        let (world, frame) = try caught(seed: 61)
        let dropped = world.ends[1].station.deliveries[0].statistics.framesDropped
        let rows = world.ends[1].journal.rows.count
        let longer = (1...64).map { frame + [UInt8](repeating: 0, count: $0) } + [frame + [UInt8](repeating: 0, count: Limits.frameBytesMax)]
        let bad = (0..<frame.count).map { Array(frame.prefix($0)) } + longer
        for frame in bad { try world.inject(frame, to: 1) }
        #expect(world.ends[1].station.deliveries[0].statistics.framesDropped == dropped + UInt64(bad.count))
        #expect(world.ends[1].journal.rows.count == rows)
        try world.inject(frame, to: 1)
        #expect(world.ends[1].letters(of: world.ends[0].number) == ["The text that nobody may change."])
    }

    @Test("LINE-10: frames that arrive in the opposite order give the letters in the order of their record, each once")
    func opposite() throws {
        let world = try World(seed: 62)
        try world.connect()
        try world.run(for: .seconds(2))
        world.keepsFrames = true
        world.faults = .init(lossPercent: 100)
        let texts = (1...40).map { "letter \($0)" }
        for text in texts { try world.send(0, text) }
        for frame in world.frames.reversed() { try world.inject(frame, to: 1) }
        #expect(world.ends[1].letters(of: world.ends[0].number) == texts)
    }

    @Test("FRM-3, SEAL-13: frames of a line whose agreement differs by one byte change nothing on this one")
    func anotherLine() throws {
        let (ours, theirs) = (try World(seed: 63), try World(seed: 63, sides: [.apart(), .apart()]))
        for world in [ours, theirs] {
            world.keepsFrames = true
            try world.connect()
            try world.send(0, "of this line")
            try world.run(for: .seconds(3))
        }
        let rows = ours.ends.map(\.journal.rows.count)
        let dropped = ours.ends.map { $0.station.deliveries[0].statistics.framesDropped }
        for index in 0...1 {
            for frame in theirs.frames { try ours.inject(frame, to: index) }
            #expect(ours.ends[index].journal.rows.count == rows[index])
            #expect(ours.ends[index].station.deliveries[0].statistics.framesDropped > dropped[index])
        }
        try ours.send(0, "and again")
        try ours.run(for: .seconds(3))
        #expect(ours.ends[1].letters(of: ours.ends[0].number) == ["of this line", "and again"])
    }

    @Test("SEAL-8: two stations whose agreements differ by one byte come to no secret; the letters wait, and none is lost")
    func apart() throws {
        let world = try World(seed: 64, sides: [.shared(), .apart()])
        try world.connect()
        try world.send(0, "held back")
        try world.send(1, "held back too")
        try world.run(for: .seconds(30))
        for (end, other) in [(world.ends[0], world.ends[1]), (world.ends[1], world.ends[0])] {
            #expect(end.letters(of: other.number).isEmpty)
            #expect(end.station.deliveries[0].epochs.sendingEpoch == nil)
            #expect(end.station.deliveries[0].backlog == 2, "the opening and the letter")
            #expect(end.station.deliveries[0].statistics.framesDropped > 0)
        }
    }

    /// A sealed letter that has not arrived.
    private func caught(seed: UInt64) throws -> (World, [UInt8]) {
        let world = try World(seed: seed)
        try world.connect()
        try world.run(for: .seconds(2))
        world.keepsFrames = true
        world.faults = .init(lossPercent: 100)
        try world.send(0, "The text that nobody may change.")
        return (world, try #require(world.frames.first { $0.count > 60 }))
    }
}
