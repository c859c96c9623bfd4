import Dispatch
import HotlineAgreement
import HotlineLine
import HotlineRecord
import HotlineSeal
import HotlineStation
import HotlineWatch
import HotlineWire
import Logging

/// The station and its journal, on the loop's own thread and on no other.
///
/// One turn: take what waits, feed the station, commit what it decided, then do what follows. What is durable first is a
/// matter of this one function, `turn`.
final class StationCore {
    private(set) var station: Station
    let journal: any Journal
    let secrets: any Journal
    let releases = ReleaseShelf()
    private let bearers: [BearerID: any Bearer]
    let work: LoopWork
    private var pending = JournalBatch()
    private var pendingSince: Instant?
    private var rowsSinceSnapshot: Int
    /// Of a record that is that of a backup: the first turn declares what may be lost.
    let restored: Restored?
    private var answers: [UInt64: @Sendable (Result<Composed, Refusal>?) -> Void] = [:]
    private var ticket: UInt64 = 0
    private(set) var isStopped = false
    /// What ends the loop after this turn: a commit that a query has asked for has failed.
    private var failure: JournalError?

    /// Rows between two snapshots: what a recovery replays at most, and a little of what was under way.
    private static let rowsPerSnapshot = 1_000
    /// How long an acknowledgement may stay in memory alone. The peer would say it again.
    private static let lazyMax = Span.milliseconds(250)

    init(station: Station, journal: any Journal, secrets: any Journal, bearers: [any Bearer], recovered: Recovery.Report, work: LoopWork) {
        self.station = station
        self.journal = journal
        self.secrets = secrets
        self.bearers = Dictionary(uniqueKeysWithValues: bearers.map { ($0.id, $0) })
        self.work = work
        rowsSinceSnapshot = recovered.rowsReplayed
        restored = recovered.restored
    }

    var history: History { History(journal) }

    /// When a turn is due although nothing waits.
    var nextDeadline: Instant? {
        [station.nextDeadline, pendingSince.map { $0 + StationCore.lazyMax }].compactMap { $0 }.min()
    }

    /// The first turn. What officers had signed before a restore they sign again: it may have been released since the backup.
    func begin() throws(JournalError) {
        if restored != nil {
            let unsigned = StoredDraft.unsigned(try secrets.cells(prefix: StoredDraft.prefix))
            if !unsigned.isEmpty { try secrets.commit(JournalBatch(cells: unsigned)) }
        }
        try turn([.input(.start(restored: restored))])
    }

    /// What an officer states about a letter or a contact is judged by what is in the journal: it begins a turn of its own.
    func turn(_ items: [Mailbox.Item]) throws(JournalError) {
        var part: [Mailbox.Item] = []
        for item in items {
            if case .draft(let draft, _) = item, draft.isAboutThePast, !part.isEmpty {
                try take(part)
                part = []
            }
            part.append(item)
        }
        try take(part)
    }

    private func take(_ items: [Mailbox.Item]) throws(JournalError) {
        var outcome = Outcome()
        var queries: [@Sendable (StationCore?) -> Void] = []
        let now = StationClock.now
        for item in items {
            switch item {
            case .input(let input):
                station.handle(input, at: now, into: &outcome)
            case .draft(let draft, let answer):
                ticket += 1
                answers[ticket] = answer
                station.handle(try input(draft, ticket: ticket), at: now, into: &outcome)
            case .query(let query):
                queries.append(query)
            case .stop:
                isStopped = true
            }
        }
        station.poll(try history.load(station.needs), at: now, into: &outcome)
        try commit(outcome, at: now)
        // Frames first: whoever watches can wait, the other side cannot.
        for effect in outcome.effects { if case .transmit(let bearer, let frame) = effect { bearers[bearer]?.transmit(frame) } }
        for effect in outcome.effects { perform(effect) }
        for query in queries { query(self) }
        if let failure { throw failure }
        if work.mailbox.takePaused() { for bearer in bearers.values { bearer.resumeReading() } }
    }

    /// What an officer hands in, with what of the past it is judged by.
    private func input(_ draft: Draft, ticket: UInt64) throws(JournalError) -> Input {
        let agreement: (Hash) -> Agreement = { [work] in work.agreements.agreement($0) ?? work.agreement }
        switch draft {
        case .letter(let draft): return .compose(draft, ticket: ticket)
        case .channel(let draft): return .channel(draft, ticket: ticket)
        case .presence(let draft): return .presence(draft, ticket: ticket)
        case .request(let draft): return .request(draft, ticket: ticket)
        case .contact(let draft): return .contact(draft, contact: try history.contact(of: draft.about, agreement, station.books), ticket: ticket)
        case .release(let draft):
            let isUsed = try !history.uses(of: draft.statement.release, by: station.membership.me).isEmpty
            return .release(draft, ReleasePast(roster: try roster(), isUsed: isUsed, course: try course(draft.draft), contact: try contact(draft.draft)), ticket: ticket)
        case .roster(let roster): return .roster(roster, inForce: try self.roster()?.version, ticket: ticket)
        case .act(let draft):
            if let contact = try history.contact(of: draft.about, agreement, station.books) {
                return .contact(ContactDraft(about: draft.about, step: .act(draft.act), language: draft.language), contact: contact, ticket: ticket)
            }
            return .act(draft, course: try history.course(of: draft.about, agreement, station.books), ticket: ticket)
        }
    }

    /// Stores cells that are in no backup. False where that failed: the loop ends then, as after any commit that fails.
    func storeSecretly(_ cells: [JournalCell]) -> Bool {
        do throws(JournalError) { try secrets.commit(JournalBatch(cells: cells)) } catch { failure = error }
        return failure == nil
    }

    /// The last turn: what was lazy becomes durable.
    func finish() throws(JournalError) {
        try flush()
    }

    /// The loop has ended: nobody waits for ever.
    func abandon() {
        for answer in answers.values { answer(nil) }
        answers = [:]
    }

    private func commit(_ outcome: Outcome, at now: Moment) throws(JournalError) {
        if !outcome.secretCells.isEmpty { try secrets.commit(JournalBatch(cells: outcome.secretCells)) }
        pending.rows += outcome.rows
        pending.cells += outcome.cells
        if !pending.isEmpty, pendingSince == nil { pendingSince = now.instant }
        let isLate = pendingSince.map { now.instant - $0 >= StationCore.lazyMax } ?? false
        if outcome.mustCommit || isLate { try flush() }
    }

    private func flush() throws(JournalError) {
        guard !pending.isEmpty else { return }
        rowsSinceSnapshot += pending.rows.count
        if rowsSinceSnapshot >= StationCore.rowsPerSnapshot {
            pending.snapshot = station.snapshot
            rowsSinceSnapshot = 0
        }
        try journal.commit(pending)
        pending = JournalBatch()
        pendingSince = nil
    }

    private func tell(_ event: Event) {
        if case .entry(let entry, _) = event { releases.note(entry) }
        work.events.tell(event, station, release: work.events.isHeard ? ReleaseNote(event, self) : nil)
    }

    private func perform(_ effect: Effect) {
        switch effect {
        case .transmit: break
        case .reset(let bearer, let silence):
            bearers[bearer]?.reset(reason: "nothing heard for \(silence.nanoseconds / 1_000_000) ms")
        case .sign(let checkpoint, let strength): work.sign(checkpoint, strength)
        case .makeOffers(let peer, let epochs): work.offer(epochs, to: peer)
        case .makeAccept(let peer, let offers, let object): work.accept(offers, object: object, of: peer)
        case .signStale(let peer, let object, let highest): work.signStale(object, highest, to: peer)
        case .answer(let ticket, let result): answers.removeValue(forKey: ticket)?(result)
        case .tell(let event): tell(event)
        }
    }
}
