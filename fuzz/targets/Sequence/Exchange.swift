import HotlineAgreement
import HotlineLine
import HotlineStation
import HotlineWatch
import HotlineWire

/// Two ends, one virtual clock, and the frames that are under way between them. A value: the line that stands after its
/// first seconds is made once, and every run begins with a copy.
struct Exchange {
    struct Carried {
        var at: Instant
        let to: Int
        let bearer: BearerID
        /// Nil tells the sender that so many bytes have left.
        var frame: [UInt8]?
        let bytes: Int
    }

    var ends: [End]
    var carried: [Carried] = []
    private(set) var now = Moment(instant: Instant(nanoseconds: 1_000_000_000), wall: WallTime(milliseconds: 1_795_000_000_000))
    private var starts: UInt8 = 0

    static let bearers: [(id: BearerID, profile: BearerProfile)] = [
        (
            BearerID(1),
            BearerProfile(
                kind: "tls", frameBytesMax: Limits.frameBytesMax, windowBytes: 128 * 1024, bitsPerSecond: nil, probeInterval: .seconds(1), cost: 0
            )
        ),
        (
            BearerID(2),
            BearerProfile(
                kind: "radio", frameBytesMax: Limits.radioFrameBytesMax, windowBytes: 1024, bitsPerSecond: 9600, probeInterval: .seconds(10),
                cost: 1
            )
        ),
    ]

    /// A line that has stood for three seconds.
    static let standing: Exchange = {
        do {
            var exchange = try Exchange()
            for bearer in [0, 1] { try exchange.set(bearer: bearer, up: true) }
            try exchange.run(for: .seconds(3))
            return exchange
        } catch {
            preconditionFailure("two stations meet: \(error)")
        }
    }()

    init() throws {
        ends = []
        for (number, keys) in Parties.shared.keys { ends.append(try End(number, keys, seed: Exchange.seed(number.value, 0))) }
        for index in ends.indices { try ends[index].feed([.start(restored: nil)], at: now) }
    }

    static func seed(_ station: UInt8, _ start: UInt8) -> [UInt8] { (0..<32).map { UInt8($0) &* 11 &+ station &* 3 &+ start &* 101 } }

    func peer(of index: Int) -> StationNumber { ends[1 - index].number }

    mutating func set(bearer: Int, up: Bool) throws {
        let id = Exchange.bearers[bearer].id
        if !up { carried.removeAll { $0.bearer == id } }
        for index in ends.indices {
            try ends[index].feed([.bearer(up ? .up(id) : .down(id, reason: "cut"), peer: peer(of: index))], at: now)
            if !up { ends[index].outbound.removeAll { $0.bearer == id } }
        }
        pickUp()
    }

    /// Each text begins with its place among the letters of its author.
    mutating func compose(_ index: Int, _ words: String, _ precedence: Precedence) throws {
        guard let to = Parties.shared.agreement.posts(of: peer(of: index)).first?.number, let language = LanguageNumber(1) else { return }
        let text = "\(ends[index].composed) \(words)"
        try ends[index].feed([.compose(LetterDraft(to: to, precedence: precedence, language: language, text: text), ticket: 1)], at: now)
        pickUp()
    }

    mutating func order(_ index: Int, _ strength: CheckpointStrength) throws {
        try ends[index].feed([.order(strength)], at: now)
        pickUp()
    }

    /// The process of one end is killed and starts again, with the bearers gone and back.
    mutating func restart(_ index: Int) throws {
        for bearer in Exchange.bearers.indices { try set(bearer: bearer, up: false) }
        starts &+= 1
        try ends[index].restart(seed: Exchange.seed(ends[index].number.value, starts), at: now)
        for bearer in Exchange.bearers.indices { try set(bearer: bearer, up: true) }
    }

    mutating func jump(milliseconds: Int64) { now = Moment(instant: now.instant, wall: WallTime(milliseconds: now.wall.milliseconds &+ milliseconds)) }

    mutating func inject(_ frame: [UInt8], to index: Int, bearer: Int) throws {
        try ends[index].feed([.bearer(.received(Exchange.bearers[bearer].id, frame: frame), peer: peer(of: index))], at: now)
        pickUp()
    }

    /// Carries what is under way and wakes the stations at their deadlines, until so much time has passed or `isDone`.
    mutating func run(for span: Span, until isDone: (Exchange) -> Bool = { _ in false }) throws {
        let end = now.instant + span
        while !isDone(self) {
            let next = ([carried.map(\.at).min()] + ends.map(\.station.nextDeadline)).compactMap { $0 }.min() ?? end
            guard next <= end else { break }
            move(to: max(next, now.instant + Span(nanoseconds: 1)))
            let due = carried.filter { $0.at <= now.instant }
            carried.removeAll { $0.at <= now.instant }
            for item in due { try deliver(item) }
            for index in ends.indices { try ends[index].feed([], at: now) }
            pickUp()
        }
        if now.instant < end, !isDone(self) { move(to: end) }
    }

    mutating func deliver(_ item: Carried) throws {
        if let frame = item.frame {
            try ends[item.to].feed([.bearer(.received(item.bearer, frame: frame), peer: peer(of: item.to))], at: now)
        } else {
            try ends[item.to].feed([.bearer(.left(item.bearer, bytes: item.bytes), peer: peer(of: item.to))], at: now)
        }
        pickUp()
    }

    private mutating func move(to instant: Instant) {
        let span = instant - now.instant
        now = Moment(instant: instant, wall: WallTime(milliseconds: now.wall.milliseconds &+ span.nanoseconds / 1_000_000))
    }

    private mutating func pickUp() {
        for index in ends.indices {
            for (bearer, frame) in ends[index].outbound {
                let rate = Exchange.bearers.first { $0.id == bearer }?.profile.bitsPerSecond
                let left = now.instant + Span(nanoseconds: rate.map { Int64(frame.count) * 8 * 1_000_000_000 / Int64($0) } ?? 0)
                carried.append(Carried(at: left, to: index, bearer: bearer, frame: nil, bytes: frame.count))
                carried.append(Carried(at: left + .milliseconds(5), to: 1 - index, bearer: bearer, frame: frame, bytes: frame.count))
            }
            ends[index].outbound = []
        }
    }
}
