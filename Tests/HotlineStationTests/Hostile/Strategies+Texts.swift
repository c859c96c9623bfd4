import HotlineAgreement
import HotlineLine
import HotlineRecord
import HotlineSeal
import HotlineStation
import HotlineWatch
import HotlineWire
import Testing

/// What it writes, and how much of it.
extension Strategy {
    static let texts: [Strategy] = [
        Strategy("text that turns, hides and looks like other text") { peer, _ in
            for text in hostileTexts { try peer.send([peer.naming, peer.letter(peer.next, text)]) }
        } then: { peer in
            #expect(peer.letters.suffix(hostileTexts.count) == hostileTexts[...], "byte for byte")
            #expect(hostileTexts.map(TextRules.shown).allSatisfy { !$0.unicodeScalars.contains(where: TextRules.isForbidden) })
        },
        Strategy("bytes that are no text") { peer, round in
            try peer.send([peer.naming, peer.item(peer.next, [0xFF, 0xFE, 0xC0, 0x80, 0xED, 0xA0, 0x80, 0xF4, 0x90, 0x80, 0x80]), peer.item(peer.next + 1, [])])
            #expect(peer.letters.count == 3 + 2 * (round + 1))
        },
        Strategy("kinds that nobody knows") { peer, round in
            let before = peer.next
            for kind in stride(from: UInt8(40), through: 255, by: 5) { try peer.send([peer.naming, peer.letter(peer.next, "kind \(kind)", kind: kind)]) }
            #expect(peer.next == before + 44)
        } then: { peer in
            #expect(peer.violations.isEmpty)
        },
        Strategy("declarations, recoveries and rosters that are not so, or are no such thing") { peer, round in
            let mine = try peer.victimGeneration
            let lost = (0..<64).map { Declaration.Lost(GenerationSize(peer.ghost(UInt64($0)), RecordSize(VariableLengthInteger.max)), cover: .full) }
            let contents: [(UInt8, [UInt8])] = [
                (Declaration.kind, Declaration(cause: .shown, restoredFrom: Head(generation: mine, size: RecordSize(1 << 50), root: .zero), known: lost).encoded),
                (Recovered.kind, Recovered(from: peer.stage.honest.number, first: EntryNumber(0), head: Head(generation: mine, size: RecordSize(1 << 50), root: .zero)).encoded),
                (Declaration.kind, [9, 9]), (Recovered.kind, []), (Declaration.kind, peer.dice { $0.bytes(100) }),
            ]
            for (kind, content) in contents { try peer.send([peer.naming, peer.item(peer.next, content, EntryHeader(kind: kind, precedence: .flash))]) }
        } then: { peer in
            #expect(peer.next == 4 + 25)
        },
        Strategy("agreements in force that are not, and no such thing") { peer, _ in
            let other = Basis(agreement: Digest.sha256([1]))
            let contents = [
                InForce(basis: other, version: 2, keysVersion: 0).encoded, InForce(basis: Basis(agreement: peer.line, statement: .zero), version: 1, keysVersion: 1).encoded,
                [1, 2],
            ]
            for content in contents { try peer.send([peer.naming, peer.item(peer.next, content, EntryHeader(kind: InForce.kind, precedence: .immediate))]) }
            let true1 = InForce(basis: Basis(agreement: peer.line), version: 1, keysVersion: 0).encoded
            try peer.send([peer.item(peer.next, true1, EntryHeader(kind: InForce.kind, precedence: .immediate))])
        } then: { peer in
            #expect(peer.next == 4 + 5, "only what is so is held")
            #expect(peer.violations.allSatisfy { $0 == .unholdable })
        },
    ]

    private static let hostileTexts = [
        "Nоthing will be done.", "\u{202E}.deerga si gnihtoN", "We \u{2066}do not\u{2069} agree.", "\u{200B}\u{FEFF}", "\u{0}\u{1B}[2J\u{7}", "a\u{301}\u{302}\u{303}",
        "1\r2\n3", "\u{E0041}\u{FE0F}",
    ]

    static let floods: [Strategy] = [
        Strategy("FLASH without end, in order and beyond gaps", rounds: 4) { peer, round in
            let first = peer.next
            try peer.send([peer.naming])
            for index in 0..<60 as Range<UInt64> { try peer.send([peer.letter(first + index, "FLASH \(first + index)", precedence: .flash)]) }
            for index in 0..<100 as Range<UInt64> { try peer.send([peer.letter(first + 70 + index * 3, "FLASH \(first + 70 + index * 3)", precedence: .flash)]) }
        } then: { peer in
            #expect(peer.violations.isEmpty)
        },
        Strategy("entries beyond a gap, more than there is room for", rounds: 4) { peer, round in
            let text = String(repeating: "x", count: [10, 4_000, 30_000, 60_000][round])
            try peer.send([peer.naming])
            for index in 0..<100 as Range<UInt64> { try peer.send([peer.letter(peer.next + 1 + index * 2 + UInt64(round * 300), text)]) }
        },
        Strategy("letters as fast as it can", rounds: 3) { peer, round in
            for _ in 0..<4 {
                let first = peer.next
                try peer.send([peer.naming] + (0..<100).map { peer.letter(first + UInt64($0), "quick \(round) \($0)") })
            }
        } then: { peer in
            #expect(peer.next == 4 + 1200)
        },
        Strategy("nothing at all", rounds: 3, pause: .seconds(40)) { _, _ in },
    ]
}
