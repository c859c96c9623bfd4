public import HotlineAgreement
public import HotlineLine
public import HotlineRecord
import HotlineSeal
public import HotlineWatch
public import HotlineWire

/// One end of the line. The same inputs give the same outcomes on any machine, at any speed.
///
/// It decides first and applies the facts it has decided on; recovery applies the same facts. It holds heads and
/// frontiers, not history: what it needs of the past it asks for (`needs`).
public struct Station: Sendable {
    public let membership: Membership
    let agreement: Agreement
    let seed: StartSeed
    public internal(set) var own: Book
    /// The peers' records, in order of station number.
    public internal(set) var theirs: [Book]
    public internal(set) var deliveries: [Delivery]
    var signing = Signing()
    /// Peers' checkpoints that wait for entries or for a root from the store: one of each strength.
    var parked: [StationNumber: [CheckpointStrength: ParkedCheckpoint]] = [:]
    /// The latest verified checkpoints of each open generation: what a fork is proved against.
    var latest: [GenerationID: [CheckpointStrength: UnverifiedCheckpoint]] = [:]
    var conflicts: [StationNumber: Int] = [:]
    var tail = Tail()
    /// Since this start from a backup: what it did not hold may still come back.
    var awaitsRebuild = false
    var statements = Statements()
    var late = LateEntries()
    /// The letters that wait for something.
    public internal(set) var duty = Duty()
    var channelStatements = ChannelStatements()
    var openContacts = OpenContacts()
    var presences = Presences()
    var openings: [StationNumber: OpeningBudget] = [:]
    var marking = Marking()
    var violations: [StationNumber: (since: Instant, count: Int)] = [:]

    struct ParkedCheckpoint: Sendable {
        let strength: CheckpointStrength
        let head: GenerationSize
        let held: [GenerationSize]
        let signature: [UInt8]
    }

    /// A station at the beginning of its record, before its first start.
    public init(
        agreement: Agreement, membership: Membership, seed: StartSeed, paths: [(peer: StationNumber, BearerID, BearerProfile)],
        epochs: [StationNumber: EpochBook]
    ) {
        self.agreement = agreement
        self.membership = membership
        self.seed = seed
        own = Book(station: membership.me)
        theirs = membership.peers.map { Book(station: $0) }
        deliveries = membership.peers.map { peer in
            Delivery(
                membership: membership, peer: peer, seed: seed, paths: paths.filter { $0.peer == peer }.map { ($0.1, $0.2) },
                epochs: epochs[peer] ?? EpochBook()
            )
        }
    }

    public func book(of station: StationNumber) -> Book? { station == membership.me ? own : theirs.first { $0.station == station } }

    /// Which channels are suspended, as the records here say.
    public var suspensions: Suspensions { channelStatements.suspensions { RecordOrder(books) } }

    /// Which posts are manned, as the records here say.
    public var standings: [PostNumber: Presences.Standing] { presences.standings { RecordOrder(books) } }

    /// The contacts that are not over, in the order of their times here.
    ///
    /// - Parameter agreement: the one of a hash, as an entry names it.
    public func contacts(_ agreement: (Hash) -> Agreement) -> [Contact] { openContacts.all(RecordOrder(books), agreement) }

    /// Of all members.
    public var books: [Book] { [own] + theirs }

    public func delivery(to peer: StationNumber) -> Delivery? { deliveries.indices.first { deliveries[$0].peer == peer }.map { deliveries[$0] } }

    // MARK: One input

    public mutating func handle(_ input: Input, at now: Moment, into outcome: inout Outcome) {
        switch input {
        case .start(let restored):
            awaitsRebuild = restored != nil
            start(isRestored: restored != nil, at: now, into: &outcome)
            if let restored { declare(restored, at: now, into: &outcome) }
        case .compose(let draft, let ticket):
            compose(draft, ticket: ticket, at: now, into: &outcome)
        case .act(let draft, let course, let ticket):
            state(draft, course, ticket: ticket, at: now, into: &outcome)
        case .channel(let draft, let ticket):
            state(draft, ticket: ticket, at: now, into: &outcome)
        case .request(let draft, let ticket):
            ask(draft, ticket: ticket, at: now, into: &outcome)
        case .presence(let draft, let ticket):
            state(draft, ticket: ticket, at: now, into: &outcome)
        case .contact(let draft, let contact, let ticket):
            state(draft, contact, ticket: ticket, at: now, into: &outcome)
        case .release(let draft, let past, let ticket):
            release(draft, past, ticket: ticket, at: now, into: &outcome)
        case .roster(let roster, let inForce, let ticket):
            enrol(roster, inForce: inForce, ticket: ticket, at: now, into: &outcome)
        case .bearer(let event, let peer):
            handle(event, peer: peer, at: now, into: &outcome)
        case .signed(let checkpoint, let strength, let signature):
            signed(UnverifiedCheckpoint(checkpoint: checkpoint, strength: strength, signature: signature), at: now, into: &outcome)
        case .offerMade(let peer, let secrets, let offers):
            change(peer) { outcome.secretCells += $0.offerMade(secrets, offers, at: now.instant) }
        case .acceptMade(let peer, let accepts, let secrets, let object):
            change(peer) { outcome.secretCells += $0.acceptMade(accepts, secrets, object: object, at: now.instant) }
        case .staleMade(let peer, let stale):
            change(peer) { $0.staleMade(stale, at: now.instant) }
        case .confirm(let generation):
            confirm(generation, at: now, into: &outcome)
        case .bank(let peer, let count):
            change(peer) { $0.bank(ahead: count) }
        case .order(let strength):
            signing.order(strength)
        }
    }

    private mutating func start(isRestored: Bool, at now: Moment, into outcome: inout Outcome) {
        if Canary.generationKept.sings, own.current != nil {
            for index in deliveries.indices { deliveries[index].resumeHandshake(at: now.instant) }
            return
        }
        guard let blinds = BlindSecret(seed.blinds) else { preconditionFailure("a seed gives 32 bytes") }
        let generation = GenerationID(station: membership.me, name: seed.generation)
        let predecessor = own.current?.head
        let opening = Opening(
            predecessor: predecessor, held: theirs.flatMap(\.headsToOpen).sorted { $0.generation < $1.generation },
            blinds: blinds, serialBase: own.current.map { $0.opening.serialBase + $0.size.value } ?? 0, basis: basisToState
        )
        let isSwitch = own.current?.opening.basis != basisToState
        let header = EntryHeader(kind: Opening.kind, precedence: .immediate, claimedTime: agreement.claimed(now.wall))
        append(
            Entry(
                id: EntryID(generation, EntryNumber(0)), agreement: membership.agreement, header: header, references: [], seen: written,
                content: opening.encoded
            ), at: now, into: &outcome
        )
        if isSwitch { stateInForce(at: now, into: &outcome) }
        markStart(after: isRestored ? nil : predecessor, into: &outcome)
        for index in deliveries.indices { deliveries[index].resumeHandshake(at: now.instant) }
        // Of each strength the last one stays: that of the generation written last.
        for (generation, _) in own.sizes {
            for strength in CheckpointStrength.allCases { if let checkpoint = latest[generation]?[strength] { offer(checkpoint) } }
        }
    }

    /// The first statement of a generation that stands on another basis than the one before it.
    private mutating func stateInForce(at now: Moment, into outcome: inout Outcome) {
        let content = InForce(basis: membership.basis, version: UInt64(agreement.terms.edition.version), keysVersion: membership.keysVersion)
        state(InForce.kind, content.encoded, at: now, into: &outcome)
    }

    /// Appends a statement of the station itself, addressed to no post.
    mutating func state(_ kind: UInt8, _ content: [UInt8], at now: Moment, into outcome: inout Outcome) {
        guard let generation = own.current else { preconditionFailure("a station states something after it has started") }
        let header = EntryHeader(kind: kind, precedence: .immediate, claimedTime: agreement.claimed(now.wall))
        append(
            Entry(
                id: EntryID(generation.id, generation.size.next), agreement: membership.agreement, header: header, references: [], seen: seen,
                content: content
            ), at: now, into: &outcome
        )
    }

    /// Appends an entry of ours and offers it to every peer.
    mutating func append(_ entry: Entry, at now: Moment, into outcome: inout Outcome) {
        commit(.entry(entry, at: now.wall), at: now, into: &outcome)
    }

    /// Of each other record the generation that is written now. It never falls, whatever openings a peer makes up.
    var seen: [Entry.Seen] {
        own.current.map { $0.seen.forward(to: written) } ?? written
    }

    private var written: [Entry.Seen] { theirs.compactMap { book in book.current.map { Entry.Seen(generation: $0.id, size: $0.size) } } }

    // MARK: Facts

    /// Applies a fact and puts its row into the outcome.
    mutating func commit(_ fact: Fact, at now: Moment, into outcome: inout Outcome) {
        let isRestoreOrClone = opensAfterRestore(fact)
        let nodes = apply(fact)
        outcome.rows.append(fact.row(nodes: nodes.map { $0.flatMap(\.bytes) }))
        if !fact.isLazy { outcome.mustCommit = true }
        switch fact {
        case .entry(let entry, _):
            signing.noted(at: now.instant)
            let isOwn = entry.id.author == membership.me
            if !isOwn {
                noteMore(entry.id.generation)
                change(entry.id.author) { $0.owe(entry.id.generation) }
            } else if entry.id.generation == own.current?.id {
                for index in deliveries.indices { deliveries[index].offer(entry) }
            } else {
                for index in deliveries.indices { deliveries[index].recall(entry.id, entry.header.precedence) }
            }
            for reference in entry.references { outcome.cells.append(FactKey.reference(to: reference, from: entry.id)) }
            if let use = FactKey.use(entry) { outcome.cells.append(use) }
            let serial = book(of: entry.id.author)?.serial(of: entry.id) ?? 0
            outcome.effects.append(.tell(.entry(entry, serial: serial)))
            if isRestoreOrClone { outcome.effects.append(.tell(.restored(entry.id.generation))) }
        case .early(let entry, _):
            change(entry.id.author) { $0.owe(entry.id.generation) }
            outcome.effects.append(.tell(.early(entry)))
        case .checkpoint(let checkpoint, _):
            let head = checkpoint.checkpoint.head
            outcome.cells.append(JournalCell(key: FactKey.checkpoint(head.generation, checkpoint.strength), value: checkpoint.encoded))
            outcome.effects.append(.tell(.signed(GenerationSize(head.generation, head.size), checkpoint.strength)))
            noteMore(head.generation)
        case .current(let peer, let name):
            outcome.effects.append(.tell(.current(peer: peer, name)))
        case .acknowledged(let acknowledged):
            outcome.effects.append(
                .tell(.acknowledged(peer: acknowledged.peer, GenerationSize(acknowledged.generation, acknowledged.entries.size)))
            )
        case .conflict(let entry, _):
            outcome.effects.append(.tell(.conflict(entry.id)))
        case .fork(let first, _, _):
            outcome.effects.append(.tell(.fork(GenerationSize(first.checkpoint.head.generation, first.checkpoint.head.size))))
        case .verified(let part, .light, let peer):
            outcome.effects.append(.tell(.provisional(peer: peer, part)))
        case .violation, .reopened, .claimed, .returned, .verified, .stated:
            break
        }
    }

    /// A peer's generation has grown that is not the one it writes: it may have lost that one, and is told that we hold more.
    private mutating func noteMore(_ generation: GenerationID) {
        guard generation.station != membership.me, book(of: generation.station)?.current?.id != generation else { return }
        change(generation.station) { $0.owesMore = true }
    }

    private func opensAfterRestore(_ fact: Fact) -> Bool {
        guard case .entry(let entry, _) = fact, entry.id.number == EntryNumber(0), entry.id.author != membership.me,
            let opening = try? Opening(entry.content), let book = book(of: entry.id.author)
        else { return false }
        return book.isRestoreOrClone(entry.id.generation, opening)
    }

    /// The one way in which the durable state changes: in a start, in a recovery, in a test. Gives the hashes that an
    /// entry has completed.
    @discardableResult
    public mutating func apply(_ fact: Fact) -> [Hash]? {
        switch fact {
        case .entry(let entry, let at):
            duty.apply(entry, at: at, agreement)
            channelStatements.apply(entry, at: at, agreement)
            presences.apply(entry, at: at, agreement)
            if OpenContacts.concern(entry) {
                let books = books
                openContacts.apply(entry, at: at, agreement) { RecordOrder(books) }
            }
            return apply(entry)
        case .early(let entry, _):
            changeBook(entry.id.author) { $0.hold(early: entry) }
        case .checkpoint(let checkpoint, _):
            latest[checkpoint.checkpoint.head.generation, default: [:]][checkpoint.strength] = checkpoint
            changeBook(checkpoint.checkpoint.signer) { $0.note(signed: checkpoint.checkpoint.head, checkpoint.strength) }
            if checkpoint.checkpoint.signer == membership.me, checkpoint.strength == .full {
                for head in checkpoint.checkpoint.held { changeBook(head.generation.station) { $0.note(cosigned: head) } }
            }
        case .current(let peer, let name):
            let own = own
            change(peer) { $0.apply(current: name, own: own) }
        case .acknowledged(let ack):
            let own = own
            change(ack.peer) {
                $0.apply(receiver: ack.receiver, of: ack.generation, ack.entries, chainComplete: ack.chainComplete, own: own)
            }
        case .conflict(let entry, _):
            conflicts[entry.id.author, default: 0] += 1
        case .reopened(let stem):
            changeBook(stem.id.station) { $0.reopen(stem) }
        case .claimed(let stem, let peer):
            tail.claims[peer, default: [:]][stem.id] = Claim(stem)
        case .returned(let entry, let peer, _):
            return apply(returned: entry, by: peer)
        case .verified(let part, let strength, let peer):
            tail.change(peer, part.generation) { $0.verified[strength] = max(part.size, $0.verified[strength] ?? .zero) }
        case .stated(let checkpoint, _):
            statements.keep(checkpoint)
        case .fork(let first, let second, _):
            statements.noteProof(first, second)
        case .violation:
            break
        }
        return nil
    }

    private mutating func apply(returned entry: Entry, by peer: StationNumber) -> [Hash] {
        var claim = tail.claim(by: peer, entry.id.generation) ?? (try? Opening(entry.content)).map { Claim(opening: $0) }
        guard let nodes = claim?.append(entry, line: membership.line) else { preconditionFailure("a claim begins with an opening") }
        tail.claims[peer, default: [:]][entry.id.generation] = claim
        return nodes
    }

    private mutating func apply(_ entry: Entry) -> [Hash] {
        let generation = entry.id.generation
        if entry.id.number == EntryNumber(0), let opening = try? Opening(entry.content) {
            let isTakenBack = tail.claims.values.contains { $0[generation] != nil }
            changeBook(generation.station) { $0.open(generation, opening, takenBack: isTakenBack) }
            // Its checkpoints came before it.
            for checkpoint in (latest[generation] ?? [:]).values where isTakenBack {
                changeBook(generation.station) { $0.note(signed: checkpoint.checkpoint.head, checkpoint.strength) }
            }
            if !isTakenBack { forgetCheckpoints(of: generation.station) }
            noteBasis(of: generation.station)
        }
        guard let blinds = book(of: generation.station)?.generation(generation)?.opening.blinds else {
            preconditionFailure("an entry is applied to an open generation")
        }
        let leaf = entry.leafHash(line: membership.line, blind: blinds.blind(of: entry.id.number))
        var nodes: [Hash] = []
        changeBook(generation.station) { nodes = $0.append(entry, leaf: leaf) }
        if entry.header.kind == Declaration.kind, generation.station == membership.me, let declaration = try? Declaration(entry.content),
            declaration.cause == .shown
        {
            tail.declared.formUnion(declaration.known.map(\.part.generation))
        }
        return nodes
    }

    /// Of generations that are closed the store has the checkpoints. What may still come back needs ours at hand.
    private mutating func forgetCheckpoints(of station: StationNumber) {
        latest = latest.filter { generation, _ in
            generation.station != station || book(of: station)?.generation(generation) != nil || tail.claims.values.contains { $0[generation] != nil }
        }
    }

    mutating func change(_ peer: StationNumber, _ body: (inout Delivery) -> Void) {
        guard let index = deliveries.indices.first(where: { deliveries[$0].peer == peer }) else { return }
        body(&deliveries[index])
    }

    mutating func changeBook(_ station: StationNumber, _ body: (inout Book) -> Void) {
        if station == membership.me {
            body(&own)
        } else if let index = theirs.firstIndex(where: { $0.station == station }) {
            body(&theirs[index])
        }
    }

    /// Offers a checkpoint of ours to every peer.
    mutating func offer(_ checkpoint: UnverifiedCheckpoint) {
        guard let signed = try? membership.keys.verify(checkpoint).0 else { return }
        for index in deliveries.indices { deliveries[index].offer(signed) }
    }
}
