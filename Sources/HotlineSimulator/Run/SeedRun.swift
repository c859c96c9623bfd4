package import HotlineSeal
import HotlineWire

/// What became of one seed.
package struct SeedReport: Sendable {
    package let seed: UInt64
    package let events: Int
    package let letters: Int
    package let counts: FaultCounts
    package let digest: UInt64
    package let finding: Finding?
    package let isReal: Bool
    package let stations: Int
    /// Virtual seconds, in all and from the healing to the agreement.
    package let seconds: Int64
    package let healingSeconds: Int64
}

/// Runs seeds, one after another. The seam below the stations is one for the process, so there is one of these at a time.
package final class Simulation {
    private struct Suite: Hashable {
        let stations: Int
        let isTransparent: Bool
    }
    private var made: [Suite: Parties] = [:]
    package var options: Options

    package init(_ options: Options = Options()) { self.options = options }

    /// - Parameter sink: takes the lines of the trace.
    /// - Throws: what the making of keys and agreements throws; never for what a checker finds.
    package func run(seed: UInt64, canary: Canary? = nil, sink: ((String) -> Void)? = nil) throws -> SeedReport {
        var dice = Dice(seed: seed)
        let plan = Plan(&dice, options)
        Simulation.set(isTransparent: plan.isTransparent, seed: seed, watch: nil, canary: nil)
        defer { Simulation.set(isTransparent: false, seed: seed, watch: nil, canary: nil) }
        let world = World(seed: seed, plan: plan, parties: try parties(plan), dice: dice, options: options, sink: sink)
        Simulation.set(isTransparent: plan.isTransparent, seed: seed, watch: world.checkers, canary: canary)
        world.begin()
        while world.checkers.finding == nil, world.events < plan.events, world.step() {}
        let healed = world.clock
        if world.checkers.finding == nil { world.heal() }
        world.converge()
        return SeedReport(
            seed: seed, events: world.events, letters: world.letters, counts: world.counts, digest: world.digest.value, finding: world.checkers.finding,
            isReal: !plan.isTransparent, stations: plan.stations, seconds: (world.clock - Instant(nanoseconds: 0)).nanoseconds / 1_000_000_000,
            healingSeconds: (world.clock - healed).nanoseconds / 1_000_000_000
        )
    }

    private static func set(isTransparent: Bool, seed: UInt64, watch: (any SealWatch)?, canary: Canary?) {
        #if DEBUG || SIMULATION
            Seam.isTransparent = isTransparent
            Seam.entropy = StandIn.Entropy(state: seed)
            Seam.watch = watch
            Seam.canary = canary
        #else
            preconditionFailure("the simulator is built with -Xswiftc -DSIMULATION, or for debugging")
        #endif
    }

    private func parties(_ plan: Plan) throws -> Parties {
        let suite = Suite(stations: plan.stations, isTransparent: plan.isTransparent)
        if let known = made[suite] { return known }
        let parties = try Parties(count: plan.stations)
        made[suite] = parties
        return parties
    }
}

extension World {
    /// Goes on until everybody has everything, or for so long that this is a fault.
    fileprivate func converge() {
        let begun = clock
        let eventsMax = events + 20 * plan.events + 100_000
        let rate = Int64(links.filter { $0.medium != .courier }.map(\.bitsPerSecond).min() ?? 1_000_000)
        let bound = Span.seconds(4 * 86_400 + Int64(letters) * 600 * 8 * 4 / rate)
        var steps = 0
        var left: Finding?
        while checkers.finding == nil {
            if steps & 63 == 0 {
                left = checkers.open(machines.filter { !$0.isRetired })
                if left == nil { return trace { "all have everything" } }
            }
            steps += 1
            guard step(), clock - begun < bound, events < eventsMax else { break }
        }
        guard checkers.finding == nil else { return }
        if let left { checkers.find(left.promise, "\(left.what), \((clock - begun).nanoseconds / 1_000_000_000) s and \(steps) steps after all is well") }
    }
}
