import HotlineLine
import HotlineRecord
import HotlineSeal
import HotlineStation
import HotlineWire
import Testing

@Suite("A peer with valid keys and bad intent")
struct HostilePeerTests {
    @Test(
        "FRM-5: a plaintext that is no sequence of items changes nothing, and is a violation",
        arguments: [[0x00], [0x46], [0x02, 1, 2], [0x3F, 0], [0x04, 0, 0, 0x40, 0x01, 0]]
    )
    func malformed(_ plaintext: [UInt8]) throws {
        let forger = try Forger(seed: 101)
        let size = forger.next
        try forger.send(plaintext: plaintext)
        #expect(forger.violations.contains { if case .malformed = $0 { true } else { false } })
        #expect(forger.next == size)
    }

    @Test("FRM-6: an alias with a second meaning is a violation, and an unknown one is ignored")
    func aliases() throws {
        let forger = try Forger(seed: 102)
        try forger.send([forger.letter(forger.next, "under no name", alias: 7)])
        #expect(forger.violations.isEmpty && forger.letters.isEmpty)
        let other = GenerationID(station: forger.generation.station, name: GenerationName(7))
        try forger.send([forger.name(0, forger.generation), forger.name(0, other)])
        #expect(forger.violations == [.renamed])
    }

    @Test("FRM-7: a salt that is written out is answered with its alias")
    func known() throws {
        let forger = try Forger(seed: 103)
        let before = forger.victim.station.deliveries[0].statistics.framesSent
        try forger.send([forger.name(0, forger.generation)])
        #expect(forger.victim.station.deliveries[0].statistics.framesSent > before)
    }

    @Test("LINE-8: an acknowledgement of what was never written is a violation, and the letters stay outstanding")
    func future() throws {
        let forger = try Forger(seed: 104)
        let mine = try #require(forger.victim.station.own.current?.id)
        forger.world.faults = .init(lossPercent: 100)
        try forger.world.send(1, "not delivered")
        let backlog = forger.victim.station.deliveries[0].backlog
        let ack = AcknowledgementItem(receiver: 0, author: 1, chainComplete: true, size: RecordSize(1_000_000), beyond: [])
        try forger.send([forger.name(0, forger.generation), forger.name(1, mine), .acknowledgement(ack)])
        #expect(forger.violations == [.acknowledgedUnwritten])
        #expect(forger.victim.station.deliveries[0].backlog == backlog)
    }

    @Test("LINE-15: nobody writes in another's record")
    func foreign() throws {
        let forger = try Forger(seed: 105)
        let mine = try #require(forger.victim.station.own.current)
        try forger.send([forger.name(0, mine.id), forger.letter(mine.size.value, "words put into your mouth")])
        #expect(forger.violations == [.foreignEntry])
        #expect(forger.victim.letters(of: forger.victim.number).isEmpty)
    }

    @Test("LINE-14, REC-13: of two contents under one number the first stands, and both are kept")
    func equivocation() throws {
        let forger = try Forger(seed: 106)
        let number = forger.next
        try forger.send([forger.name(0, forger.generation), forger.letter(number, "We agree.")])
        try forger.send([forger.letter(number, "We do not agree.")])
        try forger.send([forger.letter(number, "We agree.")])
        #expect(forger.letters == ["We agree."])
        #expect(forger.victim.events.filter { if case .conflict = $0 { true } else { false } }.count == 1)
        let kept = forger.victim.journal.rows.contains { row in
            if case .conflict(let entry, _)? = try? Fact(row.row.value) { entry.content == Array("We do not agree.".utf8) } else { false }
        }
        #expect(kept)
    }

    @Test("LINE-14: two contents under one number beyond a gap")
    func earlyEquivocation() throws {
        let forger = try Forger(seed: 107)
        let number = forger.next + 5
        try forger.send([forger.name(0, forger.generation), forger.letter(number, "first")])
        try forger.send([forger.letter(number, "second")])
        #expect(forger.victim.events.contains { if case .conflict = $0 { true } else { false } })
    }

    @Test("LINE-14: a thousand contents under one number are not kept a thousand times")
    func manyConflicts() throws {
        let forger = try Forger(seed: 108)
        let number = forger.next
        try forger.send([forger.name(0, forger.generation), forger.letter(number, "the first")])
        for index in 0..<1000 { try forger.send([forger.letter(number, "another \(index)")]) }
        let kept = forger.victim.journal.rows.filter { if case .conflict? = try? Fact($0.row.value) { true } else { false } }
        #expect(kept.count == 64)
    }

    @Test("LINE-18: two signed heads of one size are evidence")
    func fork() throws {
        let forger = try Forger(seed: 109)
        let head = try #require(forger.victim.station.latestCheckpoint(of: forger.generation, .light)).checkpoint.head
        try forger.send([try forger.statement(size: head.size.value, root: Digest.sha256([1]))])
        #expect(forger.victim.events.contains { if case .fork = $0 { true } else { false } })
        var pairs: [(UnverifiedCheckpoint, UnverifiedCheckpoint)] = []
        for row in forger.victim.journal.rows {
            if case .fork(let one, let other, _)? = try? Fact(row.row.value) { pairs.append((one, other)) }
        }
        let evidence = try #require(pairs.first)
        let keys = try #require(forger.victim.station.keys(of: forger.generation))
        #expect(Fork(try evidence.0.verified(by: keys), try evidence.1.verified(by: keys)) != nil)
    }

    @Test("LINE-17: a checkpoint over other entries than those we hold is a violation and signs nothing")
    func mismatch() throws {
        let forger = try Forger(seed: 110)
        let signed = try #require(forger.victim.station.book(of: forger.generation.station)?.current).signedProvisionally
        let item = CheckpointItem(strength: .light, generation: 0, size: RecordSize(forger.next), held: [], signature: [UInt8](repeating: 3, count: 64))
        try forger.send([forger.name(0, forger.generation), .checkpoint(item)])
        #expect(forger.violations == [.checkpointMismatch])
        #expect(forger.victim.station.book(of: forger.generation.station)?.current?.signedProvisionally == signed)
    }

    @Test("ENT-6, LINE-12: a generation begins with its opening entry and with nothing else")
    func openings() throws {
        let forger = try Forger(seed: 111)
        let other = GenerationID(station: forger.generation.station, name: GenerationName(99))
        try forger.send([forger.name(0, other), forger.letter(3, "before the opening")])
        #expect(forger.violations.isEmpty && forger.letters.isEmpty)
        try forger.send([forger.letter(0, "no opening")])
        #expect(forger.violations == [.badOpening])
        #expect(forger.victim.station.book(of: other.station)?.isKnown(other) == false)
    }

    @Test("ENT-6: a second opening within a generation is a violation and is not held")
    func secondOpening() throws {
        let forger = try Forger(seed: 118)
        let size = forger.next
        let opening = Opening(predecessor: nil, held: [], blinds: forger.blinds, serialBase: 0)
        for number in [size, size + 5] {
            let item = EntryItem(
                generation: 0, number: EntryNumber(number), header: EntryHeader(kind: 0, precedence: .immediate), references: [], seen: [],
                content: opening.encoded
            )
            try forger.send([forger.name(0, forger.generation), .entry(item)])
        }
        #expect(forger.violations == [.badOpening, .badOpening])
        #expect(forger.next == size)
        try forger.send([forger.letter(size, "a letter in its place")])
        #expect(forger.letters == ["a letter in its place"])
    }

    @Test("LINE-12: a peer opens no more generations in a row than its restarts would, and more of them with time")
    func manyGenerations() throws {
        let forger = try Forger(seed: 112)
        for index in 0..<100 {
            let other = GenerationID(station: forger.generation.station, name: GenerationName(UInt64(1000 + index)))
            let opening = Opening(predecessor: nil, held: [], blinds: forger.blinds, serialBase: 0)
            let item = EntryItem(
                generation: UInt8(index), number: EntryNumber(0), header: EntryHeader(kind: 0, precedence: .immediate), references: [], seen: [],
                content: opening.encoded
            )
            try forger.send([forger.name(UInt8(index), other), .entry(item)])
        }
        let opened = try #require(forger.victim.station.book(of: forger.generation.station)).order.count
        #expect((60...65).contains(opened))
        #expect(forger.violations == [])
    }

    @Test("LINE-13: what lies beyond a gap is held up to a bound")
    func beyondAGap() throws {
        let forger = try Forger(seed: 113)
        let first = forger.next + 10
        try forger.send([forger.name(0, forger.generation)])
        for index in 0..<500 { try forger.send([forger.letter(first + UInt64(index), "early \(index)")]) }
        let generation = try #require(forger.victim.station.book(of: forger.generation.station)?.generation(forger.generation))
        #expect(generation.early.count == 320)
        try forger.send([forger.letter((1 << 62) - 2, "at the edge of the numbers")])
        #expect(generation.early.count == 320)
    }

    @Test("LINE-13: the entries of one frame get in together, in whatever order they stand there, where there is no room beyond the gap")
    func togetherIntoTheGap() throws {
        let forger = try Forger(seed: 119)
        let size = forger.next
        try forger.send([forger.name(0, forger.generation)])
        for index in 0..<330 { try forger.send([forger.letter(size + 10 + UInt64(index), "early \(index)")]) }
        try forger.send([3, 1, 0, 2].map { forger.letter(size + $0, "in the gap \($0)") })
        #expect(forger.next == size + 4)
    }

    @Test("LINE-19: a flood of violations is recorded a few times and shown a few times")
    func flood() throws {
        let forger = try Forger(seed: 114)
        for _ in 0..<500 { try forger.send(plaintext: [0x00]) }
        #expect(forger.violations.count == 6)
        #expect(forger.victim.station.deliveries[0].statistics.violations == 500, "all of them are counted")
        #expect(forger.victim.journal.rows.filter { if case .violation? = try? Fact($0.row.value) { true } else { false } }.count == 6)
    }

    @Test("FRM-9: objects that never complete do not stop one that does")
    func fragments() throws {
        let forger = try Forger(seed: 115)
        for object in 0..<200 {
            try forger.send([.fragment(FragmentItem(object: UInt64(1000 + object), offset: 5, total: Limits.objectBytesMax, bytes: [1, 2, 3]))])
        }
        let whole = Item.encode([forger.letter(forger.next, String(repeating: "x", count: 2000))])
        try forger.send([forger.name(0, forger.generation)])
        try forger.send([.fragment(FragmentItem(object: 5, offset: 1000, total: whole.count, bytes: Array(whole[1000...])))])
        try forger.send([.fragment(FragmentItem(object: 5, offset: 0, total: whole.count, bytes: Array(whole[..<1000])))])
        #expect(forger.letters.count == 1)
    }

    @Test("a letter of an unknown kind is kept, hashed and acknowledged")
    func unknownKind() throws {
        let forger = try Forger(seed: 116)
        let size = forger.next
        try forger.send([forger.name(0, forger.generation), forger.letter(size, "from the future", kind: 200)])
        #expect(forger.next == size + 1)
        #expect(forger.violations.isEmpty)
    }

    @Test("LINE-3: forged handshake objects are dropped, and the epoch in use stays")
    func handshakes() throws {
        let forger = try Forger(seed: 117)
        let epoch = forger.victim.station.deliveries[0].epochs.sendingEpoch
        for index in 0..<200 {
            let body = [UInt8(1), 1, 3] + [UInt8](repeating: UInt8(truncatingIfNeeded: index), count: Offer.keySize + CompositePublicKey.signatureSize)
            let name = Digest.sha256(body).bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            let fragment = HandshakeFragment(
                from: forger.generation.station, to: forger.victim.number, object: name, offset: 0, total: body.count, bytes: body
            )
            try forger.world.inject(fragment.encoded, to: 1)
        }
        #expect(forger.victim.station.deliveries[0].epochs.sendingEpoch == epoch)
        #expect(forger.victim.station.deliveries[0].epochs.bankedCount == 1)
    }
}
