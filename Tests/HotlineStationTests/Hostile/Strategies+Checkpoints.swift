import HotlineLine
import HotlineRecord
import HotlineSeal
import HotlineStation
import HotlineWire
import Testing

/// What it signs.
extension Strategy {
    static let checkpoints: [Strategy] = [
        Strategy("checkpoints over what nobody holds") { peer, round in
            let mine = try peer.victimGeneration
            try peer.drawSalt()
            let aliases = (1...250).map { UInt8($0) }
            try peer.send([peer.naming] + aliases.map { peer.name($0, $0 % 2 == 0 ? mine : peer.fresh()) })
            let head = try peer.head()
            for size in [head.size.value + 1, head.size.value, VariableLengthInteger.max] {
                let held = aliases.map { CheckpointItem.Held(generation: $0, size: RecordSize(UInt64($0))) }
                for strength in CheckpointStrength.allCases {
                    let signature = [UInt8](repeating: 1, count: strength.signatureBytes)
                    try peer.send([.checkpoint(CheckpointItem(strength: strength, generation: 0, size: RecordSize(size), held: held, signature: signature))])
                }
            }
        },
        Strategy("sizes that fall, its own and those that it holds") { peer, round in
            let mine = try #require(peer.victim.own.current)
            let parts = (1...mine.size.value).reversed().prefix(4).compactMap { size in
                mine.root(at: RecordSize(size)).map { Head(generation: mine.id, size: RecordSize(size), root: $0) }
            }
            try peer.send([peer.naming, peer.name(1, mine.id), peer.letter(peer.next, "letter \(round)")])
            for held in parts { try peer.send([try peer.checkpoint(try peer.head(), holding: [held], aliases: [1], .light)]) }
            let book = try #require(peer.victim.book(of: peer.me)?.generation(peer.generation))
            let smaller = RecordSize(book.size.value - 1)
            if let root = book.root(at: smaller) { try peer.send([try peer.checkpoint(Head(generation: peer.generation, size: smaller, root: root), .light)]) }
            #expect(peer.victim.latestCheckpoint(of: peer.generation, .light)?.checkpoint.head.size.value == peer.next)
        } then: { peer in
            #expect(peer.violations.isEmpty, "each of them could be an old one that came late")
        },
        Strategy("more of its own, and less of others than before") { peer, _ in
            let mine = try #require(peer.victim.own.current)
            let root: Hash = try #require(mine.root(at: RecordSize(1)))
            try peer.send([
                peer.naming, peer.name(1, mine.id), peer.letter(peer.next, "one"), try peer.checkpoint(try peer.head(with: ["one"]), holding: [mine.head], aliases: [1], .light),
            ])
            try peer.send([peer.letter(peer.next, "two")])
            try peer.send([try peer.checkpoint(try peer.head(), holding: [Head(generation: mine.id, size: RecordSize(1), root: root)], aliases: [1], .light)])
        } then: { peer in
            #expect(peer.violations == Array(repeating: .checkpointShrinks, count: 5))
        },
        Strategy("signatures by the wrong key, of another line, of another's record") { peer, round in
            try peer.send([peer.naming, peer.name(1, try peer.victimGeneration)])
            let head = try peer.head()
            let light = try peer.signed(head, .light)
            try peer.send([.statement(text: light.text, signature: [UInt8](repeating: 0, count: 64))])
            let other = Checkpoint(line: Digest.sha256([1]), agreement: peer.line, head: head, held: [])
            try peer.send([.statement(text: other.text, signature: try peer.keys.sign(other.text, strength: .light))])
            let theirs = Checkpoint(line: peer.line, agreement: peer.line, head: try #require(peer.victim.own.current).head, held: [])
            try peer.send([.statement(text: theirs.text, signature: try peer.keys.sign(theirs.text, strength: .full))])
            try peer.send([.checkpoint(CheckpointItem(strength: .light, generation: 1, size: RecordSize(1), held: [], signature: light.signature))])
            try peer.send([.statement(text: Array("hotline/1/".utf8), signature: light.signature)])
        } then: { peer in
            #expect(peer.violations.count == 6)
        },
        Strategy("one head signed again and again, holding more and less of others", rounds: 3) { peer, _ in
            let mine = try #require(peer.victim.own.current)
            try peer.send([peer.naming, peer.name(1, mine.id)])
            let half = Head(generation: mine.id, size: RecordSize(2), root: try #require(mine.root(at: RecordSize(2))))
            for index in 0..<30 {
                let held = index % 2 == 0 ? mine.head : half
                try peer.send([try peer.checkpoint(try peer.head(), holding: [held], aliases: [1], .light)])
            }
        } then: { peer in
            let kept = peer.facts.count { if case .checkpoint(let checkpoint, _) = $0 { checkpoint.checkpoint.signer == peer.me } else { false } }
            #expect(kept < 20, "what says less than before changes nothing")
        },
        Strategy("it holds more of the honest record than there is") { peer, _ in
            let mine = try #require(peer.victim.own.current)
            let more = Head(generation: mine.id, size: RecordSize(mine.size.value + 100), root: mine.head.root)
            try peer.send([peer.naming, peer.name(1, mine.id), try peer.checkpoint(try peer.head(), holding: [more], aliases: [1], .full)])
            try peer.send([try peer.statement(try peer.head(), holding: [more], .light)])
        },
        Strategy("a checkpoint in two forms: one generation twice, its own among those held", rounds: 2) { peer, _ in
            let mine = try #require(peer.victim.own.current).head
            let own = try peer.head()
            try peer.send([peer.naming, peer.name(1, mine.generation), peer.name(2, mine.generation)])
            try peer.send([try peer.checkpoint(own, holding: [mine, mine], aliases: [1, 2], .light)])
            try peer.send([try peer.checkpoint(own, holding: [own], aliases: [0], .light)])
        } then: { peer in
            #expect(peer.violations.count == 4)
        },
    ]
}
