public import HotlineRecord
import HotlineSeal
public import HotlineWire

/// What a poll of delivery gives the shell to do. The cells must be durable before any frame leaves.
public struct DeliveryOutput: Sendable {
    public internal(set) var secretCells: [JournalCell] = []
    public internal(set) var frames: [(bearer: BearerID, frame: [UInt8])] = []
    public internal(set) var resets: [(bearer: BearerID, silence: Span)] = []
}

/// The way out: which entries to load, and which frames go on which path now.
extension Delivery {
    /// Entries of ours that would be put into the window if they were at hand.
    public var needs: [EntryID] {
        guard isUp, !outbox.isEmpty else { return [] }
        let urgent = outbox.next([.flash], limit: room(for: .flash))
        let rest = outbox.next([.immediate, .priority, .routine], limit: min(Delivery.loadMax, room(for: .routine)))
        return urgent + rest + firstLacking
    }

    /// What the peer lacks first where it holds entries beyond a gap, or where the window is full: it has room of its own.
    private var firstLacking: [EntryID] {
        let isFull = room(for: .routine) == 0
        let gaps = held.filter { isFull || !$0.value.beyond.isEmpty }
        let free = min(LineLimits.windowGapEntries, Window.entriesMax - window.count)
        guard !gaps.isEmpty, free > 0, !outbox.isEmpty else { return [] }
        var out: [EntryID] = []
        for (generation, held) in gaps.sorted(by: { $0.key < $1.key }) where out.count < free {
            out += outbox.first(of: generation, limit: free - out.count).filter { id in
                id.number.value < held.size.value + UInt64(LineLimits.windowGapEntries)
            }
        }
        return out
    }

    /// What the peer holds beyond gaps counts as under way: it holds no more there than a window.
    package func room(for precedence: Precedence) -> Int {
        window.room(for: precedence, beyond: held.values.reduce(0) { min($0 + $1.countBeyond, LineLimits.windowEntries + LineLimits.windowFlashEntries) })
    }

    /// Entries loaded at once: enough to fill a frame of the widest bearer with short letters.
    private static let loadMax = 128

    public mutating func poll(own: Book, theirs: Book, loaded: [EntryID: Entry], at now: Instant) -> DeliveryOutput {
        var output = DeliveryOutput()
        fill(from: loaded)
        let before = epochs
        if erasureDue { eraseEpochs() }
        for index in paths.indices where paths[index].isUp { watch(index, at: now, &output) }
        if isUp { silence.listens(at: now) }
        // The most urgent traffic of all paths first would need one queue over all of them; each path takes its own in
        // order of cost, and a FLASH is offered to every one of them.
        for index in paths.indices where paths[index].isUp {
            while paths[index].hasRoom, let frame = frame(for: index, own: own, theirs: theirs, at: now) {
                paths[index].outstanding += frame.count
                statistics.framesSent += 1
                statistics.frameBytesSent += UInt64(frame.count)
                output.frames.append((paths[index].id, frame))
            }
        }
        output.secretCells = epochs.cells(since: before, peer: peer)
        return output
    }

    /// When something is due although nothing arrives.
    public var nextDeadline: Instant? {
        var deadlines: [Instant] = []
        for path in paths where path.isUp {
            if let probe = path.probe { deadlines.append(probe.sentAt + path.deadAfter) }
            // What cannot be sent now, for want of room or of an epoch, is no reason to wake.
            if let next = path.nextProbe, path.hasRoom, epochs.sending != nil { deadlines.append(next) }
        }
        guard paths.contains(where: { $0.isUp && $0.hasRoom }) else { return deadlines.min() }
        // These go over the first path that stands, and over no other.
        let hasFirstRoom = paths.first(where: \.isUp)?.hasRoom ?? false
        if hasFirstRoom {
            for outgoing in [handshake.offers, handshake.accepts, handshake.confirmations, handshake.stale] { if let outgoing { deadlines.append(outgoing.due) } }
        }
        if let patience = handshake.patience {
            deadlines.append(patience)
        } else if let deafAt, !handshake.isOffering, handshake.accepting == nil {
            deadlines.append(deafAt)
        }
        if epochs.sending != nil {
            if let inquiry, hasFirstRoom { deadlines.append(inquiry.due) }
            for path in paths where path.isUp && path.hasRoom {
                let due = window.nextDue(on: path.id, after: path.retransmitAfter)
                // What is due may wait for names, and does not wake before they may go.
                if let names = path.namesDue { deadlines.append(due.map { max($0, names) } ?? names) } else if let due { deadlines.append(due) }
            }
        }
        return deadlines.min()
    }

    /// The secrets of epochs that are behind both, and what was opened with them.
    private mutating func eraseEpochs() {
        erasureDue = false
        epochs.eraseLeft()
        receiving.keep { [epochs] in epochs.banked[$0] != nil }
    }

    private mutating func fill(from loaded: [EntryID: Entry]) {
        // In the order in which they wait; then what was loaded for another peer, for it may be lacking here too.
        let first = Set(firstLacking)
        for id in needs + loaded.keys.sorted() {
            guard let entry = loaded[id], outbox.contains(id), room(for: entry.header.precedence) > 0 || first.contains(id) && window.count < Window.entriesMax else { continue }
            outbox.take(id)
            window.add(entry)
        }
    }

    /// Probes a path in its time, and gives it up when it is silent.
    private mutating func watch(_ index: Int, at now: Instant, _ output: inout DeliveryOutput) {
        if let probe = paths[index].probe, now >= probe.sentAt + paths[index].deadAfter {
            let heardSince = paths[index].lastHeard.map { $0 > probe.sentAt } ?? false
            paths[index].probe = nil
            // It may have started anew, or the one that knew was its twin, although something of it is heard.
            sending?.forgetWhatPeerKnows()
            if !heardSince, epochs.sending != nil { output.resets.append((paths[index].id, now - probe.sentAt)) }
        }
    }

    private mutating func frame(for index: Int, own: Book, theirs: Book, at now: Instant) -> [UInt8]? {
        // A FLASH is never behind more than one frame of anything else: handshakes have many on a narrow path, and control alone may
        // fill one. Nor does all else wait for FLASH that may be sealed in vain: they take turns.
        let isFlashNext = paths[index].hasPassedFlash && !isConfirming(at: now) && isFlashDue(on: index, at: now)
        if !isFlashNext, let frame = handshakeFrame(for: index, at: now) {
            paths[index].hasPassedFlash = true
            return frame
        }
        // Once more under a new salt, where the first item has more names than the old one had left.
        for _ in 0..<2 {
            if let frame = sealedFrame(for: index, flashFirst: isFlashNext, own: own, theirs: theirs, at: now) { return frame }
            guard sending?.isFull == true else { break }
        }
        // A FLASH that waits for its names to be known keeps nothing else back.
        return isFlashNext ? handshakeFrame(for: index, at: now) : nil
    }

    private mutating func sealedFrame(for index: Int, flashFirst: Bool, own: Book, theirs: Book, at now: Instant) -> [UInt8]? {
        guard let salt = currentSalt(own) else { return nil }
        let mayName = paths[index].namesDue.map { now >= $0 } ?? true
        var builder = FrameBuilder(salt: salt, budget: paths[index].plaintextMax, mayName: mayName)
        if flashFirst { _ = addEntries(to: &builder, index, at: now, flashAlone: true) }
        // Names that go ahead of a FLASH, where they are too many for one frame, are its turn, and are alone in it: with all else behind
        // them a silent peer would keep handshakes back for ever.
        let isAhead = flashFirst && !builder.isEmpty && !builder.carriesFlash
        if isAhead { builder.carriesFlash = true } else { addControl(to: &builder, index, own: own, theirs: theirs, at: now) }
        if !isAhead, addEntries(to: &builder, index, at: now), paths.first(where: \.isUp)?.id == paths[index].id {
            parcels.fill(&builder, salt: saltCount) {
                objectCount += 1
                return objectCount
            }
        }
        let frame = try? builder.seal()
        if frame != nil || builder.salt.isFull { sending = builder.salt }
        if frame != nil { paths[index].hasPassedFlash = !builder.carriesFlash }
        if mayName { paths[index].namesDue = builder.carriesNamesAhead ? now + paths[index].retransmitAfter : nil }
        return frame
    }

    /// Whether the confirmation of an epoch of ours is on its first way out: before the peer has it, it opens nothing of that epoch.
    private func isConfirming(at now: Instant) -> Bool { handshake.confirmations.map { now >= $0.due && $0.count == 0 } ?? false }

    /// Whether a FLASH is to go over this path now, and there is an epoch to seal it in.
    private func isFlashDue(on index: Int, at now: Instant) -> Bool {
        guard window.pending.first?.precedence == .flash, epochs.sending != nil else { return false }
        let pace = Pace(retransmitAfter: paths[index].retransmitAfter, isCheapest: false)
        return window.pending.indices.prefix { window.pending[$0].precedence == .flash }.contains { isDue($0, on: paths[index].id, pace, at: now) }
    }

    /// The salt to seal with, a new one where the start has none or it is used up.
    private mutating func currentSalt(_ own: Book) -> SendingSalt? {
        guard let epoch = epochs.sending?.secret.secret else { return nil }
        if let salt = sending, !salt.isExhausted, salt.epoch == epoch.epoch { return salt }
        saltCount += 1
        epochs.useSalt(in: epoch.epoch, sent: own.entryCount - min(outbox.count, own.entryCount))
        let salt = SendingSalt(
            secret: epoch, line: membership.line, from: membership.me, to: peer, salt: seed.salt(for: peer, saltCount),
            framesMax: epochs.limits.framesPerSalt
        )
        sending = salt
        for index in paths.indices { paths[index].namesDue = nil }
        return salt
    }

    private mutating func addControl(to builder: inout FrameBuilder, _ index: Int, own: Book, theirs: Book, at now: Instant) {
        if let slot = knownOwed, let context = receiving.context(slot),
            builder.add({ _ in .known(salt: context.salt, alias: UInt8(slot), declared: context.names.count) })
        {
            knownOwed = nil
            knownTold = (context.salt, now)
        }
        if let current = own.current?.id {
            while let challenge = paths[index].echoesOwed.first,
                builder.add({ .echo(challenge: challenge, current: $0.alias(of: current)) })
            {
                paths[index].echoesOwed.removeFirst()
                if let written = theirs.current?.id { owe(written) }
                if owesMore { _ = builder.add { _ in .more } }
            }
            addAcknowledgements(to: &builder, current, theirs)
        }
        addInquiry(to: &builder, index, at: now)
        for object in heldOwed.keys.sorted() {
            guard let bytes = heldOwed[object], builder.add({ _ in .held(object: object, bytes: bytes) }) else { break }
            heldOwed[object] = nil
        }
        if let due = paths[index].nextProbe, now >= due { addProbe(to: &builder, index, at: now) }
        for strength in CheckpointStrength.allCases {
            guard let outgoing = checkpoints[strength], outgoing.isDue, builder.add({ .checkpoint($0.item(outgoing.checkpoint)) }) else { continue }
            checkpoints[strength]?.isDue = false
        }
        while let statement = statements.first,
            builder.add({ _ in .statement(text: statement.checkpoint.text, signature: statement.signature) })
        {
            statements.removeFirst()
        }
    }

    private mutating func addProbe(to builder: inout FrameBuilder, _ index: Int, at now: Instant) {
        paths[index].nextProbe = now + paths[index].profile.probeInterval
        guard paths[index].probe == nil else { return }
        challengeCount += 1
        let challenge = seed.challenge(for: peer, challengeCount)
        guard builder.add({ _ in .probe(challenge: challenge) }) else { return }
        paths[index].probe = (challenge, now)
        paths[index].probesSent += 1
    }

    /// What we hold of the generations of the peer that it is owed an acknowledgement of.
    private mutating func addAcknowledgements(to builder: inout FrameBuilder, _ current: GenerationID, _ theirs: Book) {
        for _ in 0..<min(LineLimits.acknowledgementsPerFrame, acksOwed.count) {
            guard let id = acksOwed.first else { return }
            if let size = theirs.size(of: id) {
                let early = theirs.generation(id)?.early.keys.map { $0 } ?? []
                let added = builder.add { salt in
                    .acknowledgement(
                        AcknowledgementItem(
                            receiver: salt.alias(of: current), author: salt.alias(of: id), chainComplete: theirs.isChainComplete(before: id),
                            size: size, beyond: HeldEntries.ranges(of: early, beyond: size)
                        )
                    )
                }
                guard added else { return }
            }
            acksOwed.removeFirst()
        }
    }

    /// Our question, on the cheapest path, again and again until it is answered.
    private mutating func addInquiry(to builder: inout FrameBuilder, _ index: Int, at now: Instant) {
        guard var open = inquiry, now >= open.due, paths.first(where: \.isUp)?.id == paths[index].id, builder.add({ _ in open.item }) else { return }
        open.count += 1
        open.due = now + Delivery.backedOff(paths[index].retransmitAfter, open.count)
        inquiry = open
    }

    // MARK: Entries

    /// - Returns: whether nothing that is due on this path had to stay behind.
    private mutating func addEntries(to builder: inout FrameBuilder, _ index: Int, at now: Instant, flashAlone: Bool = false) -> Bool {
        let path = paths[index].id
        // The same for every entry.
        let pace = Pace(retransmitAfter: paths[index].retransmitAfter, isCheapest: path == paths.first(where: \.isUp)?.id)
        var isFirst = true
        for place in window.pending.indices {
            guard isDue(place, on: path, pace, at: now) else { continue }
            let pending = window.pending[place]
            // They stand first.
            if flashAlone, pending.precedence != .flash { break }
            if pending.cargo == nil, builder.add({ .entry($0.item(pending.entry)) }) {
                if pending.precedence == .flash { builder.carriesFlash = true }
                sent(place, on: path, at: now)
                isFirst = false
                continue
            }
            // Strict precedence: nothing less urgent takes the room that this one could not use. The first one goes in parts
            // even behind control alone, or it would wait for as long as every frame has some.
            if isFirst || pending.cargo != nil { addFragment(of: place, to: &builder, index, at: now) }
            return false
        }
        return true
    }

    /// A fragment of an entry that is too long for a frame of its own. It runs to the frame's end, so it is the last item.
    private mutating func addFragment(of place: Int, to builder: inout FrameBuilder, _ index: Int, at now: Instant) {
        let pending = window.pending[place]
        var cargo: Window.Cargo
        if let under = pending.cargo, under.salt == saltCount {
            cargo = under
        } else {
            var salt = builder.salt
            let bytes = Item.encode([.entry(salt.item(pending.entry))])
            objectCount += 1
            cargo = Window.Cargo(object: objectCount, bytes: bytes, salt: saltCount, offset: 0)
        }
        // In every frame until the peer knows them: the frame with the first fragment may be the one that is lost.
        guard builder.declare(for: pending.entry) else { return }
        if cargo.offset >= cargo.bytes.count { cargo.offset = cargo.held }
        let overhead = 1 + VariableLengthInteger.width(of: cargo.object) + 2 * VariableLengthInteger.width(of: UInt64(cargo.bytes.count))
        let count = min(builder.room - overhead, cargo.bytes.count - cargo.offset)
        guard count > 0 else { return }
        let part = Array(cargo.bytes[cargo.offset..<cargo.offset + count])
        let fragment = FragmentItem(object: cargo.object, offset: cargo.offset, total: cargo.bytes.count, bytes: part)
        guard builder.add({ _ in .fragment(fragment) }) else { return }
        if pending.precedence == .flash { builder.carriesFlash = true }
        cargo.offset += count
        let isLast = cargo.offset == cargo.bytes.count
        window.change(at: place) { $0.cargo = cargo }
        if isLast { sent(place, on: paths[index].id, at: now) }
    }

    private mutating func sent(_ place: Int, on path: BearerID, at now: Instant) {
        let isFirst = !window.pending[place].isSent
        window.change(at: place) { $0.send(on: path, at: now) }
        statistics.entriesSent += 1
        if isFirst {
            if let epoch = sending?.epoch { epochs.sent(entries: 1, in: epoch) }
        } else {
            statistics.entriesResent += 1
        }
    }

    /// A FLASH goes over every path; anything else over the cheapest that stands, and again when it stays unacknowledged.
    private func isDue(_ place: Int, on path: BearerID, _ pace: Pace, at now: Instant) -> Bool {
        guard let due = window.due(place, on: path, after: pace.retransmitAfter) else { return pace.isCheapest || window.pending[place].precedence == .flash }
        return now >= due
    }

    private struct Pace {
        let retransmitAfter: Span
        let isCheapest: Bool
    }

    static func backedOff(_ span: Span, _ count: Int) -> Span { span * (1 << Int64(min(max(0, count - 1), LineLimits.backoffMax))) }

    // MARK: Handshake

    private mutating func handshakeFrame(for index: Int, at now: Instant) -> [UInt8]? {
        guard paths.first(where: \.isUp)?.id == paths[index].id else { return nil }
        let kinds: [WritableKeyPath<Handshake, Handshake.Outgoing?>] = [\.confirmations, \.stale, \.accepts, \.offers]
        for kind in kinds {
            guard var outgoing = handshake[keyPath: kind], now >= outgoing.due else { continue }
            let part = paths[index].profile.frameBytesMax - HandshakeFragment.overheadMax
            let end = min(outgoing.offset + part, outgoing.bytes.count)
            let fragment = HandshakeFragment(
                from: membership.me, to: peer, object: HandshakeObject.name(outgoing.bytes), offset: outgoing.offset,
                total: outgoing.bytes.count, bytes: Array(outgoing.bytes[outgoing.offset..<end])
            )
            outgoing.offset = end
            if end == outgoing.bytes.count {
                outgoing.offset = 0
                outgoing.count += 1
                outgoing.due = now + Delivery.backedOff(paths[index].retransmitAfter, outgoing.count)
            }
            handshake[keyPath: kind] = outgoing.count > 0 && !outgoing.repeats ? nil : outgoing
            return fragment.encoded
        }
        return nil
    }
}
