/// All the randomness of a seed: xoshiro256** (Blackman, Vigna, 2018), begun with SplitMix64.
package struct Dice: Sendable {
    private var state: (UInt64, UInt64, UInt64, UInt64)

    package init(seed: UInt64) {
        var start = Dice.Start(state: seed)
        state = (start.next(), start.next(), start.next(), start.next())
    }

    private struct Start {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    package mutating func word() -> UInt64 {
        let product = state.1 &* 5
        let result = (product << 7 | product >> 57) &* 9
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = state.3 << 45 | state.3 >> 19
        return result
    }

    /// Evenly from `range`; the bias of at most 2^-32 does not matter here.
    package mutating func draw(_ range: ClosedRange<Int>) -> Int {
        let count = UInt64(range.upperBound - range.lowerBound) + 1
        return range.lowerBound + Int(word().multipliedFullWidth(by: count).high)
    }

    package mutating func happens(perMille: Int) -> Bool { draw(0...999) < perMille }
    package mutating func happens(percent: Int) -> Bool { draw(0...99) < percent }

    package mutating func pick<Element>(_ choices: [Element]) -> Element { choices[draw(0...choices.count - 1)] }

    /// As many small values as large ones: each power of two in the range is about as likely as any other.
    package mutating func spread(_ range: ClosedRange<Int>) -> Int {
        let low = max(range.lowerBound, 1)
        let octaves = max(1, (range.upperBound / low).bitWidth - (range.upperBound / low).leadingZeroBitCount)
        let octave = draw(0...octaves - 1)
        let from = min(low << octave, range.upperBound)
        return draw(from...min(range.upperBound, max(from, (low << (octave + 1)) - 1)))
    }

    package mutating func bytes(_ count: Int) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(count + 8)
        while out.count < count { withUnsafeBytes(of: word().littleEndian) { out.append(contentsOf: $0) } }
        out.removeLast(out.count - count)
        return out
    }
}
