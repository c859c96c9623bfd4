import HotlineAgreement
import HotlineDesk
import HotlineLine
import HotlineRecord
import HotlineSeal
import HotlineStation
import HotlineWatch
import HotlineWire
import Synchronization

/// The desk over a running station: every question is answered on the loop's thread, between two turns.
final class LoopDesk: Desk {
    let mailbox: Mailbox
    private let hub: EventHub
    let words: EventWords
    private let startedAt: WallTime
    var agreement: Agreement { words.agreement }

    private let room: WatchRoom
    let lineLog: LineLog

    init(mailbox: Mailbox, hub: EventHub, words: EventWords, room: WatchRoom, lineLog: LineLog) {
        self.room = room
        self.lineLog = lineLog
        self.mailbox = mailbox
        self.hub = hub
        self.words = words
        startedAt = StationClock.now.wall
    }

    // MARK: Operations

    func send(_ order: LetterOrder) async throws(DeskError) -> SentView {
        let draft = try LetterReading(agreement: agreement, me: words.me).draft(order, references: try await resolve(order.references))
        return try await sent(.letter(draft))
    }

    func request(_ order: ContactOrder) async throws(DeskError) -> SentView {
        let draft = try ContactReading(agreement: agreement, me: words.me).draft(order, references: try await resolve(order.letter.references))
        return try await sent(.request(draft))
    }

    func resolve(_ names: [String]) async throws(DeskError) -> [EntryID] {
        guard !names.isEmpty else { return [] }
        return try await query { core throws(DeskError) in
            try names.map { (name) throws(DeskError) in try LoopDesk.resolve(name, core.station, self.words) }
        }
    }

    func state(_ order: ActOrder) async throws(DeskError) -> SentView {
        let about = try await query { core throws(DeskError) in try LoopDesk.resolve(order.about, core.station, self.words) }
        let draft = try ActReading(agreement: agreement, me: words.me).draft(order, about: about)
        return try await sent(.act(draft))
    }

    func state(_ order: ContactStepOrder) async throws(DeskError) -> SentView {
        let about = try await query { core throws(DeskError) in try LoopDesk.resolve(order.about, core.station, self.words) }
        return try await sent(.contact(try ContactReading(agreement: agreement, me: words.me).draft(order, about: about)))
    }

    /// Hands something in and waits until it is durable here.
    func sent(_ draft: Draft) async throws(DeskError) -> SentView {
        let result: Result<Composed, Refusal>? = await withCheckedContinuation { continuation in
            if !mailbox.post(.draft(draft, answer: { continuation.resume(returning: $0) })) { continuation.resume(returning: nil) }
        }
        guard let result else { throw LoopDesk.stopped }
        do throws(Refusal) {
            let composed = try result.get()
            room.note(words.said(draft), about: words.serialName(words.me, composed.serial), detail: draft.about.map { "of \($0)" })
            return SentView(serial: words.serialName(words.me, composed.serial), id: composed.id.description)
        } catch {
            throw error.error(agreement)
        }
    }

    func state(_ order: ChannelOrder) async throws(DeskError) -> SentView {
        let draft = try LetterReading(agreement: agreement, me: words.me).draft(order)
        return try await sent(.channel(draft))
    }

    func state(_ order: PresenceOrder) async throws(DeskError) -> SentView {
        try await sent(.presence(try LetterReading(agreement: agreement, me: words.me).draft(order)))
    }

    func posts() async throws(DeskError) -> [PostView] {
        try await query { core throws(DeskError) in PresenceWords(core, self.words).views }
    }

    func channels() async throws(DeskError) -> [ChannelView] {
        try await query { core throws(DeskError) in ChannelWords(core, self.words).views }
    }

    func open() async throws(DeskError) -> [OpenView] {
        let now = StationClock.now.wall
        return try await query { core throws(DeskError) in
            let courses = CourseWords(core, self.words)
            let contacts = ContactWords(core, self.words)
            return core.station.duty.inOrder.map { courses.view($0, at: now) }
                + core.station.contacts { self.words.agreements.agreement($0) ?? self.agreement }.map { contacts.open($0, at: now) }
        }
    }

    func attempts(since: String?) async throws(DeskError) -> [AttemptView] {
        try await entries(EntryKind.allCases.filter { $0.isLetter || $0 == .contactRequest }, since: since) { (core, entry, at) throws(JournalError) in
            try CourseWords(core, self.words).attempt(entry, at: at)
        }
    }

    /// Every entry of these kinds since a time, in the order of their times here.
    private func entries<View: Sendable>(
        _ kinds: [EntryKind], since: String?, _ view: @escaping @Sendable (StationCore, Entry, WallTime) throws(JournalError) -> View?
    ) async throws(DeskError) -> [View] {
        let since = try since.map { (text) throws(DeskError) in try Calendar.time(text) }
        var entries: [(at: WallTime, id: EntryID, view: View)] = []
        for author in words.agreement.parties.map(\.number) {
            for kind in kinds {
                let tag = FactTag.entries(of: author, kind: kind.rawValue)
                var before: Int64? = Int64.max
                while let from = before {
                    let page = try await query { core throws(DeskError) in
                        try EntryPage(core, tag: tag, before: from, since: since) { (entry, at) throws(JournalError) in try view(core, entry, at) }
                    }
                    entries += page.entries
                    before = page.next
                    guard entries.count <= ReportLimits.entriesMax else {
                        throw DeskError(.refused, "there are more than \(ReportLimits.entriesMax) entries since then", hint: "ask for a later time with --since")
                    }
                }
            }
        }
        return entries.sorted { ($0.at, $0.id) < ($1.at, $1.id) }.map(\.view)
    }

    func contacts(since: String?) async throws(DeskError) -> [ContactView] {
        guard since == nil else {
            return try await entries([.contactRequest], since: since) { (core, entry, _) throws(JournalError) in
                let words = ContactWords(core, self.words)
                return try words.contact(entry.id).map(words.view)
            }
        }
        return try await query { core throws(DeskError) in
            let words = ContactWords(core, self.words)
            // What the watch holds in memory is without its texts.
            let open = core.station.contacts { self.words.agreements.agreement($0) ?? self.agreement }.map(\.request.id)
            var views: [ContactView] = []
            for id in open { if let contact = try LoopDesk.journal({ () throws(JournalError) in try words.contact(id) }) { views.append(words.view(contact)) } }
            return views
        }
    }

    func contact(_ name: String) async throws(DeskError) -> ContactView {
        try await query { core throws(DeskError) in
            let id = try LoopDesk.resolve(name, core.station, self.words)
            let words = ContactWords(core, self.words)
            guard let contact = try LoopDesk.journal({ () throws(JournalError) in try words.contact(id) }) else {
                throw DeskError(.notFound, "entry \(name) is no request for a contact", hint: "hotline contact list shows them")
            }
            return words.view(contact)
        }
    }

    func letters(_ request: LetterQuery) async throws(DeskError) -> [EntryView] {
        guard (1...LetterQuery.limitMax).contains(request.limit) else {
            throw DeskError(.usage, "a list of \(request.limit) letters", hint: "ask for 1 to \(LetterQuery.limitMax)")
        }
        return try await query { core throws(DeskError) in
            let authors = core.station.membership.members.filter { author in
                switch request.direction {
                case .received: author != core.station.membership.me
                case .sent: author == core.station.membership.me
                case .both: true
                }
            }
            var records: [[Listed]] = []
            for author in authors {
                var rows: [JournalRow] = []
                for kind in EntryKind.allCases where kind.isLetter {
                    let tag = FactTag.entries(of: author, kind: kind.rawValue)
                    rows += try LoopDesk.journal { () throws(JournalError) in try core.journal.rows(tag: tag, before: .max, limit: request.limit) }
                }
                let generations = (core.station.book(of: author)?.sizes ?? []).enumerated().map { ($0.element.id, $0.offset) }
                let places = Dictionary(generations, uniquingKeysWith: { first, _ in first })
                let letters = rows.compactMap { row -> Listed? in
                    guard case .entry(let entry, let at)? = try? Fact(row.row.value) else { return nil }
                    return Listed(entry: entry, at: at, generation: places[entry.id.generation] ?? 0, sequence: row.sequence)
                }
                records.append(letters.sorted { ($0.generation, $0.entry.id.number) > ($1.generation, $1.entry.id.number) })
            }
            let entryWords = EntryWords(core, self.words)
            return LoopDesk.merged(records, limit: request.limit).map { entryWords.view($0.entry, durableAt: $0.at) }
        }
    }

    private struct Listed {
        let entry: Entry
        let at: WallTime
        /// Its generation's place in the record.
        let generation: Int
        let sequence: Int64
    }

    /// The latest first. Each record stays in its own order, whatever order its generations arrived in; between records it is
    /// the order in which they became durable here.
    private static func merged(_ records: [[Listed]], limit: Int) -> [Listed] {
        var left = records.map { $0[...] }
        var letters: [Listed] = []
        while letters.count < limit,
            let next = left.indices.filter({ !left[$0].isEmpty }).max(by: { left[$0].first?.sequence ?? 0 < left[$1].first?.sequence ?? 0 })
        {
            letters.append(left[next].removeFirst())
        }
        return letters
    }

    func entry(_ name: String) async throws(DeskError) -> EntryView {
        try await query { core throws(DeskError) in
            let id = try LoopDesk.resolve(name, core.station, self.words)
            guard let (entry, at) = try LoopDesk.journal({ () throws(JournalError) in try core.history.entry(id) }) else {
                throw DeskError(.notFound, "entry \(name) is not in the record", hint: "hotline inbox lists what there is")
            }
            return EntryWords(core, self.words).view(entry, durableAt: at)
        }
    }

    func status() async throws(DeskError) -> StatusView {
        try await query { core throws(DeskError) in try self.status(core) }
    }

    func checkpoint() async throws(DeskError) -> StatusView {
        let events = hub.listen()
        let wanted = try await query { core throws(DeskError) in CoverView(core.station.own).entries }
        guard mailbox.post(.input(.order(.full))) else { throw LoopDesk.stopped }
        let me = words.party(words.me)
        for await event in events where event.kind == .signed && event.party == me && event.detail == "in full" {
            let status = try await status()
            if status.record.inFullUpTo >= wanted { return status }
        }
        throw LoopDesk.stopped
    }

    func confirm(_ generation: String) async throws(DeskError) -> StatusView {
        let parts = generation.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let value = UInt8(parts[0]), let station = StationNumber(value), let name = GenerationName(parts[1]) else {
            throw DeskError(.usage, "no generation is called '\(generation)'", hint: "name it as hotline watch does: station/generation")
        }
        let id = GenerationID(station: station, name: name)
        let isThere = try await query { core throws(DeskError) in core.station.isProvisional(id) }
        guard isThere else {
            throw DeskError(
                .notFound, "nothing of \(generation) waits for an officer", hint: "what came back under a full signature of ours is in the record already"
            )
        }
        guard mailbox.post(.input(.confirm(id))) else { throw LoopDesk.stopped }
        return try await status()
    }

    func events() async throws(DeskError) -> AsyncStream<EventView> { hub.listen() }

    func duty() async throws(DeskError) -> DutyView { room.view }

    func state(_ order: DutyOrder) async throws(DeskError) -> DutyView { try room.state(order) }

    /// Rings what is due now.
    ///
    /// - Parameter down: the stations of which nothing is heard, and since when.
    /// - Returns: what rang, and the stations of which nothing is heard now.
    func ring(_ room: WatchRoom, down: [StationNumber: WallTime], at now: Moment) async throws(DeskError) -> (rung: [AlarmView], silent: [StationNumber]) {
        try await query { core throws(DeskError) in
            let alarms = AlarmWords(core, self.words)
            let rung = room.poll(alarms.dues(down, now: now.wall), at: now) { alarms.view($0, level: $1, down) }
            return (rung.map(\.view), core.station.deliveries.filter { !$0.isUp }.map(\.peer))
        }
    }

    // MARK: Views

    private func status(_ core: StationCore) throws(DeskError) -> StatusView {
        let station = core.station
        let now = StationClock.now.instant
        let evidence = try LoopDesk.journal { () throws(JournalError) in
            try core.journal.rows(tag: FactTag.evidence, before: .max, limit: 1_000)
        }
        let me = station.membership.me
        return StatusView(
            party: words.party(me), mark: agreement.party(me)?.mark ?? "", station: Int(me.value), line: agreement.terms.line,
            lineWords: Fingerprint(agreement.line).description, generation: station.own.current?.id.name.description ?? "",
            agreement: words.basisName(station.membership.basis), record: CoverView(station.own),
            peers: station.deliveries.map { peer($0, station, now) }, evidence: evidence.count,
            startedAt: startedAt.text
        )
    }

    private func peer(_ delivery: Delivery, _ station: Station, _ now: Instant) -> PeerView {
        let book = station.book(of: delivery.peer)
        let state = delivery.isUp ? (delivery.epochs.sendingEpoch == nil ? "no epoch yet" : "up") : "down"
        return PeerView(
            party: words.party(delivery.peer), mark: agreement.party(delivery.peer)?.mark ?? "", station: Int(delivery.peer.value),
            state: state, bearers: delivery.paths.map { LoopDesk.view($0, now) }, backlog: delivery.backlog, record: CoverView(book),
            generation: book?.current?.id.name.description,
            agreement: book?.current.map { words.basisName($0.opening.basis(on: station.membership.line)) }, epoch: delivery.epochs.sendingEpoch?.value,
            epochsBanked: delivery.epochs.ahead, framesSent: delivery.statistics.framesSent, frameBytesSent: delivery.statistics.frameBytesSent,
            framesDropped: delivery.statistics.framesDropped,
            violations: delivery.statistics.violations
        )
    }

    private static func view(_ path: Path, _ now: Instant) -> BearerView {
        BearerView(
            kind: path.profile.kind, isUp: path.isUp, lastHeard: path.lastHeard.map { Double((now - $0).nanoseconds) / 1e9 },
            roundTrip: path.roundTrip.map { Double($0.nanoseconds) / 1e6 }, probesSent: path.probesSent, probesAnswered: path.probesAnswered
        )
    }

    // MARK: The loop's thread

    static let stopped = DeskError(.unavailable, "the station is stopping", hint: "start it again: hotline run")

    func query<T: Sendable>(_ body: @escaping @Sendable (StationCore) throws(DeskError) -> T) async throws(DeskError) -> T {
        let result: Result<T, DeskError> = await withCheckedContinuation { continuation in
            let query: @Sendable (StationCore?) -> Void = { core in
                guard let core else { return continuation.resume(returning: .failure(LoopDesk.stopped)) }
                do throws(DeskError) {
                    continuation.resume(returning: .success(try body(core)))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
            if !mailbox.post(.query(query)) { query(nil) }
        }
        return try result.get()
    }

    /// A reading that fails is told to whoever asked; the next commit ends the process if the medium is gone.
    static func journal<T>(_ body: () throws(JournalError) -> T) throws(DeskError) -> T {
        do throws(JournalError) { return try body() } catch {
            throw DeskError(.unavailable, "the record could not be read: \(error)", hint: "look at the disk and the station's log")
        }
    }

    /// `W-12`, `12` where one record alone has it, or `station/generation/number`.
    private static func resolve(_ name: String, _ station: Station, _ words: EventWords) throws(DeskError) -> EntryID {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        if parts.count == 3, let value = UInt8(parts[0]), let number = StationNumber(value), let generation = GenerationName(parts[1]),
            let entry = UInt64(parts[2])
        {
            return EntryID(GenerationID(station: number, name: generation), EntryNumber(entry))
        }
        let split = parts[0].split(separator: "-", omittingEmptySubsequences: false)
        guard let serial = UInt64(split.last ?? ""), split.count <= 2, parts.count <= 2 else {
            throw DeskError(.usage, "'\(name)' names no entry", hint: "a serial such as W-12")
        }
        let stations = station.membership.members.filter { number in
            split.count == 1 || words.agreement.party(number)?.mark == split[0].uppercased()
        }
        let found = stations.flatMap { station.book(of: $0)?.entryIDs(serial: serial) ?? [] }.filter {
            parts.count == 1 || $0.generation.name.description.hasPrefix(parts[1].lowercased())
        }
        guard let id = found.first else {
            throw DeskError(.notFound, "no entry \(name) is in the record", hint: "hotline inbox lists what there is")
        }
        guard found.count == 1 else {
            let names = found.map { words.name($0, serial, station) }.joined(separator: ", ")
            throw DeskError(.usage, "'\(name)' names more than one entry", hint: "say which: \(names)")
        }
        return id
    }
}
