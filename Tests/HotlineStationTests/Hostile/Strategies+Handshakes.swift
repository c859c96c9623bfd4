import HotlineLine
import HotlineSeal
import HotlineStation
import HotlineWire
import Testing

/// Old frames, and epochs.
extension Strategy {
    static let replays: [Strategy] = [
        Strategy("everything it ever sent, again, in any order") { peer, _ in
            for frame in peer.dice({ peer.stage.earlier.shuffled(using: &$0) }).prefix(60) { try peer.stage.inject(frame) }
        } then: { peer in
            #expect(peer.violations.isEmpty)
        },
        Strategy("old offers, accepts and confirmations, again and again", rounds: 8, pause: .seconds(2)) { peer, _ in
            for frame in peer.stage.earlier where frame.first.map({ $0 & 0x0F }) == 0 { for _ in 0..<3 { try peer.stage.inject(frame) } }
        } then: { peer in
            #expect(peer.violations.isEmpty)
            #expect(peer.victim.delivery(to: peer.me)?.epochs.bankedCount == 1)
        },
        Strategy("what it was sent, sent back") { peer, _ in
            for frame in peer.stage.caught { try peer.stage.inject(frame) }
        },
        Strategy("an item under each of many salts, and the same again", rounds: 3) { peer, round in
            var frames: [[UInt8]] = []
            for _ in 0..<40 {
                try peer.drawSalt()
                frames.append(try peer.seal(Item.encode([peer.naming, peer.letter(peer.next, "once")])))
            }
            for frame in frames + frames.reversed() { try peer.stage.inject(frame) }
        } then: { peer in
            #expect(peer.letters.count { $0 == "once" } == 3)
        },
    ]

    static let handshakes: [Strategy] = [
        Strategy("offers that it never confirms", rounds: 4, pause: .seconds(3)) { peer, round in
            for index in 0..<3 { try peer.handshake(try peer.offers([peer.epoch(above: UInt64(100 * round + 10 * index + 2))])) }
        } then: { peer in
            #expect(peer.victim.delivery(to: peer.me)?.epochs.sendingEpoch != nil)
        },
        Strategy("offers of numbers that are used up, fall, repeat, or are not its own", pause: .seconds(1)) { peer, round in
            let base = peer.epoch(above: UInt64(2 + 20 * round))
            try peer.handshake(try peer.offers([peer.epoch(above: 0)]))
            try peer.handshake(try peer.offers([base + 2, base]))
            try peer.handshake(try peer.offers([base, base]))
            try peer.handshake(try peer.offers([base + 1]))
        } then: { peer in
            #expect(peer.violations.contains(.staleEpoch))
            #expect(peer.victim.delivery(to: peer.me)?.epochs.bankedCount == 1)
        },
        Strategy("an offer of the last number there is", rounds: 3, pause: .seconds(20)) { peer, round in
            let last = [VariableLengthInteger.max, VariableLengthInteger.max - 2, 1 << 61][round]
            try peer.handshake(try peer.offers([peer.epoch(above: last - 2)]))
        } then: { peer in
            #expect(peer.violations == [.staleEpoch, .staleEpoch, .staleEpoch])
        },
        Strategy("an offer of the last number that is taken", rounds: 3, pause: .seconds(20)) { peer, round in
            let parity: UInt64 = peer.me < peer.stage.honest.number ? 1 : 0
            try peer.handshake(try peer.offers([(1 << 60) - (parity == 1 ? 1 : 0)]))
        } then: { peer in
            #expect(peer.violations.isEmpty)
        },
        Strategy("it says that all numbers are used up", rounds: 8, pause: .seconds(6)) { peer, round in
            for object in peer.readHandshakes() where object.first == 1 {
                let parties = peer.victim.membership.parties(offerer: peer.stage.honest.number, accepter: peer.me)
                let hash = SignedStale.hash(try SignedOffers(Array(object.dropFirst())), parties)
                let highest = EpochNumber([VariableLengthInteger.max, (1 << 60) + 1, 1 << 60, 1 << 40][round % 4])
                let signature = try peer.keys.station.sign(SignedStale.body(hash, highest, parties))
                try peer.handshake([4] + SignedStale(object: hash, highest: highest, signature: signature).encoded)
            }
            peer.stage.caught = []
        },
        Strategy("accepts with a false proof, of no offer, of another's") { peer, round in
            let parties = peer.victim.membership.parties(offerer: peer.stage.honest.number, accepter: peer.me)
            let secret = try OfferSecret.generate(epoch: EpochNumber(UInt64(round + 1)))
            let made = try EpochAgreement.accept(try secret.offer, parties)
            let signature = try peer.keys.station.sign(SignedAccepts.body([made.accept], parties))
            try peer.handshake([2] + SignedAccepts(accepts: [made.accept], signature: signature).encoded)
            let confirmation = EpochAgreement.confirmation(of: made.accept, made.secret, parties)
            try peer.handshake([3] + Confirmations([confirmation]).encoded)
        } then: { peer in
            #expect(peer.victim.delivery(to: peer.me)?.epochs.bankedCount == 1)
        },
        Strategy("a flood of objects that nobody has signed", rounds: 4) { peer, _ in
            for _ in 0..<60 {
                let kind = UInt8.random(in: 0...5, using: &peer.stage.dice)
                let body = peer.dice { $0.bytes(Int.random(in: 1...6000, using: &$0)) }
                try peer.handshake([kind] + body, part: 2000)
            }
        } then: { peer in
            #expect(peer.victim.delivery(to: peer.me)?.epochs.bankedCount == 1)
        },
        Strategy("parts of many objects, none of them whole, with totals that change", rounds: 4) { peer, _ in
            for index in 0..<100 {
                let total = [Limits.objectBytesMax, 5000, 2][index % 3]
                let part = HandshakeFragment(
                    from: peer.me, to: peer.stage.honest.number, object: UInt64(index % 5), offset: total - 1, total: total, bytes: [1]
                )
                try peer.stage.inject(part.encoded)
            }
        },
    ]
}
