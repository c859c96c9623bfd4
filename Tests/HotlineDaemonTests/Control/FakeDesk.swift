import HotlineDesk
import Synchronization

/// A desk without a station behind it: it keeps letters in memory and says what a test tells it to say.
final class FakeDesk: Desk {
    private struct State {
        var letters: [EntryView] = []
        var refusal: DeskError?
        var listeners: [Int: AsyncStream<EventView>.Continuation] = [:]
        var nextListener = 0
        var checkpoints = 0
    }
    private let state = Mutex(State())
    private let view: StatusView
    /// Where it is set the desk never answers.
    private let hangs: Bool

    init(status: StatusView = .example(), hangs: Bool = false) {
        view = status
        self.hangs = hangs
    }

    var listeners: Int { state.withLock { $0.listeners.count } }
    var checkpoints: Int { state.withLock { $0.checkpoints } }

    /// From now on every operation throws this.
    func refuse(_ error: DeskError?) { state.withLock { $0.refusal = error } }

    func tell(_ event: EventView) {
        for listener in state.withLock({ $0.listeners.values.map { $0 } }) { listener.yield(event) }
    }

    func endEvents() {
        for listener in state.withLock({ $0.listeners.values.map { $0 } }) { listener.finish() }
    }

    func send(_ order: LetterOrder) async throws(DeskError) -> SentView {
        try check()
        let letter = state.withLock { state in
            let letter = EntryView.example(serial: "W-\(state.letters.count + 1)", order: order)
            state.letters.append(letter)
            return letter
        }
        return SentView(serial: letter.serial, id: letter.id)
    }

    func state(_ order: ActOrder) async throws(DeskError) -> SentView {
        try check()
        return SentView(serial: "\(order.act)", id: "\(order.about) \(order.language ?? "-")")
    }

    func state(_ order: ChannelOrder) async throws(DeskError) -> SentView {
        try check()
        return SentView(serial: order.channel, id: "\(order.isSuspended) \(order.reason) \(order.language ?? "-")")
    }

    func request(_ order: ContactOrder) async throws(DeskError) -> SentView {
        try check()
        return SentView(serial: order.letter.to, id: "\(order.medium) \(order.windows.joined(separator: " "))")
    }

    func state(_ order: ContactStepOrder) async throws(DeskError) -> SentView {
        try check()
        return SentView(serial: "\(order.step)", id: "\(order.about) \(order.language ?? "-")")
    }

    func contacts(since: String?) async throws(DeskError) -> [ContactView] {
        try check()
        return [.example(serial: since ?? "M-1")]
    }

    func contact(_ name: String) async throws(DeskError) -> ContactView {
        try check()
        return .example(serial: name)
    }

    func state(_ order: PresenceOrder) async throws(DeskError) -> SentView {
        try check()
        return SentView(serial: order.post, id: "\(order.statement)")
    }

    func posts() async throws(DeskError) -> [PostView] {
        try check()
        return [
            PostView(
                code: "m-cgs", title: "Chief", party: "Moscow", isOwn: false, counterparts: ["w-cjcs"], presence: "unmanned", standIn: nil, since: "a", serial: "M-1",
                asked: [.init(party: "Washington", at: "b")], rings: "m-watch"
            )
        ]
    }

    func duty() async throws(DeskError) -> DutyView {
        try check()
        return DutyView(officer: "Lind", since: "a", note: nil, alarms: [], isTimeDoubtful: false, isLogBroken: false)
    }

    func state(_ order: DutyOrder) async throws(DeskError) -> DutyView {
        try check()
        return DutyView(officer: "\(order)", since: nil, note: nil, alarms: [], isTimeDoubtful: true, isLogBroken: false)
    }

    func channels() async throws(DeskError) -> [ChannelView] {
        try check()
        return [ChannelView(code: "safety", title: "Safety", precedences: ["FLASH"], suspensions: [.init(party: "a", since: "b", serial: "c")], passing: [])]
    }

    func open() async throws(DeskError) -> [OpenView] {
        try check()
        return [
            OpenView(
                serial: "M-1", id: "2/0123456789abcdef/1", kind: "letter", isOwn: false, precedence: "FLASH", exercise: false, channel: "safety", from: "a", to: "b",
                at: "2026-03-01T09:00:00Z", stage: "here", due: "receipt", dueAt: "2026-03-01T09:02:00Z", isLate: true
            )
        ]
    }

    func attempts(since: String?) async throws(DeskError) -> [AttemptView] {
        try check()
        let outcome = OutcomeView(outcome: "declined", serial: "M-2", detail: since)
        return [
            AttemptView(
                serial: "W-1", id: "1/0123456789abcdef/1", kind: "letter", party: "Washington", isOwn: true, precedence: "ROUTINE", exercise: false, from: nil, to: nil,
                claimedAt: nil, outcome: outcome
            )
        ]
    }

    func confirm(_ generation: String) async throws(DeskError) -> StatusView {
        try check()
        guard generation == "1/0123456789abcdef" else { throw DeskError(.notFound, "nothing of \(generation) waits", hint: "look again") }
        return view
    }

    func letters(_ query: LetterQuery) async throws(DeskError) -> [EntryView] {
        try check()
        guard query.direction != .received else { return [] }
        return state.withLock { Array($0.letters.reversed().prefix(query.limit)) }
    }

    func entry(_ name: String) async throws(DeskError) -> EntryView {
        try check()
        guard let letter = state.withLock({ $0.letters.first { $0.serial == name || $0.id == name } }) else {
            throw DeskError(.notFound, "no entry \(name)", hint: "list them")
        }
        return letter
    }

    func status() async throws(DeskError) -> StatusView {
        try check()
        // A desk that hangs does not hear of a cancellation either.
        if hangs { await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in } }
        return view
    }

    func checkpoint() async throws(DeskError) -> StatusView {
        try check()
        state.withLock { $0.checkpoints += 1 }
        return view
    }

    func line(since: String?) async throws(DeskError) -> LineReportView {
        try check()
        return FakeDesk.line
    }

    static let line = LineReportView(
        since: "2026-03-01T09:00:00.000Z", until: "2026-03-01T10:00:00.000Z", notRunning: [SpanView(from: "2026-03-01T09:10:00.000Z", to: nil, seconds: 4.5)],
        peers: [
            LinePeerView(
                party: "Russia", mark: "R", state: "up", stateSince: "2026-03-01T09:30:00.000Z", upSeconds: 3000, downSeconds: 600.5, outages: [],
                bearers: [LineBearerView(kind: "tls", upSeconds: 3000, downSeconds: 600.5, probesSent: 9, probesAnswered: 8)], backlog: 3, delivered: 2,
                medianSeconds: 0.012, longestSeconds: 4, waiting: "N-7", waitingSince: "2026-03-01T09:59:00.000Z", silentSince: nil
            )
        ]
    )

    func bank(_ order: BankOrder) async throws(DeskError) -> StatusView {
        try check()
        return view
    }

    func events() async throws(DeskError) -> AsyncStream<EventView> {
        try check()
        return AsyncStream { continuation in
            let id = state.withLock { state in
                state.nextListener += 1
                state.listeners[state.nextListener] = continuation
                return state.nextListener
            }
            continuation.onTermination = { [weak self] _ in self?.state.withLock { _ = $0.listeners.removeValue(forKey: id) } }
        }
    }

    private func check() throws(DeskError) {
        if let refusal = state.withLock({ $0.refusal }) { throw refusal }
    }
}

extension EntryView {
    static func example(serial: String, order: LetterOrder) -> EntryView {
        EntryView(
            serial: serial, id: "1/0123456789abcdef/\(serial.dropFirst(2))", party: "Washington", isOwn: true, kind: "letter",
            precedence: order.precedence, exercise: order.exercise, channel: order.channel ?? "watch", from: order.from, to: order.to, address: nil,
            language: order.language, claimedAt: nil, durableAt: "2026-11-22T23:41:27.123Z", text: order.text, bytes: order.text.utf8.count,
            references: order.references, stages: [StageView(stage: "durable here", at: "2026-11-22T23:41:27.123Z", word: "our station")],
            signed: "unsigned"
        )
    }
}

extension StatusView {
    static func example(peerState: String = "up", evidence: Int = 0) -> StatusView {
        let isUp = peerState != "down"
        return StatusView(
            party: "Washington", mark: "W", station: 1, line: "Washington-Moscow", lineWords: "apple river stone", generation: "0123456789abcdef",
            record: CoverView(entries: 12, inFullUpTo: 9, provisionallyUpTo: 11, unsigned: 1),
            peers: [
                PeerView(
                    party: "Moscow", mark: "M", station: 2, state: peerState,
                    bearers: [
                        BearerView(kind: "tls", isUp: isUp, lastHeard: 0.25, roundTrip: 12.5, probesSent: 10, probesAnswered: 9),
                        BearerView(kind: "radio", isUp: false, lastHeard: nil, roundTrip: nil, probesSent: 0, probesAnswered: 0),
                    ],
                    backlog: 3, record: CoverView(entries: 7, inFullUpTo: 7, provisionallyUpTo: 7, unsigned: 0), generation: "fedcba9876543210",
                    epoch: 4, epochsBanked: 64, framesDropped: 2, violations: 1
                )
            ], evidence: evidence, startedAt: "2026-11-22T20:00:00.000Z"
        )
    }
}

extension ContactView {
    static func example(serial: String) -> ContactView {
        ContactView(
            serial: serial, id: "2/0123456789abcdef/1", isOwn: false, medium: "text", precedence: "IMMEDIATE", exercise: false, channel: "watch", from: "a", to: "b",
            fromPost: "m-cgs", toPost: "w-cjcs", subject: "Poland", language: "en", claimedAt: nil, replyBy: nil, standing: "requested", detail: nil, agreed: nil,
            movedFrom: nil, offers: [.init(party: "Moscow", isOwn: false, serial: serial, windows: [.init(from: "a", to: "b")])], stages: [], session: [], minutes: [],
            void: []
        )
    }
}
