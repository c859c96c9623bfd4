import HotlineAgreement
import HotlineLine
import HotlineStation
import HotlineWatch
import HotlineWire
import Testing

/// Three stations on one virtual clock: an honest one, an honest witness of it, and one that has turned. In good faith all three run the
/// real station; in bad faith the hostile one's own is not heard, and an `Impostor` speaks in its name.
///
/// ```
///   witness ◀──▶ honest ◀──▶ hostile (the station, or its impostor)
/// ```
final class Stage {
    private struct Carried {
        let at: Instant
        let order: Int
        let to: StationNumber
        let event: BearerEvent
        let peer: StationNumber
    }
    /// A deadline that has passed, and that nothing comes of: the loop of a daemon would not sleep again.
    struct Spin: Error {
        let station: StationNumber
    }

    let honest: End
    let witness: End
    let hostile: End
    var dice: Dice
    private(set) var now = Moment(instant: Instant(nanoseconds: 1_000_000_000), wall: WallTime(milliseconds: 1_795_000_000_000))
    /// Whether the hostile station's own software is heard.
    private(set) var isInGoodFaith = true
    /// What the honest station has sent to the hostile one since it turned.
    var caught: [[UInt8]] = []
    /// What the hostile station had sent to the honest one before.
    private(set) var earlier: [[UInt8]] = []
    /// Frames that the impostor has sent.
    private(set) var injected = 0
    /// What is lost between the honest station and its witness.
    var lossPercent = 0
    private(set) var letters: [String] = []
    private var carried: [Carried] = []
    private var carriedCount = 0

    static let bearer = BearerID(1)
    private static let profile = BearerProfile(
        kind: "tls", frameBytesMax: Limits.frameBytesMax, windowBytes: 128 * 1024, bitsPerSecond: nil, probeInterval: .seconds(3), cost: 0
    )

    // MARK: Before

    /// All three have talked for a while, and have signed everything.
    static func ready(seed: UInt64) throws -> Stage { Stage(copy: try (seed & 1 == 0 ? lower : higher).get(), seed: seed) }

    /// Made once, and only read and copied from then on.
    nonisolated(unsafe) private static let lower = Result { try Stage(hostile: 0, honest: 1) }
    nonisolated(unsafe) private static let higher = Result { try Stage(hostile: 1, honest: 0) }

    private init(hostile: Int, honest: Int) throws {
        var dice = Dice(seed: UInt64(1 + hostile))
        let sides = try Sides.three()
        func end(_ index: Int) throws -> End {
            try End(sides.keys[index].0, sides.agreement, sides.keys[index].1, bearers: [(Stage.bearer, Stage.profile)], limits: .standard, seed: dice.bytes(32))
        }
        (self.honest, self.hostile, witness) = (try end(honest), try end(hostile), try end(2))
        self.dice = dice
        for end in all { try end.feed([.start(restored: nil)], at: now) }
        try connect(witness)
        try connect(self.hostile)
        for index in 1...3 {
            try send("letter \(index)")
            try self.hostile.feed([try Stage.compose("of the hostile station \(index)", to: self.honest.number)], at: now)
            try witness.feed([try Stage.compose("of the witness \(index)", to: self.honest.number)], at: now)
            try run(for: .seconds(4))
        }
        try run(for: .seconds(70))
    }

    private init(copy other: Stage, seed: UInt64) {
        honest = End(copy: other.honest)
        witness = End(copy: other.witness)
        hostile = End(copy: other.hostile)
        dice = Dice(seed: seed)
        now = other.now
        earlier = other.earlier
        letters = other.letters
        lossPercent = [0, 0, 20][Int(seed % 3)]
    }

    private var all: [End] { [honest, witness, hostile] }
    private var heard: [End] { isInGoodFaith ? all : [honest, witness] }

    // MARK: What happens

    /// From here on the hostile station's own software is not heard.
    func turn() throws {
        try disconnect(hostile)
        isInGoodFaith = false
        caught = []
        try honest.feed([up(hostile.number)], at: now)
        try pickUp()
    }

    /// It is heard again, after a start.
    func repent() throws {
        try disconnect(hostile)
        isInGoodFaith = true
        try hostile.restart(seed: dice.bytes(32), at: now)
        try connect(hostile)
    }

    /// The honest station is killed and starts again, from its own journal or from a backup of it.
    func restart(from backup: MemoryJournal? = nil) throws {
        carried.removeAll { $0.to == honest.number || $0.peer == honest.number }
        try witness.feed([down(honest.number)], at: now)
        if isInGoodFaith { try hostile.feed([down(honest.number)], at: now) }
        for end in all { end.outbound = [] }
        if let backup {
            try honest.restore(backup, keepingSecrets: true, seed: dice.bytes(32), at: now)
        } else {
            try honest.restart(seed: dice.bytes(32), at: now)
        }
        for end in [witness, hostile] {
            try honest.feed([up(end.number)], at: now)
            if end !== hostile || isInGoodFaith { try end.feed([up(honest.number)], at: now) }
        }
        try pickUp()
    }

    /// A letter of the honest station, to everybody.
    func send(_ text: String, _ precedence: Precedence = .routine) throws {
        letters.append(text)
        try honest.feed([try Stage.compose(text, to: witness.number, precedence)], at: now)
        try pickUp()
    }

    static func compose(_ text: String, to peer: StationNumber, _ precedence: Precedence = .routine) throws -> Input {
        let post = try #require(PostNumber(try Sides.three().posts[Int(peer.value) - 1]))
        return .compose(LetterDraft(to: post, precedence: precedence, language: try #require(LanguageNumber(1)), text: text), ticket: 1)
    }

    /// A frame of the impostor.
    func inject(_ frame: [UInt8]) throws {
        injected += 1
        let bearer = End.bearer(Stage.bearer, to: hostile.number, of: 2)
        try honest.feed([.bearer(.received(bearer, frame: frame), peer: hostile.number)], at: now)
        try pickUp()
    }

    func run(for span: Span, until isDone: () -> Bool = { false }) throws {
        let end = now.instant + span
        var idle = 0
        try pickUp()
        while !isDone() {
            let due = carried.map(\.at).min()
            let next = ([due] + heard.map(\.station.nextDeadline)).compactMap { $0 }.min() ?? end
            guard next <= end else { return move(to: end) }
            idle = next <= now.instant && due.map { $0 > now.instant } ?? true ? idle + 1 : 0
            if idle > 16, let station = heard.min(by: { $0.station.nextDeadline ?? end < $1.station.nextDeadline ?? end })?.number { throw Spin(station: station) }
            move(to: max(next, now.instant + Span(nanoseconds: 1)))
            let arrived = carried.filter { $0.at <= now.instant }.sorted { ($0.at, $0.order) < ($1.at, $1.order) }
            carried.removeAll { $0.at <= now.instant }
            for item in arrived { try self.end(item.to)?.feed([.bearer(item.event, peer: item.peer)], at: now) }
            for end in heard { try end.feed([], at: now) }
            try pickUp()
        }
    }

    // MARK: The bearers

    private func end(_ number: StationNumber) -> End? { heard.first { $0.number == number } }

    private func up(_ peer: StationNumber) -> Input { .bearer(.up(End.bearer(Stage.bearer, to: peer, of: 2)), peer: peer) }
    private func down(_ peer: StationNumber) -> Input { .bearer(.down(End.bearer(Stage.bearer, to: peer, of: 2), reason: "cut"), peer: peer) }

    private func connect(_ end: End) throws {
        try honest.feed([up(end.number)], at: now)
        try end.feed([up(honest.number)], at: now)
        try pickUp()
    }

    private func disconnect(_ end: End) throws {
        carried.removeAll { $0.to == end.number || $0.peer == end.number }
        try honest.feed([down(end.number)], at: now)
        if end !== hostile || isInGoodFaith { try end.feed([down(honest.number)], at: now) }
        end.outbound = []
        try pickUp()
    }

    private func move(to instant: Instant) {
        let span = instant - now.instant
        now = Moment(instant: instant, wall: WallTime(milliseconds: now.wall.milliseconds + span.nanoseconds / 1_000_000))
    }

    private func pickUp() throws {
        for from in heard {
            for (bearer, frame) in from.outbound {
                guard let to = StationNumber(UInt8(bearer.value >> 8)) else { continue }
                carry(frame, from: from.number, to: to, bearer)
            }
            from.outbound = []
        }
    }

    private func carry(_ frame: [UInt8], from: StationNumber, to: StationNumber, _ bearer: BearerID) {
        put(at: now.instant, to: from, .left(bearer, bytes: frame.count), peer: to)
        if to == hostile.number, !isInGoodFaith { caught.append(frame) }
        if from == hostile.number { earlier.append(frame) }
        guard from != witness.number && to != witness.number || !dice.happens(lossPercent) else { return }
        put(at: now.instant + .milliseconds(1), to: to, .received(End.bearer(Stage.bearer, to: from, of: 2), frame: frame), peer: from)
    }

    private func put(at instant: Instant, to: StationNumber, _ event: BearerEvent, peer: StationNumber) {
        carriedCount += 1
        carried.append(Carried(at: instant, order: carriedCount, to: to, event: event, peer: peer))
    }
}
