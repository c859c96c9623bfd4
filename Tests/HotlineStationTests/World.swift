import HotlineAgreement
import HotlineLine
import HotlineSeal
import HotlineStation
import HotlineWatch
import HotlineWire
import Testing

/// Two ends, one virtual clock, bearers that do what the dice say.
final class World {
    struct Faults {
        var lossPercent = 0
        var duplicationPercent = 0
        var corruptionPercent = 0
        var delayMilliseconds: ClosedRange<Int64> = 1...1
    }
    private struct Carried {
        let at: Instant
        let order: Int
        let to: Int
        let bearer: BearerID
        let frame: [UInt8]?
        let leftBytes: Int
    }

    var ends: [End] = []
    var faults = Faults()
    private(set) var dice: Dice
    private(set) var now = Moment(instant: Instant(nanoseconds: 1_000_000_000), wall: WallTime(milliseconds: 1_795_000_000_000))
    private var carried: [Carried] = []
    private var carriedCount = 0
    let bearers: [(BearerID, BearerProfile)]
    /// Every frame that was handed to a bearer.
    var frames: [[UInt8]] = []
    var keepsFrames = false

    static let wide = BearerProfile(
        kind: "tls", frameBytesMax: Limits.frameBytesMax, windowBytes: 128 * 1024, bitsPerSecond: nil, probeInterval: .seconds(1), cost: 0
    )

    /// - Parameter sides: what each end takes for the agreement; the same for both unless a test says otherwise.
    init(seed: UInt64, bearers: [BearerProfile] = [World.wide], limits: SealingLimits = .standard, sides: [Sides]? = nil) throws {
        var dice = Dice(seed: seed)
        self.bearers = bearers.enumerated().map { (BearerID(UInt16($0.offset + 1)), $0.element) }
        for (index, side) in try (sides ?? [.shared(), .shared()]).enumerated() {
            let (number, keys) = side.keys[index]
            ends.append(try End(number, side.agreement, keys, bearers: self.bearers, limits: limits, seed: dice.bytes(32)))
        }
        self.dice = dice
        for end in ends { try end.feed([.start(restored: nil)], at: now) }
    }

    func connect() throws {
        for index in ends.indices {
            let peer = ends[1 - index].number
            try ends[index].feed(bearers.map { .bearer(.up($0.0), peer: peer) }, at: now)
        }
        pickUp()
    }

    func disconnect() throws {
        carried = []
        for index in ends.indices {
            ends[index].outbound = []
            let peer = ends[1 - index].number
            try ends[index].feed(bearers.map { .bearer(.down($0.0, reason: "cut"), peer: peer) }, at: now)
            ends[index].outbound = []
        }
    }

    func restart(_ index: Int) throws {
        try disconnect()
        try ends[index].restart(seed: dice.bytes(32), at: now)
        try connect()
    }

    func restore(_ index: Int, _ backup: MemoryJournal, keepingSecrets: Bool = true) throws {
        try disconnect()
        try ends[index].restore(backup, keepingSecrets: keepingSecrets, seed: dice.bytes(32), at: now)
        try connect()
    }

    func send(_ index: Int, _ text: String, _ precedence: Precedence = .routine) throws { try send(index, [text], precedence) }

    /// Several letters in one turn.
    func send(_ index: Int, _ texts: [String], _ precedence: Precedence = .routine) throws {
        let to = try #require(PostNumber(postNumber(of: 1 - index)))
        let language = try #require(LanguageNumber(1))
        try ends[index].feed(texts.map { .compose(LetterDraft(to: to, precedence: precedence, language: language, text: $0), ticket: 1) }, at: now)
        pickUp()
    }

    private func postNumber(of index: Int) -> UInt8 { (try? Sides.shared().posts[index]) ?? 1 }

    /// Runs until nothing is under way and nothing is owed, or until so much virtual time has passed.
    func run(for span: Span, until isDone: () -> Bool = { false }) throws {
        let end = now.instant + span
        pickUp()
        while !isDone() {
            let next = ([carried.map(\.at).min()] + ends.map { $0.isDead ? nil : $0.station.nextDeadline }).compactMap { $0 }.min()
            guard let next else { return move(to: end) }
            guard next <= end else { break }
            move(to: max(next, now.instant + Span(nanoseconds: 1)))
            let due = carried.filter { $0.at <= now.instant }.sorted { ($0.at, $0.order) < ($1.at, $1.order) }
            carried.removeAll { $0.at <= now.instant }
            for item in due { try deliver(item) }
            for end in ends { try end.feed([], at: now) }
            pickUp()
        }
    }

    /// The calendar clocks of both stations jump; the monotonic ones do not.
    func jump(milliseconds: Int64) { now = Moment(instant: now.instant, wall: WallTime(milliseconds: now.wall.milliseconds + milliseconds)) }

    private func move(to instant: Instant) {
        let span = instant - now.instant
        now = Moment(instant: instant, wall: WallTime(milliseconds: now.wall.milliseconds + span.nanoseconds / 1_000_000))
    }

    private func deliver(_ item: Carried) throws {
        let peer = ends[1 - item.to].number
        if let frame = item.frame {
            try ends[item.to].feed([.bearer(.received(item.bearer, frame: frame), peer: peer)], at: now)
        } else {
            try ends[item.to].feed([.bearer(.left(item.bearer, bytes: item.leftBytes), peer: peer)], at: now)
        }
        pickUp()
    }

    private func pickUp() {
        for index in ends.indices {
            for (bearer, frame) in ends[index].outbound { carry(frame, over: bearer, from: index) }
            ends[index].outbound = []
        }
    }

    private func carry(_ frame: [UInt8], over bearer: BearerID, from index: Int) {
        if keepsFrames { frames.append(frame) }
        let rate = bearers.first { $0.0 == bearer }?.1.bitsPerSecond
        let onAir = Span(nanoseconds: rate.map { Int64(frame.count) * 8 * 1_000_000_000 / Int64($0) } ?? 0)
        put(Carried(at: now.instant + onAir, order: 0, to: index, bearer: bearer, frame: nil, leftBytes: frame.count))
        guard !dice.happens(faults.lossPercent) else { return }
        for _ in 0..<(dice.happens(faults.duplicationPercent) ? 2 : 1) {
            var copy = frame
            if dice.happens(faults.corruptionPercent) {
                let place = Int.random(in: copy.indices, using: &dice)
                copy[place] ^= UInt8.random(in: 1...255, using: &dice)
            }
            let delay = Span.milliseconds(Int64.random(in: faults.delayMilliseconds, using: &dice))
            put(
                Carried(
                    at: now.instant + Span(nanoseconds: onAir.nanoseconds + delay.nanoseconds), order: 0, to: 1 - index, bearer: bearer,
                    frame: copy, leftBytes: 0
                )
            )
        }
    }

    private func put(_ item: Carried) {
        carriedCount += 1
        carried.append(Carried(at: item.at, order: carriedCount, to: item.to, bearer: item.bearer, frame: item.frame, leftBytes: item.leftBytes))
    }

    func inject(_ frame: [UInt8], to index: Int) throws {
        try ends[index].feed([.bearer(.received(bearers[0].0, frame: frame), peer: ends[1 - index].number)], at: now)
        pickUp()
    }
}
