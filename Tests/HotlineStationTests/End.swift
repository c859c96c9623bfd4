import HotlineAgreement
import HotlineLine
import HotlineRecord
import HotlineSeal
import HotlineStation
import HotlineWire
import Testing

/// One end of the line in a test: the real station over a journal in memory, its shell in a few lines.
final class End {
    let number: StationNumber
    /// What is installed here; what a start finds.
    private(set) var agreements: LineAgreements
    private var keys: StationPrivateKeys
    private let bearers: [(BearerID, BearerProfile)]
    private let limits: SealingLimits
    private(set) var journal = MemoryJournal()
    private(set) var secrets = MemoryJournal()
    private(set) var station: Station
    private var outcome = Outcome()
    /// Frames that wait to be carried.
    var outbound: [(bearer: BearerID, frame: [UInt8])] = []
    private(set) var events: [Event] = []
    private(set) var refusals = 0
    private(set) var resets = 0
    private var rowsSinceSnapshot = 0
    private var told: (events: Int, letters: Set<Told>) = (0, [])

    /// What is in the journal, read once.
    private var read: [Fact?] = []

    private struct Told: Hashable {
        let author: StationNumber
        let content: [UInt8]
    }
    /// Whether what it wants signed is signed.
    var signs = true
    /// The next turn that has something for both stores ends the process between the two.
    var diesBetweenCommits = false
    private(set) var isDead = false

    init(
        _ number: StationNumber, _ agreement: Agreement, _ keys: StationPrivateKeys, bearers: [(BearerID, BearerProfile)], limits: SealingLimits,
        seed: [UInt8]
    ) throws {
        self.number = number
        let agreements = try #require(LineAgreements(agreement))
        self.agreements = agreements
        self.keys = keys
        self.bearers = bearers
        self.limits = limits
        station = try End.make(number, agreements, bearers, limits, seed, journal, secrets)
    }

    /// The same end in the same state, over copies of its journals.
    init(copy other: End) {
        number = other.number
        agreements = other.agreements
        keys = other.keys
        bearers = other.bearers
        limits = other.limits
        journal = MemoryJournal(copy: other.journal)
        secrets = MemoryJournal(copy: other.secrets)
        // Nothing of the other may change: several tests copy it at once.
        read = other.read
        station = other.station
    }

    /// In force from the next start on.
    func install(_ amendment: Agreement) throws { try agreements.append(amendment) }

    /// The same; `keys` where they are ours.
    func install(_ statement: UnverifiedKeyStatement, keys: StationPrivateKeys? = nil) throws {
        try agreements.append(statement)
        self.keys = keys ?? self.keys
    }

    /// A bearer of a line of three or more is named for its peer too.
    static func bearer(_ id: BearerID, to peer: StationNumber, of peers: Int) -> BearerID {
        peers == 1 ? id : BearerID(UInt16(peer.value) << 8 | id.value)
    }

    private static func make(
        _ number: StationNumber, _ agreements: LineAgreements, _ bearers: [(BearerID, BearerProfile)], _ limits: SealingLimits, _ seed: [UInt8],
        _ journal: MemoryJournal, _ secrets: MemoryJournal
    ) throws -> Station {
        let membership = Membership(
            me: number, keys: agreements.keys, keysVersion: UInt64(agreements.keysVersion(of: number, under: agreements.last))
        )
        for peer in membership.peers {
            let mark = secrets.cells(prefix: KeyMark.key(of: peer)).first?.value
            let changes = KeyMark.changes(of: peer, cells: secrets.cells(prefix: [peer.value]), mark: mark, membership)
            if !changes.isEmpty { try secrets.commit(JournalBatch(cells: changes)) }
        }
        var epochs: [StationNumber: EpochBook] = [:]
        for peer in membership.peers { epochs[peer] = try EpochBook(cells: secrets.cells(prefix: [peer.value]), limits: limits) }
        let seed = try #require(StartSeed(seed))
        var station = Station(
            agreement: agreements.last, membership: membership, seed: seed,
            paths: membership.peers.flatMap { peer in bearers.map { (peer, bearer($0.0, to: peer, of: membership.peers.count), $0.1) } },
            epochs: epochs
        )
        let snapshot = journal.snapshot()
        if let snapshot { try station.restore(snapshot: snapshot.bytes) }
        for row in journal.rows(after: snapshot?.through ?? 0, limit: .max) {
            let isSound = try station.recover(row)
            #expect(isSound, "the hashes beside row \(row.sequence) are those of its entry")
        }
        return station
    }

    /// The process ends and a new one recovers from what was committed.
    func restart(seed: [UInt8], at now: Moment) throws {
        outbound = []
        outcome = Outcome()
        isDead = false
        station = try End.make(number, agreements, bearers, limits, seed, journal, secrets)
        try feed([.start(restored: StartMark(secrets.cells(prefix: StartMark.prefix), of: number).restored(station.own))], at: now)
    }

    /// The process ends, and a new one recovers from a backup of the record. The secrets' store is never in a backup: it is the
    /// one that was there, or lost with the disk.
    func restore(_ backup: MemoryJournal, keepingSecrets: Bool, seed: [UInt8], at now: Moment) throws {
        journal = MemoryJournal(copy: backup)
        read = []
        if !keepingSecrets { secrets = MemoryJournal() }
        try restart(seed: seed, at: now)
    }

    /// One turn of the loop: decide, commit, act.
    func feed(_ inputs: [Input], at now: Moment) throws {
        guard !isDead else { return }
        var waiting = inputs
        repeat {
            var outcome = Outcome()
            for input in waiting { station.handle(input, at: now, into: &outcome) }
            let loaded = try History(journal).load(station.needs)
            station.poll(loaded, at: now, into: &outcome)
            if !outcome.secretCells.isEmpty { try secrets.commit(JournalBatch(cells: outcome.secretCells)) }
            if diesBetweenCommits, !outcome.secretCells.isEmpty, !outcome.rows.isEmpty {
                diesBetweenCommits = false
                isDead = true
                outbound = []
                return
            }
            rowsSinceSnapshot += outcome.rows.count
            let snapshot = rowsSinceSnapshot >= 100 ? station.snapshot : nil
            if snapshot != nil { rowsSinceSnapshot = 0 }
            let batch = JournalBatch(rows: outcome.rows, cells: outcome.cells, snapshot: snapshot)
            if !batch.isEmpty { try journal.commit(batch) }
            waiting = []
            for effect in outcome.effects { waiting += try perform(effect) }
        } while !waiting.isEmpty
    }

    private func perform(_ effect: Effect) throws -> [Input] {
        switch effect {
        case .transmit(let bearer, let frame):
            outbound.append((bearer, frame))
            return []
        case .reset:
            resets += 1
            return []
        case .sign(let checkpoint, let strength):
            guard signs else { return [] }
            return [.signed(checkpoint, strength, signature: try keys.sign(checkpoint.text, strength: strength))]
        case .makeOffers(let peer, let epochs):
            let secrets = try epochs.map { try OfferSecret.generate(epoch: $0) }
            let offers = try secrets.map { try $0.offer }
            let body = SignedOffers.body(offers, station.membership.parties(offerer: number, accepter: peer))
            return [.offerMade(peer: peer, secrets, SignedOffers(offers: offers, signature: try keys.station.sign(body)))]
        case .makeAccept(let peer, let offers, let object):
            let parties = station.membership.parties(offerer: peer, accepter: number)
            let made = try offers.offers.map { try EpochAgreement.accept($0, parties) }
            let signature = try keys.station.sign(SignedAccepts.body(made.map(\.accept), parties))
            return [.acceptMade(peer: peer, SignedAccepts(accepts: made.map(\.accept), signature: signature), made.map(\.secret), object: object)]
        case .signStale(let peer, let object, let highest):
            let parties = station.membership.parties(offerer: peer, accepter: number)
            let signature = try keys.station.sign(SignedStale.body(object, highest, parties))
            return [.staleMade(peer: peer, SignedStale(object: object, highest: highest, signature: signature))]
        case .answer(_, let result):
            if case .failure = result { refusals += 1 }
            return []
        case .tell(let event):
            events.append(event)
            return []
        }
    }

    /// Row for row; nil where a row is no fact.
    var facts: [Fact?] {
        read += journal.rows[read.count...].map { try? Fact($0.row.value) }
        return read
    }

    /// Whether this end was told of a letter with this text, since it was made. Cheap enough to ask at every step.
    func has(_ text: String, from author: StationNumber) -> Bool {
        for event in events[told.events...] {
            if case .entry(let entry, _) = event { told.letters.insert(Told(author: entry.id.author, content: entry.content)) }
        }
        told.events = events.count
        return told.letters.contains(Told(author: author, content: Array(text.utf8)))
    }

    /// The letters of an author as this end has them, in the order of the author's record.
    func letters(of author: StationNumber) -> [String] {
        let order = (station.book(of: author)?.sizes ?? []).map(\.id)
        let entries = facts.compactMap { fact -> Entry? in
            guard case .entry(let entry, _)? = fact, entry.id.author == author, entry.header.kind == 1 else { return nil }
            return entry
        }
        return order.flatMap { generation in
            entries.filter { $0.id.generation == generation }.map { String(decoding: $0.content, as: UTF8.self) }
        }
    }
}
