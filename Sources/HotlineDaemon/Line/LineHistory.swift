import HotlineWire

/// What the facts of a line come to, from one time to another.
struct LineHistory {
    struct Stretch: Hashable {
        var from: Int64
        /// Nil where it goes on.
        var to: Int64?
        var detail: String?

        func milliseconds(until end: Int64) -> Int64 { max(0, (to ?? end) - from) }
    }
    /// One peer, or one bearer of it.
    struct Course {
        var up: [Stretch] = []
        var down: [Stretch] = []
        var probesSent: UInt64 = 0
        var probesAnswered: UInt64 = 0

        var isUpNow: Bool { up.last.map { $0.to == nil } ?? false }
        var isDownNow: Bool { down.last.map { $0.to == nil } ?? false }
    }
    struct Name: Hashable {
        let peer: String
        let bearer: String?
    }
    private(set) var notRunning: [Stretch] = []
    private(set) var courses: [Name: Course] = [:]
    let since: Int64
    let until: Int64

    /// - Parameters:
    ///   - facts: in the order of writing. A clock that was set back makes no stretch of less than nothing.
    ///   - since: nil for the first fact that is kept.
    ///   - names: of every peer and bearer of this station: whatever nobody has said to be up is down.
    init(_ facts: [LineFact], since: Int64?, until: Int64, _ names: [Name]) {
        let first = facts.first?.at ?? until
        self.since = min(until, max(since ?? first, first))
        self.until = until
        for name in names { courses[name] = Course() }
        var isRunning = false
        var last = self.since
        for fact in facts {
            // Nothing happens before what was written before it, whatever the clock said.
            let at = min(max(fact.at, last), until)
            last = at
            switch fact.kind {
            case .started:
                // A new file begins with it although the station has gone on.
                guard !isRunning else { continue }
                LineHistory.end(&notRunning, at)
                isRunning = true
                for name in courses.keys { turn(name, isUp: false, at, "this station has started") }
            case .stopped:
                guard isRunning else { continue }
                isRunning = false
                for name in courses.keys { pause(name, at) }
                notRunning.append(Stretch(from: at))
            case .up, .down:
                guard isRunning, let peer = fact.peer else { continue }
                turn(Name(peer: peer, bearer: fact.bearer), isUp: fact.kind == .up, at, fact.detail)
            case .probes:
                guard fact.at >= self.since, let peer = fact.peer else { continue }
                let name = Name(peer: peer, bearer: fact.bearer)
                courses[name]?.probesSent += fact.sent ?? 0
                courses[name]?.probesAnswered += fact.answered ?? 0
            }
        }
        func isNothing(_ stretch: Stretch) -> Bool { stretch.to != nil && stretch.milliseconds(until: until) == 0 }
        notRunning.removeAll(where: isNothing)
        for name in courses.keys {
            courses[name]?.up.removeAll(where: isNothing)
            courses[name]?.down.removeAll(where: isNothing)
        }
    }

    private mutating func turn(_ name: Name, isUp: Bool, _ at: Int64, _ detail: String?) {
        guard let course = courses[name], isUp ? !course.isUpNow : !course.isDownNow else { return }
        pause(name, at)
        if isUp { courses[name]?.up.append(Stretch(from: at)) } else { courses[name]?.down.append(Stretch(from: at, detail: detail)) }
    }

    private mutating func pause(_ name: Name, _ at: Int64) {
        guard var course = courses[name] else { return }
        LineHistory.end(&course.up, at)
        LineHistory.end(&course.down, at)
        courses[name] = course
    }

    private static func end(_ stretches: inout [Stretch], _ at: Int64) {
        guard let last = stretches.last, last.to == nil else { return }
        stretches[stretches.count - 1].to = max(at, last.from)
    }

    func milliseconds(_ stretches: [Stretch]) -> Int64 { stretches.reduce(0) { $0 + $1.milliseconds(until: until) } }
}
