import HotlineLine
import HotlineRecord
import HotlineStation
import HotlineWire
import Testing

/// What it says that it has.
extension Strategy {
    static let acknowledgements: [Strategy] = [
        Strategy("it acknowledges what was never written") { peer, round in
            let mine = try peer.victimGeneration
            let size = [peer.size(of: mine) + 1, 1 << 40, VariableLengthInteger.max][round % 3]
            try peer.send([peer.naming, peer.name(1, mine), acknowledgement(RecordSize(size))])
        } then: { peer in
            #expect(peer.violations.allSatisfy { $0 == .acknowledgedUnwritten } && !peer.violations.isEmpty)
            #expect(peer.victim.delivery(to: peer.me)?.backlog ?? 0 > 0)
        },
        Strategy("it acknowledges ranges up to the last number, and runs of nothing") { peer, round in
            let mine = try peer.victimGeneration
            let gaps: [UInt64] = [1, 1 << 30, VariableLengthInteger.max - 2]
            let item = acknowledgement(RecordSize(UInt64(round)), beyond: [.init(gap: gaps[round % 3], count: 1)])
            try peer.send([peer.naming, peer.name(1, mine), item])
            var bad = Item.encode([peer.naming, peer.name(1, mine), acknowledgement(RecordSize(1), beyond: [.init(gap: 1, count: 1)])])
            bad[bad.count - 1] = 0
            try peer.send(plaintext: bad)
        },
        Strategy("it acknowledges in the name of generations that are unknown, another's, or the honest station's") { peer, round in
            let mine = try peer.victimGeneration
            let witness = try #require(peer.victim.book(of: peer.stage.witness.number)?.current).id
            let receiver = [peer.fresh(), witness, mine][round % 3]
            try peer.drawSalt()
            try peer.send([peer.name(0, receiver), peer.name(1, mine), acknowledgement(RecordSize(peer.size(of: mine)))])
            try peer.drawSalt()
            try peer.send([peer.name(0, peer.generation), peer.name(1, witness), acknowledgement(RecordSize(1))])
            try peer.send([peer.name(2, peer.another(3)), acknowledgement(RecordSize(1), author: 2)])
        } then: { peer in
            #expect(peer.victim.delivery(to: peer.me)?.backlog ?? 0 > 0)
        },
        Strategy("it acknowledges everything and keeps nothing") { peer, _ in
            let mine = try peer.victimGeneration
            try peer.answerProbes()
            try peer.send([peer.naming, peer.name(1, mine), acknowledgement(RecordSize(peer.size(of: mine)))])
        },
        Strategy("it acknowledges more and less by turns, in every item of many frames", rounds: 3) { peer, _ in
            let mine = try peer.victimGeneration
            let size = peer.size(of: mine)
            try peer.answerProbes()
            for _ in 0..<10 {
                let items = (0..<500).map { acknowledgement(RecordSize(size - UInt64($0 % 3)), beyond: []) }
                try peer.send([peer.naming, peer.name(1, mine)] + items)
            }
        },
        Strategy("it names another current generation with every answer", rounds: 8, pause: .seconds(2)) { peer, round in
            let name = round % 2 == 0 ? peer.fresh() : try peer.victimGeneration
            try peer.drawSalt()
            try peer.answerProbes(naming: name)
        },
        Strategy("answers to probes that nobody has sent, and to those of the past") { peer, round in
            let challenges = (0..<200).map { _ in peer.dice { UInt32.random(in: .min ... .max, using: &$0) } }
            let old = peer.read().compactMap { if case .probe(let challenge) = $0.item { challenge } else { nil } }
            try peer.send([peer.name(0, peer.generation)] + (challenges + old + old).map { .echo(challenge: $0, current: 0) })
        },
        Strategy("it has all of a long letter but for the acknowledgement", rounds: 5, pause: .seconds(3)) { peer, round in
            if round == 0 { try peer.stage.send(String(repeating: "A long letter. ", count: 9_000)) }
            let parts = peer.read().compactMap { if case .fragment(let part) = $0.item { part } else { nil } }
            let objects = Dictionary(parts.map { ($0.object, $0.total) }) { first, _ in first }
            for (object, total) in objects.sorted(by: { $0.key < $1.key }) {
                try peer.send([.held(object: object, bytes: total), .held(object: object, bytes: Limits.objectBytesMax), .held(object: object + 1, bytes: 0)])
            }
        } then: { peer in
            try peer.stage.run(for: .seconds(40))
            let parts = peer.read().compactMap { if case .fragment(let part) = $0.item { part } else { nil } }
            #expect(!parts.isEmpty, "it comes again until it is acknowledged")
        },
        Strategy("it knows names that it was never told, and calls salts what it likes") { peer, round in
            for (salt, _) in peer.read().suffix(3) {
                try peer.send([.known(salt: salt, alias: UInt8(round * 50), declared: 256), .known(salt: salt, alias: 255, declared: 1), .known(salt: salt, alias: 0, declared: 0)])
            }
            let stranger = try #require(StartSalt(peer.dice { $0.bytes(6) }))
            try peer.send([.known(salt: stranger, alias: 1, declared: 5)])
        },
    ]

    private static func acknowledgement(_ size: RecordSize, author: UInt8 = 1, beyond: [AcknowledgementItem.Range] = []) -> Item {
        .acknowledgement(AcknowledgementItem(receiver: 0, author: author, chainComplete: true, size: size, beyond: beyond))
    }
}
