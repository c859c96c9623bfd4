import HotlineLine
import HotlineWire

/// What a seed is: how many stations, over which bearers, in which weather, for how long.
struct Plan {
    let stations: Int
    let isTransparent: Bool
    let events: Int
    let links: [LinkPlan]
    /// Nanoseconds between two letters of one station, about.
    let letterPause: Int
    /// Nanoseconds between two departures of a courier, about.
    let courierPause: Int
    /// Nanoseconds between two faults, about.
    let faultPause: Int
    let rowsPerSnapshot: Int
    let limits: SealingLimits
    let turnDelayMax: Int
    let hasLongLetters: Bool
    /// What may happen in this seed.
    let faults: [FaultKind]

    struct LinkPlan {
        let pair: (Int, Int)
        let medium: Link.Medium
        let bitsPerSecond: Int
        let frameBytesMax: Int
        let probeInterval: Span
        let latency: ClosedRange<Int>
        let cost: Int

        var unhurried: LinkPlan {
            LinkPlan(
                pair: pair, medium: medium, bitsPerSecond: bitsPerSecond, frameBytesMax: frameBytesMax, probeInterval: max(probeInterval, .seconds(60)),
                latency: latency, cost: cost
            )
        }
    }

    init(_ dice: inout Dice, _ options: Options) {
        isTransparent = options.forcesReal ? false : !dice.happens(percent: 5)
        let many = dice.draw(0...99)
        stations = many < 60 ? 2 : many < 82 ? 3 : many < 93 ? 4 : 5
        events = dice.happens(percent: 5) ? dice.draw(50_000...60_000) : dice.spread(600...2_600)
        var links: [LinkPlan] = []
        for a in 0..<stations {
            for b in a + 1..<stations {
                for cost in 0..<(dice.happens(percent: 45) ? 1 : dice.draw(2...3)) { links.append(Plan.link((a, b), cost, &dice)) }
            }
        }
        // The narrowest way between two stations bounds how much they can say.
        var narrowest = Int.max
        for a in 0..<stations {
            for b in a + 1..<stations {
                let widest = links.filter { $0.pair == (a, b) && $0.medium != .courier }.map(\.bitsPerSecond).max() ?? 0
                narrowest = min(narrowest, widest)
            }
        }
        // Where letters take minutes, probes every second would be all that happens.
        self.links = narrowest < 64_000 ? links.map(\.unhurried) : links
        hasLongLetters = narrowest >= 1_000_000
        let perLetter = Int(400 * 8 * 1_000_000_000 / UInt64(narrowest))
        letterPause = max(dice.spread(50_000_000...20_000_000_000), perLetter * stations)
        faultPause = max(dice.spread(2_000_000_000...200_000_000_000), letterPause * 4)
        // Often enough that a courier leaves before the faults end.
        courierPause = min(20_000_000_000_000, letterPause * dice.spread(10...200))
        rowsPerSnapshot = dice.spread(20...1_000)
        limits  // An epoch costs a quarter of an hour at 75 bit/s: nobody draws the bounds tight there.
        =
            narrowest >= 64_000 && dice.happens(percent: 40)
            ? SealingLimits(
                framesPerSalt: max(dice.spread(16...4_000), hasLongLetters ? Plan.framesOfLetter : 1), saltsPerEpoch: UInt64(dice.spread(8...256)),
                entriesPerEpoch: UInt64(dice.spread(64...65_536))
            ) : .standard
        turnDelayMax = dice.happens(percent: 50) ? 1 : dice.spread(1_000...5_000_000)
        let keep = dice.draw(25...80)
        faults = FaultKind.allCases.filter { !options.without.contains($0) && dice.happens(percent: keep) }
    }

    /// A letter in parts begins anew with each salt: the longest must fit under one, also with some of it sent twice, as it does under the 65,536
    /// frames of a real line.
    private static let framesOfLetter = 1_000

    private static func link(_ pair: (Int, Int), _ cost: Int, _ dice: inout Dice) -> LinkPlan {
        let kind = dice.draw(0...99)
        let probe = Span.milliseconds(Int64(dice.spread(1_000...60_000)))
        if cost > 0, kind < 18 {
            return LinkPlan(
                pair: pair, medium: .courier, bitsPerSecond: 1_000_000_000, frameBytesMax: Limits.frameBytesMax, probeInterval: .seconds(6 * 3600),
                latency: 0...0, cost: 10 + cost
            )
        }
        if kind < 60 {
            return LinkPlan(
                pair: pair, medium: .session, bitsPerSecond: dice.spread(1_000_000...1_000_000_000), frameBytesMax: Limits.frameBytesMax, probeInterval: probe,
                latency: 200_000...dice.spread(1_000_000...600_000_000), cost: cost
            )
        }
        if kind < 80 {
            return LinkPlan(
                pair: pair, medium: .datagram, bitsPerSecond: dice.spread(64_000...1_000_000_000), frameBytesMax: dice.spread(1_200...Limits.frameBytesMax),
                probeInterval: probe, latency: 200_000...dice.spread(1_000_000...2_000_000_000), cost: cost
            )
        }
        let rate = dice.pick([75, 75, 300, 1_200, 2_400])
        return LinkPlan(
            pair: pair, medium: .datagram, bitsPerSecond: rate, frameBytesMax: Limits.radioFrameBytesMax,
            probeInterval: .seconds(Int64(max(60, 36_000 / rate))), latency: 5_000_000...dice.spread(10_000_000...2_000_000_000), cost: 5 + cost
        )
    }
}

/// What the caller chooses.
package struct Options: Sendable {
    /// Kinds of fault that do not happen.
    package var without: Set<FaultKind> = []
    /// Real cryptography in every seed.
    package var forcesReal = false
    /// Promises whose checkers count; nil for all of them.
    package var heeded: Set<Promise>?
    /// Accusations that are known, and not counted.
    package var tolerated: Set<String> = []
    package init() {}
}
