import HotlineLine
import HotlineRecord
import HotlineSeal
import HotlineStation
import HotlineWatch
import HotlineWire

/// One end of the line: the real station, and its shell in a few lines. A value, so that a run begins with a copy.
struct End {
    let number: StationNumber
    private let keys: StationPrivateKeys
    var journal = MemoryStore()
    var secrets = MemoryStore()
    private(set) var station: Station
    /// Frames that wait to be carried.
    var outbound: [(bearer: BearerID, frame: [UInt8])] = []
    private(set) var events: [Event] = []
    /// Letters that the agreement allowed and that are in the record.
    private(set) var composed = 0
    private var rowsSinceSnapshot = 0

    init(_ number: StationNumber, _ keys: StationPrivateKeys, seed: [UInt8]) throws {
        self.number = number
        self.keys = keys
        station = try End.recovered(number, seed: seed, journal, secrets)
    }

    /// The process ends, and a new one recovers from what was committed.
    mutating func restart(seed: [UInt8], at now: Moment) throws {
        outbound = []
        station = try End.recovered(number, seed: seed, journal, secrets)
        try feed([.start(restored: StartMark(secrets.cells(prefix: StartMark.prefix), of: number).restored(station.own))], at: now)
    }

    private static func recovered(_ number: StationNumber, seed: [UInt8], _ journal: MemoryStore, _ secrets: MemoryStore) throws -> Station {
        let membership = Parties.shared.membership(of: number)
        var epochs: [StationNumber: EpochBook] = [:]
        for peer in membership.peers { epochs[peer] = try EpochBook(cells: secrets.cells(prefix: [peer.value])) }
        guard let seed = StartSeed(seed) else { fatalError("a seed has 32 bytes") }
        var station = Station(
            agreement: Parties.shared.agreement, membership: membership, seed: seed,
            paths: membership.peers.flatMap { peer in Exchange.bearers.map { (peer, $0.id, $0.profile) } }, epochs: epochs
        )
        if let snapshot = journal.snapshot { try station.restore(snapshot: snapshot.bytes) }
        for row in journal.rows.dropFirst(Int(journal.snapshot?.through ?? 0)) {
            let isSound = try station.recover(row)
            check(isSound, "the hashes beside a row are those of its entry")
        }
        return station
    }

    /// One turn of the loop: decide, commit, act.
    mutating func feed(_ inputs: [Input], at now: Moment) throws {
        var waiting = inputs
        repeat {
            var outcome = Outcome()
            for input in waiting { station.handle(input, at: now, into: &outcome) }
            station.poll(try History(MemoryJournal(journal)).load(station.needs), at: now, into: &outcome)
            secrets.commit(JournalBatch(cells: outcome.secretCells))
            rowsSinceSnapshot += outcome.rows.count
            let snapshot = rowsSinceSnapshot >= 50 ? station.snapshot : nil
            if snapshot != nil { rowsSinceSnapshot = 0 }
            journal.commit(JournalBatch(rows: outcome.rows, cells: outcome.cells, snapshot: snapshot))
            waiting = []
            for effect in outcome.effects { waiting += try perform(effect) }
        } while !waiting.isEmpty
    }

    private mutating func perform(_ effect: Effect) throws -> [Input] {
        switch effect {
        case .transmit(let bearer, let frame):
            outbound.append((bearer, frame))
            return []
        case .reset:
            return []
        case .answer(_, let result):
            if case .success = result { composed += 1 }
            return []
        case .sign(let checkpoint, let strength):
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
        case .tell(let event):
            events.append(event)
            return []
        }
    }

    /// The letters of an author as this end has them, in the order of the author's record.
    func letters(of author: StationNumber) -> [String] {
        var entries: [GenerationID: [Entry]] = [:]
        for row in journal.rows {
            guard case .entry(let entry, _)? = try? Fact(row.row.value), entry.id.author == author, entry.header.kind == 1 else { continue }
            entries[entry.id.generation, default: []].append(entry)
        }
        return (station.book(of: author)?.sizes ?? []).map(\.id).flatMap { generation in
            (entries[generation] ?? []).map { String(decoding: $0.content, as: UTF8.self) }
        }
    }
}
