import HotlineLine
import HotlineStation
import HotlineWire
import Testing

/// Frames and items in their own right.
extension Strategy {
    static let items: [Strategy] = [
        Strategy("frames of noise, of other kinds, from and to others") { peer, _ in
            for _ in 0..<100 {
                var frame = peer.dice { $0.bytes(Int.random(in: 0...400, using: &$0)) }
                if let place = frame.indices.first, peer.dice({ $0.happens(70) }) { frame[place] = 0x10 | UInt8.random(in: 0...3, using: &peer.stage.dice) }
                if frame.count > 3 { frame[2] = peer.me.value << 4 | peer.stage.honest.number.value }
                try peer.stage.inject(frame)
            }
        } then: { peer in
            #expect(peer.violations.isEmpty, "whoever owns the bearer can do this")
        },
        Strategy("plaintexts of noise") { peer, _ in
            for _ in 0..<60 { try peer.send(plaintext: peer.dice { $0.bytes(Int.random(in: 1...300, using: &$0)) }) }
        } then: { peer in
            #expect(peer.violations.count == 6)
        },
        Strategy("true items with a bit turned, or cut short", proof: .perhapsConflict) { peer, _ in
            let items = [peer.naming, peer.letter(peer.next, "A letter."), .probe(challenge: 7), .more, peer.letter(peer.next + 1, "Another.")]
            let plaintext = Item.encode(items)
            for _ in 0..<40 {
                var copy = plaintext
                let place = peer.dice { Int.random(in: 1..<copy.count, using: &$0) }
                if peer.dice({ $0.happens(50) }) { copy.removeSubrange(place...) } else { copy[place] ^= 1 << UInt8.random(in: 0...7, using: &peer.stage.dice) }
                try peer.send(plaintext: copy)
            }
        },
        Strategy("items of types that there are not") { peer, round in
            for type in stride(from: UInt8(0x14), to: 0x40, by: 7) { try peer.send(plaintext: [type + UInt8(round), 0, 0, 0]) }
            try peer.send(plaintext: [0x80, 1, 2, 3])
        } then: { peer in
            #expect(peer.violations.count == 6)
        },
        Strategy("one alias for two generations, and items under aliases of nothing") { peer, round in
            try peer.drawSalt()
            try peer.send([peer.letter(peer.next, "of no name", alias: 200), .echo(challenge: 1, current: 99)])
            try peer.send([peer.naming, peer.name(0, peer.fresh()), peer.letter(peer.next, "of two names \(round)")])
        } then: { peer in
            #expect(peer.violations.contains(.renamed))
        },
        Strategy("two hundred and fifty-six names, and then another", rounds: 2) { peer, _ in
            try peer.drawSalt()
            try peer.send((0...255).map { peer.name(UInt8($0), $0 % 2 == 0 ? peer.generation : peer.fresh()) })
            try peer.send([peer.name(0, peer.generation), peer.name(255, peer.generation), peer.letter(peer.next, "by one of its names", alias: 128)])
        },
        Strategy("parts that never make a whole") { peer, round in
            for object in 0..<80 {
                let part = FragmentItem(object: UInt64(round * 1000 + object), offset: object, total: Limits.objectBytesMax, bytes: [1, 2, 3])
                try peer.send([.fragment(part)])
            }
            for offset in stride(from: 0, to: 1000, by: 2) where offset % 10 == 0 {
                try peer.send([.fragment(FragmentItem(object: 7, offset: offset, total: 5000, bytes: [0]))])
            }
        },
        Strategy("parts that contradict each other") { peer, round in
            let whole = Item.encode([peer.letter(peer.next, "the text that counts")])
            try peer.send([peer.naming, .fragment(FragmentItem(object: 9, offset: 0, total: whole.count, bytes: Array(whole.prefix(8))))])
            try peer.send([.fragment(FragmentItem(object: 9, offset: 4, total: whole.count, bytes: [0xFF, 0xFF]))])
            try peer.send([.fragment(FragmentItem(object: 9, offset: 0, total: whole.count + 1, bytes: [1]))])
            try peer.send([.fragment(FragmentItem(object: 9, offset: 0, total: whole.count, bytes: [0x0C, 0]))])
            try peer.send([.fragment(FragmentItem(object: 9, offset: 2, total: whole.count, bytes: Array(whole.dropFirst(2))))])
        },
        Strategy("a part of a part, an ask in parts, a name in parts") { peer, round in
            let inner = Item.encode([.fragment(FragmentItem(object: 1, offset: 0, total: 3, bytes: [0x13]))])
            for object in [inner, Item.encode([.more]), Item.encode([.ask(current: peer.generation, from: 0)]), Item.encode([peer.naming]), [0x0C], [0x41]] {
                for (offset, byte) in object.enumerated() {
                    try peer.send([.fragment(FragmentItem(object: UInt64(50 + round), offset: offset, total: object.count, bytes: [byte]))])
                }
            }
        },
        Strategy("hundreds of probes in a frame", rounds: 3) { peer, round in
            let before = peer.victim.deliveries.map(\.statistics.framesSent)
            for index in 0..<40 { try peer.send((0..<512).map { .probe(challenge: UInt32(index * 512 + $0)) }) }
            let after = peer.victim.deliveries.map(\.statistics.framesSent)
            #expect(zip(before, after).allSatisfy { $1 - $0 <= 60 }, "a frame for a frame, and no more")
        },
        Strategy("nothing but names, over and over", rounds: 3) { peer, _ in
            try peer.drawSalt()
            for _ in 0..<40 { try peer.send([peer.naming, peer.name(1, peer.another(1)), peer.name(2, peer.another(2))]) }
        },
        Strategy("one byte at a time", rounds: 40, pause: .seconds(3)) { peer, round in
            let whole = Item.encode([peer.letter(peer.size(of: peer.generation), "drip")])
            guard round < whole.count else { return }
            try peer.send([peer.naming, .fragment(FragmentItem(object: 77, offset: round, total: whole.count, bytes: [whole[round]]))])
        },
    ]
}
