import HotlineSeal
import Testing

@Suite("Replay window")
struct ReplayWindowTests {
    @Test("SEAL-16: a counter is fresh once")
    func once() {
        var window = ReplayWindow()
        for counter in [0, 5, 3, 4, 65_535, 65_000] as [UInt16] {
            #expect(window.isFresh(counter))
            window.mark(counter)
            #expect(!window.isFresh(counter))
        }
    }

    @Test("SEAL-16: the window holds exactly 1,024 counters, the highest one included")
    func edges() {
        var window = ReplayWindow()
        window.mark(2000)
        #expect(window.isFresh(977))
        #expect(!window.isFresh(976))
        #expect(!window.isFresh(0))
        window.mark(977)
        #expect(!window.isFresh(977))
        window.mark(2001)
        #expect(!window.isFresh(977))
        #expect(window.isFresh(978))
    }

    @Test("SEAL-16: what was seen before a jump does not make what comes after it stale")
    func jump() {
        for distance in [1, 2, 1023, 1024, 1025, 4096, 60_000] as [UInt16] {
            var window = ReplayWindow()
            for counter in 0..<UInt16(1024) { window.mark(counter) }
            window.mark(1023 + distance)
            for counter in (UInt32(1023) + 1)..<(1023 + UInt32(distance)) where counter + 1024 > 1023 + UInt32(distance) {
                #expect(window.isFresh(UInt16(counter)))
            }
            #expect(!window.isFresh(1023 + distance))
        }
    }

    @Test("SEAL-16: any order of any counters agrees with a set that forgets nothing inside the window")
    func model() throws {
        var random = SeededGenerator(seed: 41)
        for _ in 0..<20 {
            var window = ReplayWindow()
            var seen: Set<Int> = []
            var highest = -1
            var center = 0
            for _ in 0..<3000 {
                if Int.random(in: 0..<50, using: &random) == 0 { center = min(65_535, center + Int.random(in: 0..<3000, using: &random)) }
                let counter = max(0, min(65_535, center + Int.random(in: -1200...40, using: &random)))
                let expected = counter > highest || (counter > highest - 1024 && !seen.contains(counter))
                try #require(window.isFresh(UInt16(counter)) == expected)
                guard expected else { continue }
                window.mark(UInt16(counter))
                seen.insert(counter)
                highest = max(highest, counter)
            }
        }
    }
}
