import HotlineSeal

/// A deliberate fault and the checkers that must find it.
package struct CanaryCatch: Sendable {
    let canary: Canary
    let promises: Set<Promise>

    package var name: String { canary.rawValue }

    package enum Result: Sendable {
        case caught(seeds: Int, Finding)
        /// Something else came of it.
        case foundOtherwise(seed: UInt64, Finding)
        case survived
    }

    package static let all: [CanaryCatch] = Canary.allCases.map { canary in
        switch canary {
        case .effectsBeforeRecords: CanaryCatch(canary: canary, promises: [.acknowledgedIsHeld, .transcriptsAgree])
        case .generationKept: CanaryCatch(canary: canary, promises: [.oneLeafANumber])
        case .anyReceiver: CanaryCatch(canary: canary, promises: [.nothingLost])
        case .constantSalt: CanaryCatch(canary: canary, promises: [.noKeyTwice])
        case .unconfirmedEpoch: CanaryCatch(canary: canary, promises: [.epochsConfirmed])
        case .boundlessWindow: CanaryCatch(canary: canary, promises: [.boundedMemory])
        case .noReplayWindow: CanaryCatch(canary: canary, promises: [.noReplay])
        case .smallerCheckpoint: CanaryCatch(canary: canary, promises: [.signaturesGrow])
        case .toldTwice: CanaryCatch(canary: canary, promises: [.onceInOrder])
        case .queuedFlash: CanaryCatch(canary: canary, promises: [.flashFirst])
        case .plainFrame: CanaryCatch(canary: canary, promises: [.noPlaintext])
        case .changedCopy: CanaryCatch(canary: canary, promises: [.transcriptsAgree])
        }
    }

    package func run(_ simulation: Simulation, seeds: Int, from first: UInt64) throws -> Result {
        for count in 0..<seeds {
            let seed = first + UInt64(count)
            guard let finding = try simulation.run(seed: seed, canary: canary).finding else { continue }
            return promises.contains(finding.promise) ? .caught(seeds: count + 1, finding) : .foundOtherwise(seed: seed, finding)
        }
        return .survived
    }
}
