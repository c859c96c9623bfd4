import HotlineAgreement
import HotlineDesk
import HotlineLine
import HotlineRecord
import HotlineStation
import HotlineWatch
import HotlineWire

/// One entry as a person reads it, from the station's state and its journal. On the loop's thread.
struct EntryWords {
    let core: StationCore
    let words: EventWords
    private var agreement: Agreement { words.agreement }
    private var station: Station { core.station }

    init(_ core: StationCore, _ words: EventWords) {
        self.core = core
        self.words = words
    }

    func view(_ entry: Entry, durableAt: WallTime) -> EntryView {
        let header = entry.header
        let agreement = words.agreement(of: entry)
        let isOwn = entry.id.author == station.membership.me
        let language = LanguageNumber(header.language).flatMap { agreement.language($0) }
        let book = station.book(of: entry.id.author)
        let cover = self.cover(entry.id, book)
        let courses = CourseWords(core, words)
        let course = (try? courses.course(entry.id)) ?? nil
        return EntryView(
            serial: serial(entry.id), id: entry.id.description, party: words.party(entry.id.author), isOwn: isOwn, kind: EntryKind.word(header.kind),
            precedence: header.precedence.description, exercise: header.exercise, channel: channel(header.channel, agreement),
            from: words.title(header.fromPost, language?.tag, in: agreement), to: words.title(header.toPost, language?.tag, in: agreement),
            fromPost: words.code(header.fromPost, in: agreement), toPost: words.code(header.toPost, in: agreement),
            address: address(header.toPost, language?.tag, agreement), language: language?.tag.description, claimedAt: words.claimed(header.claimedTime),
            durableAt: durableAt.text, text: text(entry),
            bytes: entry.content.count, references: entry.references.map(serial),
            stages: stages(entry, durableAt: durableAt, cover: cover, course.map(courses.stages) ?? []),
            outcome: course.map(courses.outcome), replyBy: Letter.replyBy(entry).flatMap(words.claimed),
            release: ReleaseWords.view((try? core.releases.release(of: entry, core)) ?? nil), breaches: course.map(courses.breaches) ?? [],
            signed: cover,
            agreement: words.basisName(station.basis(of: entry.id.generation) ?? Basis(agreement: entry.agreement)),
            isAgreementInstalled: station.isInstalled(entry.id.generation)
        )
    }

    func serial(_ id: EntryID) -> String { words.serial(id, station) }

    private func text(_ entry: Entry) -> String? {
        switch EntryKind(rawValue: entry.header.kind) {
        case .letter, .letterByTime: TextRules.shown(String(decoding: Letter.text(entry) ?? [], as: UTF8.self))
        case .receipt, .holdingReply, .outcome: words.sentence(entry)
        case .channel: words.channel(entry)
        case .contactRequest: words.request(entry)
        case .contactStatement: words.contactStatement(entry)
        case .presence: words.presence(entry)
        case .declaration: RestoreWords.declaration(entry.content, agreement)
        case .recovery: RestoreWords.recovery(entry.content, agreement)
        case .inForce: words.inForce(entry)
        case .roster: RosterWords.entry(entry.content, of: entry.id.author, words.agreements)
        case .lightRelease, .release: ReleaseWords.entry(entry)
        case .opening, nil: nil
        }
    }

    private func channel(_ number: UInt8, _ agreement: Agreement) -> String {
        ChannelNumber(number).flatMap { agreement.channel($0)?.code } ?? "unknown channel \(number)"
    }

    private func address(_ post: UInt8, _ language: LanguageTag?, _ agreement: Agreement) -> String? {
        guard let number = PostNumber(post), let post = agreement.post(number) else { return nil }
        return language.map { post.address.text(in: $0) } ?? post.address.first
    }

    private func cover(_ id: EntryID, _ book: Book?) -> String {
        let signed = book?.signed(id.generation) ?? [:]
        if id.number < (signed[.full] ?? .zero).next { return "in full" }
        return id.number < (signed[.light] ?? .zero).next ? "provisionally" : "unsigned"
    }

    private func stages(_ entry: Entry, durableAt: WallTime, cover: String, _ course: [StageView]) -> [StageView] {
        var stages = [StageView(stage: "durable here", at: durableAt.text, word: "our station")] + arrival(entry.id) + course
        switch cover {
        case "in full": stages.append(StageView(stage: "signed in full", at: nil, word: words.party(entry.id.author)))
        case "provisionally": stages.append(StageView(stage: "signed provisionally", at: nil, word: words.party(entry.id.author)))
        default: break
        }
        return stages
    }

    /// Whether an entry of ours is at their stations, and since when.
    func arrival(_ id: EntryID) -> [StageView] {
        guard id.author == station.membership.me else { return [] }
        return station.deliveries.filter { $0.isAcknowledged(id) }.map { delivery in
            StageView(stage: "at their station", at: acknowledgedAt(id, by: delivery.peer)?.text, word: "\(words.party(delivery.peer))'s station")
        }
    }

    /// Our clock when the peer's station first said that it holds the entry. Searches the last few thousand
    /// acknowledgements; an older time is known to the journal and not worth the reading.
    private func acknowledgedAt(_ id: EntryID, by peer: StationNumber) -> WallTime? {
        var found: WallTime?
        var before = Int64.max
        for _ in 0..<EntryWords.acknowledgementPages {
            guard let rows = try? core.journal.rows(tag: FactTag.acknowledgements(by: peer), before: before, limit: 500), !rows.isEmpty else { break }
            for row in rows {
                before = row.sequence
                guard case .acknowledged(let ack)? = try? Fact(row.row.value), ack.generation == id.generation else { continue }
                guard ack.entries.contains(id.number) else { return found }
                found = ack.at
            }
        }
        return found
    }

    private static let acknowledgementPages = 20
}

extension CoverView {
    /// A record as its author has signed it, in serials of the whole record.
    init(_ book: Book?) {
        guard let book, let current = book.current else {
            self.init(entries: 0, inFullUpTo: 0, provisionallyUpTo: 0, unsigned: 0)
            return
        }
        let base = current.opening.serialBase
        let entries = base + current.size.value
        let closed = current.opening.predecessor.flatMap { book.closed($0.generation) }
        let closedFull = closed.map { $0.signed == $0.head.size ? base : $0.serialBase + $0.signed.value } ?? 0
        let closedProvisional = closed.map { $0.serialBase + $0.signedProvisionally.value } ?? 0
        let full = current.signedFull > .zero ? base + current.signedFull.value : closedFull
        let provisional = current.signedProvisionally > .zero ? base + current.signedProvisionally.value : max(closedProvisional, full)
        self.init(entries: entries, inFullUpTo: full, provisionallyUpTo: provisional, unsigned: entries - min(entries, provisional))
    }
}
