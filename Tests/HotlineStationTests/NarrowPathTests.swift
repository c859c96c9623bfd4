import HotlineLine
import HotlineRecord
import HotlineStation
import HotlineWire
import Testing

@Suite("A frame of 256 bytes is small")
struct NarrowPathTests {
    private static let radio = BearerProfile(
        kind: "radio", frameBytesMax: 256, windowBytes: 256, bitsPerSecond: 2400, probeInterval: .seconds(60), cost: 0
    )

    /// A radio path whose ends share an epoch, and end 1 has started so often that every frame to it would name a dozen generations.
    private func manyStarts(_ seed: UInt64) throws -> World {
        let world = try World(seed: seed, bearers: [Self.radio])
        try world.connect()
        try world.run(for: .seconds(300)) { world.ends.allSatisfy { $0.station.deliveries[0].epochs.sendingEpoch != nil } }
        for start in 0..<14 {
            try world.send(1, "in generation \(start)")
            try world.run(for: .seconds(20))
            try world.restart(1)
        }
        try world.run(for: .seconds(300)) { world.ends.allSatisfy { $0.station.deliveries[0].backlog == 0 } }
        return world
    }

    @Test("LINE-9: a FLASH is not behind what is owed to a peer that has started many times")
    func flash() throws {
        let world = try manyStarts(831)
        // A new process of ours has a new salt, and names everything anew.
        try world.restart(0)
        try world.send(0, "Cease firing.", .flash)
        let before = world.now.instant
        try world.run(for: .seconds(60)) { world.ends[1].letters(of: world.ends[0].number).contains("Cease firing.") || Self.hasEarlyFlash(world.ends[1]) }
        #expect(world.now.instant - before < .seconds(8), "a few frames at 2,400 bit/s")
    }

    @Test("LINE-9: a FLASH that was written before there is an epoch arrives with the first frames of it, and no timer is waited for", arguments: [0, 1])
    func flashBeforeEpoch(from index: Int) throws {
        let world = try World(seed: 833)
        let start = world.now.instant
        try world.send(index, "Cease firing.", .flash)
        try world.connect()
        // Whoever has the higher number lets the other offer first, and would else offer after three seconds.
        try world.run(for: .seconds(60)) { world.ends[1 - index].letters(of: world.ends[index].number).contains("Cease firing.") }
        #expect(world.now.instant - start < .seconds(1))
    }

    private static func hasEarlyFlash(_ end: End) -> Bool {
        end.events.contains { if case .early(let entry) = $0 { entry.header.precedence == .flash } else { false } }
    }

    @Test("FRM-6: what fits into no frame does not make a silent path carry its names again and again")
    func silence() throws {
        let world = try manyStarts(832)
        try world.restart(0)
        try world.send(0, "signed in full a minute later")
        world.faults = .init(lossPercent: 100)
        try world.run(for: .seconds(100))
        let before = world.ends[0].station.deliveries[0].statistics.framesSent
        try world.run(for: .seconds(120))
        #expect(world.ends[0].station.deliveries[0].statistics.framesSent - before < 60, "probes and repetitions, not a full channel")
    }
}
