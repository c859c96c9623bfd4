import HotlineLine
import HotlineRecord
import HotlineSeal
import HotlineStation
import HotlineWire
import Testing

/// One number, two contents.
extension Strategy {
    static let equivocations: [Strategy] = [
        Strategy("two contents under one number, unsigned", proof: .conflict) { peer, _ in
            let number = peer.next
            try peer.send([peer.naming, peer.letter(number, "We agree.")])
            try peer.send([peer.letter(number, "We do not agree.")])
        } then: { peer in
            #expect(peer.letters.suffix(5) == Array(repeating: "We agree.", count: 5))
            #expect(peer.conflicts.count == 5)
        },
        Strategy("two contents beyond a gap", proof: .conflict) { peer, round in
            let number = peer.next + 1 + UInt64(round)
            try peer.send([peer.naming, peer.letter(number, "first"), peer.letter(number, "second"), peer.letter(number, "first")])
        },
        Strategy("two contents of an old entry, and of one of a closed generation", proof: .conflict) { peer, round in
            let old = peer.another(7_000)
            if round == 0 {
                try peer.send([peer.name(0, old), peer.name(1, peer.another(7_001)), peer.opening(alias: 0, base: 1), peer.letter(1, "old")])
                let head = try #require(peer.victim.book(of: peer.me)?.head(of: old))
                try peer.send([peer.opening(alias: 1, after: head, base: 3)])
            }
            try peer.send([peer.letter(1, "older \(round)")])
        },
        Strategy("an opening in two forms", proof: .conflict) { peer, round in
            let other = peer.another(8_000 + UInt64(round))
            try peer.drawSalt()
            try peer.send([peer.name(0, other), peer.opening(alias: 0, base: 5)])
            try peer.send([peer.opening(alias: 0, base: 6)])
        },
        Strategy("a thousand contents under one number", rounds: 4, proof: .conflict) { peer, round in
            let number = round == 0 ? peer.next : peer.next - 1
            try peer.send([peer.naming] + (0..<250).map { peer.letter(number, "\(round) \($0)") })
        } then: { peer in
            #expect(peer.conflicts.count == 64)
        },
        twoHeads("two heads of one size, signed lightly", .light),
        twoHeads("two heads of one size, signed in full", .full),
        Strategy("the other head first, then the one that fits", proof: .fork) { peer, round in
            let other = try peer.head(with: ["We do not agree \(round)."])
            try peer.send([peer.naming, peer.letter(peer.next, "We agree \(round).")])
            try peer.send([try peer.statement(other, .light)])
            try peer.send([try peer.checkpoint(try peer.head(), .light)])
        } then: { peer in
            #expect(peer.forks.count == 5)
        },
        Strategy("a head of what is not here yet, then other entries and their head", proof: .fork) { peer, round in
            let other = try peer.head(with: ["One \(round).", "Two \(round)."])
            try peer.send([try peer.statement(other, round % 2 == 0 ? .light : .full)])
            try peer.send([peer.naming, peer.letter(peer.next, "Three \(round)."), peer.letter(peer.next + 1, "Four \(round).")])
            try peer.send([try peer.checkpoint(try peer.head(), .light)])
        },
        Strategy("another head of a size that was signed long ago", proof: .fork) { peer, round in
            if round == 0 {
                for index in 0..<12 {
                    try peer.send([peer.naming, peer.letter(peer.next, "letter \(index)")])
                    try peer.send([try peer.checkpoint(try peer.head(), .light)])
                }
            }
            let old = RecordSize(peer.next - 10 + UInt64(round))
            try peer.send([try peer.statement(Head(generation: peer.generation, size: old, root: Digest.sha256([UInt8(round)])), .light)])
        },
        Strategy("hundreds of signed heads of one size", rounds: 4, proof: .fork) { peer, round in
            try peer.send([
                peer.naming, peer.letter(peer.next, "letter"),
                try peer.checkpoint(Head(generation: peer.generation, size: RecordSize(peer.next + 1), root: Digest.sha256([])), .light),
            ])
            try peer.send([try peer.checkpoint(try peer.head(), .light)])
            for index in 0..<30 {
                try peer.send([try peer.statement(Head(generation: peer.generation, size: RecordSize(peer.next), root: Digest.sha256([UInt8(index), UInt8(round)])), .light)])
            }
        } then: { peer in
            #expect(peer.forks.count <= 64)
        },
        Strategy("a head of a size that its author never signs again is nobody's proof", proof: .nothing) { peer, round in
            try peer.send([peer.naming, peer.letter(peer.next, "letter \(round)")])
            try peer.send([try peer.statement(Head(generation: peer.generation, size: RecordSize(peer.next), root: Digest.sha256([9])), .light)])
        } then: { peer in
            #expect(peer.violations.contains(.checkpointMismatch))
        },
    ]

    private static func twoHeads(_ name: String, _ strength: CheckpointStrength) -> Strategy {
        Strategy(name, proof: .fork) { peer, round in
            let other = try peer.head(with: ["We do not agree \(round)."])
            try peer.send([peer.naming, peer.letter(peer.next, "We agree \(round).")])
            try peer.send([try peer.checkpoint(try peer.head(), strength)])
            try peer.send([try peer.statement(other, strength)])
            try peer.send([try peer.statement(other, strength)])
        } then: { peer in
            #expect(peer.forks.count == 5, "each once")
        }
    }
}
