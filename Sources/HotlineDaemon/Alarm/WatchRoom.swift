import HotlineDesk
import HotlineWatch
import HotlineWire
import Synchronization

/// Who has the watch, which alarms have rung, and the local log that remembers both over a crash.
final class WatchRoom: Sendable {
    let log: LocalLog
    private let state: Mutex<State>

    private struct State {
        var book = AlarmBook()
        var officer: (name: String, since: String)?
        var note: String?
        /// What has rung and is still due.
        var alarms: [String: AlarmView] = [:]
    }

    init(_ log: LocalLog, at now: Moment) {
        self.log = log
        var state = State()
        for line in log.found {
            switch line.what {
            case Words.took: state.officer = (line.who, line.at)
            case Words.handedOver:
                state.officer = line.about.map { ($0, line.at) }
                state.note = line.detail
            case Words.alarm:
                guard let name = line.about else { break }
                state.book.restore(name, rings: (state.book.raised[name]?.rings ?? 0) + 1, acknowledgedBy: state.book.raised[name]?.acknowledgedBy, at: now.instant)
            case Words.acknowledged: if let name = line.about { _ = state.book.acknowledge(name, by: line.who) }
            case Words.jump: state.book.doubtTime()
            case Words.confirmed: state.book.confirmTime()
            default: break
            }
        }
        // A clock that stands before what it has witnessed itself.
        if let last = log.found.last.flatMap({ try? Calendar.time($0.at) }), now.wall.milliseconds < last.milliseconds - WatchRoom.jumpMin { state.book.doubtTime() }
        self.state = Mutex(state)
    }

    /// A step of the calendar clock after which nothing rings until somebody has confirmed the time: ten minutes.
    static let jumpMin: Int64 = 600_000

    /// What stands in the log's `what`, where a start reads it again.
    private enum Words {
        static let took = "took the watch"
        static let handedOver = "handed the watch over"
        static let alarm = "alarm"
        static let acknowledged = "acknowledged an alarm"
        static let jump = "the calendar clock has jumped"
        static let confirmed = "confirmed the time"
    }
    private static let station = "station"

    // MARK: What officers do

    /// Notes what an officer has done.
    func note(_ what: String, about: String? = nil, detail: String? = nil) {
        let officer = Officer.name ?? state.withLock { $0.officer?.name } ?? "nobody named"
        log.note(officer, what, about: about, detail: detail)
    }

    func state(_ order: DutyOrder) throws(DeskError) -> DutyView {
        switch order {
        case .take(let name):
            let officer = try Officer.check(name)
            try written { $0.note(officer, Words.took) }
            state.withLock { $0.officer = (officer, StationClock.now.wall.text) }
        case .handOver(let name, let note):
            let next = try Officer.check(name)
            guard let officer = state.withLock({ $0.officer?.name }) else {
                throw DeskError(.refused, "nobody has the watch", hint: "take it: hotline watch take NAME")
            }
            guard note.utf8.count <= WatchRoom.noteBytesMax else { throw DeskError(.refused, "the note is too long", hint: "at most \(WatchRoom.noteBytesMax) bytes") }
            try written { $0.note(officer, Words.handedOver, about: next, detail: note.isEmpty ? nil : note) }
            state.withLock { state in
                state.officer = (next, StationClock.now.wall.text)
                state.note = note.isEmpty ? nil : note
            }
        case .acknowledge(let wanted, let name):
            let officer = try Officer.check(name)
            let names = state.withLock { state in state.alarms.filter { $0.value.name.lowercased() == wanted.lowercased() }.map(\.key).sorted() }
            guard !names.isEmpty else { throw DeskError(.notFound, "no alarm is called '\(wanted)'", hint: "hotline alarm list shows those that have rung") }
            for name in names {
                try written { $0.note(officer, Words.acknowledged, about: name) }
                state.withLock { state in
                    _ = state.book.acknowledge(name, by: officer)
                    state.alarms[name] = state.alarms[name]?.acknowledged(by: officer)
                }
            }
        case .confirmTime(let name):
            let officer = try Officer.check(name)
            try written { $0.note(officer, Words.confirmed) }
            state.withLock { $0.book.confirmTime() }
        }
        return view
    }

    private static let noteBytesMax = 4_096

    private func written(_ body: (LocalLog) -> Bool) throws(DeskError) {
        guard body(log) else { throw DeskError(.unavailable, "the local log cannot be written", hint: "look at the disk, and at the owner of \(log.path)") }
    }

    var view: DutyView {
        state.withLock { state in
            DutyView(
                officer: state.officer?.name, since: state.officer?.since, note: state.note,
                alarms: state.alarms.sorted { ($0.value.dueAt, $0.key) < ($1.value.dueAt, $1.key) }.map(\.value), isTimeDoubtful: state.book.isTimeDoubtful,
                isLogBroken: log.isBroken
            )
        }
    }

    // MARK: Alarms

    func noteJump(_ words: String) {
        log.note(WatchRoom.station, Words.jump, detail: words)
        state.withLock { $0.book.doubtTime() }
    }

    /// What rings now; each is in the log before it rings.
    ///
    /// - Parameter view: an alarm in words; its posts up to that level of the succession.
    func poll(_ dues: [Alarm], at now: Moment, _ view: (Alarm, Int) -> AlarmView) -> [(ring: AlarmBook.Ring, view: AlarmView)] {
        let rings = state.withLock { state in
            let rings = state.book.poll(dues, at: now)
            state.alarms = state.alarms.filter { state.book.raised[$0.key] != nil }
            return rings
        }
        var rung = rings.map { ring in (ring, view(ring.alarm, ring.level).rung(ring.count)) }
        // After a start: what had rung before is shown again, and rings in its time.
        let silent = state.withLock { state in dues.filter { state.book.raised[$0.name] != nil && state.alarms[$0.name] == nil } }
        for alarm in silent where !rings.contains(where: { $0.alarm == alarm }) {
            state.withLock { state in
                guard let raised = state.book.raised[alarm.name] else { return }
                let shown = view(alarm, 0).rung(raised.rings)
                state.alarms[alarm.name] = raised.acknowledgedBy.map { shown.acknowledged(by: $0) } ?? shown
            }
        }
        for (ring, view) in rung {
            log.note(WatchRoom.station, Words.alarm, about: ring.alarm.name, detail: view.what)
            state.withLock { $0.alarms[ring.alarm.name] = view }
        }
        rung.sort { ($0.0.alarm.precedence, $0.0.alarm.at) < ($1.0.alarm.precedence, $1.0.alarm.at) }
        return rung.map { (ring: $0.0, view: $0.1) }
    }
}

extension AlarmView {
    fileprivate func acknowledged(by officer: String) -> AlarmView {
        AlarmView(
            name: name, kind: kind, what: what, hint: hint, precedence: precedence, exercise: exercise, dueAt: dueAt, rings: rings, posts: posts, acknowledgedBy: officer
        )
    }

    fileprivate func rung(_ count: Int) -> AlarmView {
        AlarmView(
            name: name, kind: kind, what: what, hint: hint, precedence: precedence, exercise: exercise, dueAt: dueAt, rings: count, posts: posts,
            acknowledgedBy: acknowledgedBy
        )
    }
}
