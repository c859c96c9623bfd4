public import HotlineRecord
import HotlineSeal
public import HotlineWire

/// The way in: a frame from a bearer becomes arrivals. Nothing here throws: bytes that are not the peer's are dropped and
/// counted, and bytes that are the peer's and wrong are a violation.
extension Delivery {
    public mutating func receive(_ frame: [UInt8], over bearer: BearerID, own: Book, at now: Instant) -> [Arrival] {
        statistics.framesReceived += 1
        statistics.frameBytesReceived += UInt64(frame.count)
        let max = paths.first { $0.id == bearer }?.profile.frameBytesMax ?? Limits.frameBytesMax
        guard let unverified = try? UnverifiedFrame(frame, max: max) else { return drop() }
        switch unverified {
        case .handshake(let fragment):
            guard fragment.from == peer, fragment.to == membership.me else { return drop() }
            return receive(fragment, over: bearer, at: now)
        case .sealed(let header, let ciphertext):
            guard header.from == peer, header.to == membership.me,
                let (slot, plaintext) = receiving.open(
                    header, ciphertext, secrets: epochs.secrets(low: header.epochLow),
                    key: { [membership, peer] in FrameKey(secret: $0, line: membership.line, from: peer, to: membership.me, salt: $1) }
                )
            else { return drop() }
            change(bearer) { $0.lastHeard = now }
            silence.ends()
            return opened(plaintext, header, slot: slot, over: bearer, own: own, at: now)
        }
    }

    private mutating func drop() -> [Arrival] {
        statistics.framesDropped += 1
        return []
    }

    func violate(_ violation: Violation) -> [Arrival] { [.violation(violation)] }

    /// Counts what the station records, whoever found it.
    public mutating func noteViolation() { statistics.violations += 1 }

    private mutating func opened(
        _ plaintext: [UInt8], _ header: FrameHeader, slot: Int, over bearer: BearerID, own: Book, at now: Instant
    ) -> [Arrival] {
        if let epoch = receiving.context(slot)?.epoch { epochs.heard(in: epoch) }
        if case .full = header.salt, mayTellKnown(slot, at: now) { knownOwed = slot }
        let items: [Item]
        do throws(WireError) { items = try Item.decode(plaintext) } catch { return violate(.malformed(error)) }
        var arrivals: [Arrival] = []
        for item in items { arrivals += receive(item, slot: slot, over: bearer, own: own, at: now) }
        return Delivery.inOrder(arrivals)
    }

    /// The entries in the order of their numbers, each in the place of one: where there is no room beyond a gap, only so do several that are
    /// lacking get in together (LINE-13).
    private static func inOrder(_ arrivals: [Arrival]) -> [Arrival] {
        var entries: [ArrivingEntry] = []
        for case .entry(let entry) in arrivals { entries.append(entry) }
        guard zip(entries, entries.dropFirst()).contains(where: { $0.id.number > $1.id.number }) else { return arrivals }
        var sorted = entries.enumerated().sorted { ($0.element.id.number, $0.offset) < ($1.element.id.number, $1.offset) }.map(\.element).makeIterator()
        return arrivals.map { arrival in
            guard case .entry = arrival, let entry = sorted.next() else { return arrival }
            return .entry(entry)
        }
    }

    /// A frame that says nothing but 'known' has its salt written out, too, where the other side's word for it is still on its way: without
    /// a pause two stations that change their salts would answer each other for ever.
    private func mayTellKnown(_ slot: Int, at now: Instant) -> Bool {
        guard let told = knownTold, told.salt == receiving.context(slot)?.salt else { return true }
        return now - told.at >= LineLimits.knownInterval
    }

    private mutating func receive(_ item: Item, slot: Int, over bearer: BearerID, own: Book, at now: Instant) -> [Arrival] {
        switch item {
        case .name(let alias, let generation):
            guard receiving.name(alias, generation, in: slot) else { return violate(.renamed) }
            knownOwed = slot
            return []
        case .probe(let challenge):
            change(bearer) { path in
                path.echoesOwed.append(challenge)
                if path.echoesOwed.count > LineLimits.echoesOwed { path.echoesOwed.removeFirst() }
            }
            return []
        case .echo(let challenge, let alias):
            return receive(echo: challenge, receiving.generation(alias, in: slot), at: now)
        case .acknowledgement(let ack):
            return receive(ack, slot: slot, own: own)
        case .known(let salt, let alias, let declared):
            sending?.peerKnows(salt, alias: alias, declared: declared)
            for index in paths.indices { paths[index].namesDue = nil }
            return []
        case .checkpoint(let checkpoint):
            guard let head = resolve(.init(generation: checkpoint.generation, size: checkpoint.size), slot: slot) else { return [] }
            let held = checkpoint.held.compactMap { resolve($0, slot: slot) }
            guard held.count == checkpoint.held.count else { return [] }
            return [.checkpoint(strength: checkpoint.strength, head: head, held: held, signature: checkpoint.signature)]
        case .statement(let text, let signature):
            guard let checkpoint = try? Checkpoint(text: text),
                let strength = CheckpointStrength.allCases.first(where: { $0.signatureBytes == signature.count })
            else { return violate(.malformed(.invalid(what: "statement", found: 0))) }
            return [.statement(UnverifiedCheckpoint(checkpoint: checkpoint, strength: strength, signature: signature))]
        case .offers(let bytes):
            return receive(object: [1] + bytes, at: now)
        case .accepts(let bytes):
            return receive(object: [2] + bytes, at: now)
        case .confirmation(let bytes):
            return receive(object: [3] + bytes, at: now)
        case .fragment(let fragment):
            return receive(fragment, slot: slot, over: bearer, own: own, at: now)
        case .held(let object, let bytes):
            window.hold(object: object, bytes: bytes)
            return []
        case .entry(let entry):
            return receive(entry, slot: slot)
        case .ask(let current, let from):
            guard current.station == peer else { return violate(.foreignEntry) }
            return [.question(.holdings(current: current, from: from))]
        case .fetch(let generation, let from, let entries):
            guard generation.station == peer else { return violate(.foreignEntry) }
            return [.question(entries ? .entries(generation, from: from) : .checkpoints(generation))]
        case .holdings(let page):
            guard page.holdings.allSatisfy({ $0.generation.station == membership.me }) else { return violate(.foreignEntry) }
            return [.holdings(total: page.total, from: page.from, page.holdings.map(Holding.init))]
        case .returned(let bytes):
            return receive(returned: bytes)
        case .more:
            return [.lacking]
        }
    }

    private mutating func receive(returned bytes: [UInt8]) -> [Arrival] {
        do throws(WireError) {
            let entry = try Entry(bytes)
            return entry.id.author == membership.me ? [.returned(entry)] : violate(.foreignEntry)
        } catch {
            return violate(.malformed(error))
        }
    }

    private mutating func receive(echo challenge: UInt32, _ generation: GenerationID?, at now: Instant) -> [Arrival] {
        var isAnswer = false
        for index in paths.indices where paths[index].answered(challenge, at: now) { isAnswer = true }
        guard isAnswer, let generation, generation.station == peer else { return [] }
        return [.current(generation.name)]
    }

    private mutating func receive(_ ack: AcknowledgementItem, slot: Int, own: Book) -> [Arrival] {
        guard let receiver = receiving.generation(ack.receiver, in: slot), let generation = receiving.generation(ack.author, in: slot) else {
            return []
        }
        guard receiver.station == peer, generation.station == membership.me, let entries = HeldEntries(ack) else {
            return violate(.acknowledgedUnwritten)
        }
        guard let written = own.size(of: generation), entries.size <= written, entries.beyond.allSatisfy({ $0.upperBound <= written.value }) else {
            // Of the generation that this start writes, only we can know more. Of another one the peer may: we were restored.
            guard generation != own.current?.id else { return violate(.acknowledgedUnwritten) }
            guard let written = own.size(of: generation) else { return [.lacking] }
            return [
                .acknowledgement(receiver: receiver.name, of: generation, entries.cut(to: written), chainComplete: ack.chainComplete),
                .lacking,
            ]
        }
        return [.acknowledgement(receiver: receiver.name, of: generation, entries, chainComplete: ack.chainComplete)]
    }

    private mutating func receive(_ fragment: FragmentItem, slot: Int, over bearer: BearerID, own: Book, at now: Instant) -> [Arrival] {
        let (whole, held) = assembly.add(fragment, slot: slot)
        guard let whole else {
            heldOwed[fragment.object] = held
            if heldOwed.count > LineLimits.assemblies, let least = heldOwed.keys.min() { heldOwed[least] = nil }
            return []
        }
        heldOwed[fragment.object] = nil
        do throws(WireError) {
            let item = try Item.decodeOne(whole)
            return receive(item, slot: slot, over: bearer, own: own, at: now)
        } catch {
            return violate(.malformed(error))
        }
    }

    private mutating func receive(_ item: EntryItem, slot: Int) -> [Arrival] {
        // A name that this frame should have declared and did not is the loss of another frame: the entry comes again.
        guard let generation = receiving.generation(item.generation, in: slot) else { return [] }
        var references: [EntryID] = []
        for reference in item.references {
            guard let generation = receiving.generation(reference.generation, in: slot) else { return [] }
            references.append(EntryID(generation, reference.number))
        }
        var seen: [Entry.Seen] = []
        for head in item.seen {
            guard let head = resolve(head, slot: slot) else { return [] }
            seen.append(Entry.Seen(generation: head.generation, size: head.size))
        }
        guard generation.station == peer else { return violate(.foreignEntry) }
        let stations = seen.map(\.generation.station)
        guard zip(stations, stations.dropFirst()).allSatisfy({ $0 < $1 }), !stations.contains(peer) else {
            return violate(.malformed(.nonCanonical))
        }
        return [
            .entry(
                ArrivingEntry(
                    id: EntryID(generation, item.number), header: item.header, references: references, seen: seen,
                    content: Canary.changedCopy.sings && !item.content.isEmpty && item.header.kind == 1 ? item.content + [0x20] : item.content
                )
            )
        ]
    }

    private func resolve(_ head: CheckpointItem.Held, slot: Int) -> GenerationSize? {
        receiving.generation(head.generation, in: slot).map { GenerationSize($0, head.size) }
    }
}
