import HotlineLine
import HotlineSeal
import HotlineStation
import HotlineWatch
import HotlineWire

/// The world of one seed: machines, links, a calendar, and what goes wrong.
///
/// ```
///   weather ─ enough events ─▶ healing ─ all agree ─▶ done
///                                 └───── too late ──▶ found: no convergence
/// ```
final class World {
    let seed: UInt64
    let plan: Plan
    let parties: Parties
    let checkers: Checkers
    var dice: Dice
    var clock = Instant(nanoseconds: 1_000_000_000)
    var calendar = Calendar<Happening>()
    var machines: [Machine] = []
    var links: [Link] = []
    /// The link of each bearer, by station and bearer.
    private var linkOfBearer: [Int: Int] = [:]
    var sessions = 0
    /// Copies of a station's disk, to be put back.
    var backups: [StationNumber: [Backup]] = [:]
    /// Restores, fresh starts and clones of each station.
    var branches: [StationNumber: Int] = [:]
    var counts = FaultCounts()
    var digest = DecisionDigest()
    var events = 0
    var letters = 0
    var isHealing = false
    private let sink: ((String) -> Void)?

    struct Backup {
        let disk: MemoryJournal.Content
        let secrets: MemoryJournal.Content
        var restores = 0
    }

    init(seed: UInt64, plan: Plan, parties: Parties, dice: Dice, options: Options, sink: ((String) -> Void)?) {
        self.seed = seed
        self.plan = plan
        self.parties = parties
        self.dice = dice
        self.sink = sink
        checkers = Checkers(isReal: !plan.isTransparent, options: options)
        for (place, link) in plan.links.enumerated() { add(link, place) }
        for number in parties.numbers { machines.append(Machine(place: machines.count, number: number)) }
        checkers.world = self
    }

    private func add(_ plan: Plan.LinkPlan, _ place: Int) {
        let ends = [parties.numbers[plan.pair.0], parties.numbers[plan.pair.1]]
        // A bearer is numbered by the peer and the place of the link.
        let bearers = [BearerID(UInt16(ends[1].value) << 8 | UInt16(place)), BearerID(UInt16(ends[0].value) << 8 | UInt16(place))]
        let isNarrow = plan.frameBytesMax <= Limits.radioFrameBytesMax
        let profile = BearerProfile(
            kind: plan.medium.rawValue, frameBytesMax: plan.frameBytesMax,
            windowBytes: plan.medium == .courier ? 1024 * 1024 : isNarrow ? plan.frameBytesMax : 2 * plan.frameBytesMax,
            bitsPerSecond: plan.bitsPerSecond < 1_000_000 ? plan.bitsPerSecond : nil, probeInterval: plan.probeInterval, cost: plan.cost
        )
        links.append(
            Link(place: place, medium: plan.medium, ends: ends, bearers: bearers, profile: profile, bitsPerSecond: plan.bitsPerSecond, latency: plan.latency)
        )
        for end in 0...1 { linkOfBearer[Int(ends[end].value) << 16 | Int(bearers[end].value)] = place }
        if plan.bitsPerSecond == 75 { counts.note(.narrow) }
        if plan.bitsPerSecond >= 500_000_000, plan.medium != .courier { counts.note(.wide) }
        if links.contains(where: { $0.ends == ends && $0.bitsPerSecond / max(1, plan.bitsPerSecond) > 1_000 }) { counts.note(.unlike) }
    }

    // MARK: Running

    /// Enters what sets the world going.
    func begin() {
        for machine in machines { start(machine, after: 0...50_000_000) }
        for number in parties.numbers { calendar.enter(.compose(number), at: clock + pause(plan.letterPause)) }
        calendar.enter(.fault, at: clock + pause(plan.faultPause))
        for link in links where link.medium == .courier { calendar.enter(.departure(link: link.place), at: clock + pause(courierPause)) }
        for link in links where link.medium == .datagram { roughen(link) }
    }

    /// The next thing that happens. False where nothing does.
    func step() -> Bool {
        var next = calendar.next
        var due: Machine?
        for machine in machines {
            guard let deadline = machine.deadline, machine.station != nil, !machine.isTurnDue else { continue }
            let at = max(deadline, clock + World.tick)
            if next.map({ at < $0 }) ?? true {
                next = at
                due = machine
            }
        }
        guard let next else { return false }
        clock = max(clock, next)
        if let due {
            events += 1
            turn(due)
        } else if let (_, happening) = calendar.take() {
            happen(happening)
        }
        return true
    }

    private static let tick = Span(nanoseconds: 1_000)

    private func happen(_ happening: Happening) {
        switch happening {
        case .arrive(let link, let direction, let session, let frame):
            arrive(frame, links[link], direction, session)
        case .left(let link, let machine, let life, let bytes):
            guard machines[machine].life == life else { return }
            let peer = links[link].ends[1 - links[link].end(of: machines[machine].number)]
            give(.bearer(.left(bearer(links[link], machines[machine].number), bytes: bytes), peer: peer), to: machines[machine])
        case .input(let machine, let life, let input):
            guard machines[machine].life == life else { return }
            give(input, to: machines[machine])
        case .turn(let machine, let life):
            guard machines[machine].life == life else { return }
            turn(machines[machine])
        case .start(let machine):
            start(machines[machine])
        case .connect(let link):
            connect(links[link])
        case .compose(let number):
            guard !isHealing else { return }
            compose(number)
            calendar.enter(.compose(number), at: clock + pause(plan.letterPause))
        case .fault:
            guard !isHealing else { return }
            strike()
            calendar.enter(.fault, at: clock + pause(plan.faultPause))
        case .relief(let relief):
            relieve(relief)
        case .departure(let link):
            depart(links[link])
        case .courier(let link, let direction, let frames):
            for frame in frames { arrive(frame, links[link], direction, nil) }
        }
    }

    /// Puts an input before a machine's next turn.
    func give(_ input: Input, to machine: Machine) {
        guard machine.station != nil else { return }
        events += 1
        machine.inbox.append(input)
        guard !machine.isTurnDue else { return }
        machine.isTurnDue = true
        calendar.enter(.turn(machine: machine.place, life: machine.life), at: clock + Span(nanoseconds: Int64(dice.draw(0...plan.turnDelayMax))))
    }

    /// About that long: between nothing and twice as much.
    func pause(_ nanoseconds: Int) -> Span { Span(nanoseconds: Int64(dice.draw(1...2 * nanoseconds))) }
    var courierPause: Int { isHealing ? 1_800_000_000_000 : plan.courierPause }

    func bearer(_ link: Link, _ station: StationNumber) -> BearerID { link.bearers[link.end(of: station)] }
    func link(_ bearer: BearerID, of station: StationNumber) -> Link? { linkOfBearer[Int(station.value) << 16 | Int(bearer.value)].map { links[$0] } }
    func machines(of number: StationNumber) -> [Machine] { machines.filter { $0.number == number && !$0.isRetired } }

    // MARK: Trace

    var isTraced: Bool { sink != nil }
    @inline(__always)
    func trace(_ machine: Machine? = nil, _ line: () -> String) {
        guard let sink else { return }
        sink(Words.line(clock, machine, line()))
    }
}
