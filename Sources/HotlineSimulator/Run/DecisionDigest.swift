import HotlineSeal
import HotlineStation
import HotlineWire

/// A hash over everything that the stations of a seed decided, in order: when, what was written with which hashes, what
/// was sent.
struct DecisionDigest {
    private(set) var value: UInt64 = 0

    mutating func fold(_ machine: Machine, _ clock: Instant, _ outcome: Outcome) {
        fold(UInt64(bitPattern: clock.nanoseconds))
        fold(UInt64(machine.place) << 32 | UInt64(outcome.effects.count))
        for row in outcome.rows {
            fold(WordHash.of(row.value))
            if let nodes = row.nodes { fold(WordHash.of(nodes)) }
        }
        for cell in outcome.cells + outcome.secretCells { if let value = cell.value { fold(WordHash.of(value)) } }
        for effect in outcome.effects { if case .transmit(let bearer, let frame) = effect { fold(UInt64(bearer.value) << 32 | UInt64(frame.count)) } }
    }

    private mutating func fold(_ word: UInt64) { value = WordHash.mix(value ^ word) &+ 0x9E37_79B9_7F4A_7C15 }
}
