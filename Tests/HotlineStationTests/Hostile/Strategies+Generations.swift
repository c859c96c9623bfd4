import HotlineLine
import HotlineRecord
import HotlineSeal
import HotlineStation
import HotlineWire
import Testing

/// Generations, and what openings state.
extension Strategy {
    static let generations: [Strategy] = [
        Strategy("a thousand generations at once", rounds: 4) { peer, _ in
            for _ in 0..<5 {
                try peer.drawSalt()
                let items = (0..<50).flatMap { index -> [Item] in [peer.name(UInt8(index), peer.fresh()), peer.opening(alias: UInt8(index))] }
                try peer.send(items)
            }
        } then: { peer in
            #expect((60...70).contains(peer.victim.book(of: peer.me)?.order.count ?? 0))
            #expect(peer.violations.isEmpty)
        },
        Strategy("hundreds of generations, as many as time allows", rounds: 8, pause: .seconds(40)) { peer, round in
            try peer.drawSalt()
            try peer.send((0..<16).flatMap { [peer.name(UInt8($0), peer.fresh()), peer.opening(alias: UInt8($0)), peer.letter(1, "in \(round)", alias: UInt8($0))] })
        } then: { peer in
            #expect(peer.victim.book(of: peer.me)?.order.count ?? 0 > 80)
        },
        Strategy("generations that follow one another in a circle, or what is unknown") { peer, round in
            let (one, other) = (peer.fresh(), peer.fresh())
            try peer.drawSalt()
            let names = [peer.name(0, one), peer.name(1, other), peer.name(2, peer.fresh())]
            try peer.send(names + [peer.opening(alias: 0, after: Head(generation: other, size: RecordSize(1), root: .zero))])
            try peer.send([peer.opening(alias: 1, after: Head(generation: one, size: RecordSize(1), root: .zero))])
            try peer.send([peer.opening(alias: 2, after: Head(generation: peer.fresh(), size: RecordSize(VariableLengthInteger.max), root: .zero))])
            try peer.send([peer.letter(1, "in a circle", alias: 0), peer.letter(1, "and on", alias: 1), peer.letter(1, "after nothing", alias: 2)])
        },
        Strategy("openings after themselves, after another station, of their own record, twice, and elsewhere") { peer, _ in
            let (one, witness) = (peer.fresh(), try #require(peer.victim.book(of: peer.stage.witness.number)?.current))
            try peer.drawSalt()
            try peer.send([peer.naming, peer.name(1, one)])
            try peer.send([peer.opening(alias: 1, after: Head(generation: one, size: RecordSize(1), root: .zero))])
            try peer.send([peer.opening(alias: 1, after: witness.head)])
            try peer.send([peer.opening(alias: 1, holding: [Head(generation: peer.generation, size: RecordSize(1), root: .zero)])])
            try peer.send([peer.letter(0, "no opening", alias: 1)])
            try peer.send([peer.item(0, [1, 2, 3], alias: 1, EntryHeader(kind: 0, precedence: .flash))])
            try peer.send([peer.item(peer.next, Opening(predecessor: nil, held: [], blinds: peer.blinds, serialBase: 0).encoded, EntryHeader(kind: 0, precedence: .routine))])
        } then: { peer in
            #expect(peer.violations.allSatisfy { $0 == .badOpening } && peer.violations.count == 6)
            #expect(peer.victim.book(of: peer.me)?.order.count == 1)
        },
        Strategy("openings that hold what the honest station never wrote") { peer, round in
            let mine = try #require(peer.victim.own.current).head
            let false1 = Head(generation: mine.generation, size: RecordSize(UInt64(round + 1)), root: Digest.sha256([1]))
            let false2 = Head(generation: mine.generation, size: RecordSize(mine.size.value + 1_000), root: mine.root)
            let none = Head(generation: GenerationID(station: mine.generation.station, name: GenerationName(5)), size: RecordSize(9), root: .zero)
            for held in [false1, false2, none] {
                try peer.drawSalt()
                try peer.send([peer.name(0, peer.fresh()), peer.opening(alias: 0, holding: [held])])
            }
        } then: { peer in
            let report = try ThirdMachine.verify(peer.stage.honest)
            #expect(report.misstatements.count == 5, "each is held against its author")
        },
        Strategy("closed generations that go on, again and again", rounds: 6) { peer, round in
            if round == 0 {
                try peer.send([peer.name(0, peer.generation), peer.name(1, peer.another(21)), peer.name(2, peer.another(22))])
                try peer.send([peer.opening(alias: 1, after: try peer.head())])
                try peer.send([peer.opening(alias: 2, after: try #require(peer.victim.book(of: peer.me)?.head(of: peer.another(21))))])
            }
            for alias in 0...1 as ClosedRange<UInt8> {
                let generation = alias == 0 ? peer.generation : peer.another(21)
                try peer.send([peer.letter(peer.size(of: generation), "late \(round)", alias: alias), peer.letter(peer.size(of: generation) + 3, "later still", alias: alias)])
            }
        } then: { peer in
            #expect(peer.facts.count { if case .reopened = $0 { true } else { false } } == 2, "each once")
            #expect(peer.violations.isEmpty)
        },
        Strategy("words put into the mouths of others") { peer, round in
            let mine = try #require(peer.victim.own.current)
            let witness = try #require(peer.victim.book(of: peer.stage.witness.number)?.current)
            try peer.send([peer.naming, peer.name(1, mine.id), peer.name(2, witness.id)])
            try peer.send([peer.letter(mine.size.value, "We give up.", alias: 1)])
            try peer.send([peer.letter(witness.size.value, "We give up too.", alias: 2), peer.letter(0, "From the first.", alias: 2)])
        } then: { peer in
            #expect(peer.violations.allSatisfy { $0 == .foreignEntry } && !peer.violations.isEmpty)
        },
        Strategy("openings under agreements that nobody has, or the first one written out", rounds: 3, proof: .unverifiable) { peer, round in
            let bases = [Basis(agreement: Digest.sha256([1])), Basis(agreement: peer.line), Basis(agreement: peer.line, statement: Digest.sha256([2]))]
            let generation = peer.fresh()
            try peer.drawSalt()
            try peer.send([peer.name(0, generation), peer.opening(alias: 0, basis: bases[round]), peer.letter(1, "under \(round)")])
            if round == 1 { #expect(peer.violations == [.badOpening]) } else { #expect(!peer.victim.isInstalled(generation)) }
            try peer.send([try peer.checkpoint(Head(generation: generation, size: RecordSize(2), root: .zero), .light)])
        } then: { peer in
            #expect(peer.letters.filter { $0.hasPrefix("under") } == ["under 0", "under 2"], "kept, shown, and its agreement is not installed")
        },
    ]

    static let numbers: [Strategy] = [
        Strategy("entries at the last numbers there are") { peer, round in
            let numbers: [UInt64] = [VariableLengthInteger.max - 1, 1 << 61, 1 << 32, peer.next + 320, peer.next + 321]
            for number in numbers { try peer.send([peer.naming, peer.letter(number, "at \(number)")]) }
            try peer.send(plaintext: [0x42, 0] + [UInt8](repeating: 0xFF, count: 8) + [1, 0, 0, 0, 0, 0])
        },
        Strategy("references and heads seen at the last numbers there are, of itself, of nobody") { peer, round in
            let (number, mine) = (peer.next, try peer.victimGeneration)
            try peer.send([peer.naming, peer.name(1, mine)])
            let far = EntryNumber(VariableLengthInteger.max - 1)
            try peer.send([peer.item(number, [65], references: [.init(generation: 1, number: far)], seen: [.init(generation: 1, size: RecordSize(VariableLengthInteger.max))])])
            try peer.send([peer.item(number + 1, [66], references: [.init(generation: 0, number: EntryNumber(number + 1))])])
            try peer.send([peer.item(number + 1, [67], seen: [.init(generation: 0, size: RecordSize(1))])])
            try peer.send([peer.item(number + 1, [68], seen: [.init(generation: 1, size: RecordSize(1)), .init(generation: 1, size: RecordSize(1))])])
            #expect(peer.next == number + 1)
        } then: { peer in
            #expect(peer.violations.contains(.unholdable))
        },
        Strategy("serials and claimed times at the end of their range") { peer, round in
            let generation = peer.fresh()
            try peer.drawSalt()
            try peer.send([peer.name(0, generation), peer.opening(alias: 0, base: VariableLengthInteger.max)])
            let header = EntryHeader(kind: 1, precedence: .routine, channel: 31, fromPost: 255, toPost: 255, language: 255, claimedTime: VariableLengthInteger.max)
            try peer.send([peer.item(1, Array("of all time".utf8), header)])
        } then: { peer in
            #expect(peer.letters.count { $0 == "of all time" } == 5)
        },
        Strategy("everything exactly as large as it may be, and one byte more", rounds: 2) { peer, round in
            let (number, mine) = (peer.next, try peer.victimGeneration)
            try peer.send([peer.naming, peer.name(1, mine)])
            let references = (0..<16).map { EntryItem.Reference(generation: 1, number: EntryNumber(UInt64($0))) }
            let item = peer.item(number, [UInt8](repeating: 0x41, count: Limits.entryBytesMax), references: references, seen: [.init(generation: 1, size: RecordSize(1 << 20))])
            try peer.sendInParts(Item.encode([item]), object: UInt64(100 + round))
            #expect(peer.next == number + 1)
            try peer.sendInParts(Item.encode([item]) + [0x41], object: UInt64(200 + round))
            try peer.send((0..<512).map { _ in .more })
            try peer.send((0..<513).map { _ in .more })
            let overhead = 11 + 16
            try peer.send(plaintext: Item.encode([peer.letter(peer.next, String(repeating: "x", count: Limits.frameBytesMax - overhead - 9))]))
            #expect(peer.next == number + 2)
            try peer.stage.inject([UInt8](repeating: 0x11, count: Limits.frameBytesMax + 1))
        } then: { peer in
            #expect(peer.violations.allSatisfy { if case .malformed = $0 { true } else { false } } && peer.violations.count == 4)
        },
    ]
}

extension Impostor {
    /// One item in parts that fill their frames.
    func sendInParts(_ whole: [UInt8], object: UInt64) throws {
        for offset in stride(from: 0, to: whole.count, by: 60_000) {
            let part = Array(whole[offset..<min(offset + 60_000, whole.count)])
            try send([.fragment(FragmentItem(object: object, offset: offset, total: whole.count, bytes: part))])
        }
    }
}
