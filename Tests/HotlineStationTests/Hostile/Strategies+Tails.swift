import HotlineLine
import HotlineRecord
import HotlineSeal
import HotlineStation
import HotlineWire
import Testing

/// What it says of the honest station's own record.
extension Strategy {
    static let tails: [Strategy] = [
        Strategy("it holds a hundred thousand generations of a record that has four", rounds: 30, pause: .milliseconds(600), mayShowLoss: true) { peer, _ in
            try peer.answerTail { page in
                HoldingsItem(
                    total: VariableLengthInteger.max, from: page,
                    holdings: (0..<16).map { index in
                        let size = RecordSize([1, 3, VariableLengthInteger.max][index % 3])
                        return .init(generation: peer.ghost(page + UInt64(index)), size: size, signedFull: size, signedLight: size)
                    }
                )
            }
        },
        Strategy("it gives back what the honest station never wrote", rounds: 30, isAfterRestore: true) { peer, _ in
            let lost = peer.lost
            try peer.answerTail { page in
                HoldingsItem(total: 1, from: page, holdings: [.init(generation: lost, size: RecordSize(400), signedFull: .zero, signedLight: .zero)])
            }
        } then: { peer in
            let claimed = peer.facts.count { if case .returned = $0 { true } else { false } }
            #expect(claimed > 0, "kept as a claim")
        },
        Strategy("it gives it back under a signature of the light key, which it has stolen", rounds: 30, isAfterRestore: true) { peer, _ in
            let lost = peer.lost
            try peer.answerTail(signing: .light) { page in
                HoldingsItem(total: 1, from: page, holdings: [.init(generation: lost, size: RecordSize(400), signedFull: .zero, signedLight: RecordSize(400))])
            }
        },
        Strategy("pages that nobody has asked for, and what was not asked for", rounds: 5, mayShowLoss: true) { peer, round in
            for page in [0, 16, 1 << 40, VariableLengthInteger.max] as [UInt64] {
                try peer.send([.holdings(HoldingsItem(total: page, from: page, holdings: []))])
                let size = RecordSize(VariableLengthInteger.max)
                try peer.send([.holdings(HoldingsItem(total: 5, from: page, holdings: [.init(generation: peer.ghost(page), size: size, signedFull: size, signedLight: size)]))])
            }
            try peer.send([.holdings(HoldingsItem(total: 1, from: 0, holdings: [.init(generation: peer.generation, size: RecordSize(1), signedFull: .zero, signedLight: .zero)]))])
            try peer.send([.returned(peer.forged(peer.ghost(1), 0).encoded), .returned(peer.entry(0, "of its own").encoded), .returned([1, 2, 3])])
        },
        Strategy("questions without end, of what there is not") { peer, round in
            let mine = try peer.victimGeneration
            for generation in [peer.generation, peer.fresh()] {
                for from in [0, 1, VariableLengthInteger.max - 1] as [UInt64] {
                    try peer.send([.fetch(generation, from: EntryNumber(from), entries: true)])
                    try peer.send([.fetch(generation, from: EntryNumber(0), entries: false), .ask(current: generation, from: from)])
                }
            }
            try peer.send([.fetch(mine, from: EntryNumber(0), entries: true), .ask(current: mine, from: 0)])
            try peer.send((0..<500).map { _ in .ask(current: peer.generation, from: VariableLengthInteger.max) })
        } then: { peer in
            #expect(peer.violations.allSatisfy { $0 == .foreignEntry })
        },
        Strategy("it has more, it says, and has nothing", rounds: 8, pause: .seconds(6), mayShowLoss: true) { peer, _ in
            try peer.send((0..<400).map { _ in .more })
            let asked = peer.read().count { if case .ask = $0.item { true } else { false } }
            #expect(asked <= 3, "at most every ten seconds")
        },
    ]
}

extension Impostor {
    /// A generation of the honest station that never was.
    func ghost(_ name: UInt64) -> GenerationID { GenerationID(station: stage.honest.number, name: GenerationName(0xDEAD_0000 + name)) }

    /// The one that it has forged.
    var lost: GenerationID { ghost(77) }

    /// An entry that the honest station never wrote, in a form that it could have written.
    func forged(_ generation: GenerationID, _ number: UInt64) -> Entry {
        let opening = Opening(predecessor: nil, held: [], blinds: blinds, serialBase: 0)
        return Entry(
            id: EntryID(generation, EntryNumber(number)), agreement: line, header: number == 0 ? EntryHeader(kind: 0, precedence: .immediate) : Impostor.header(), references: [],
            seen: [], content: number == 0 ? opening.encoded : Array("forged \(number)".utf8)
        )
    }

    /// Answers what the honest station asks of its own record: pages as `holdings` gives them, and entries that it never wrote.
    func answerTail(signing strength: CheckpointStrength? = nil, _ holdings: (UInt64) -> HoldingsItem) throws {
        let asked = read().map(\.item)
        let challenges = asked.compactMap { if case .probe(let challenge) = $0 { challenge } else { nil } }
        try send([naming] + challenges.map { .echo(challenge: $0, current: 0) })
        for item in asked {
            switch item {
            case .ask(_, let from): try send([.holdings(holdings(from))])
            case .fetch(let generation, let from, entries: true):
                try send((0..<64).map { .returned(forged(generation, from.value + $0).encoded) })
            case .fetch(let generation, _, entries: false):
                if let strength { try send([try stolen(generation, strength)]) }
            default: break
            }
        }
    }

    /// A head of what was forged, signed by the honest station's own light key.
    private func stolen(_ generation: GenerationID, _ strength: CheckpointStrength) throws -> Item {
        var frontier = Frontier()
        for number in 0..<400 as Range<UInt64> {
            let entry = forged(generation, number)
            _ = frontier.append(leaf: entry.leafHash(line: line, blind: blinds.blind(of: entry.id.number)))
        }
        let text = Checkpoint(line: line, agreement: line, head: Head(generation: generation, size: frontier.size, root: frontier.root), held: []).text
        let theirs = try #require(try Sides.three().keys.first { $0.0 == stage.honest.number }).1
        return .statement(text: text, signature: try theirs.sign(text, strength: strength))
    }
}
