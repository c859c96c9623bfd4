import HotlineSeal

/// A deliberate fault and the checkers that must find it.
package struct CanaryCatch: Sendable {
    let canary: Canary
    let promises: Set<Promise>

    package var name: String { canary.rawValue }

    package enum Result: Sendable {
        case caught(seeds: Int, Finding)
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
        case .silentRestore: CanaryCatch(canary: canary, promises: [.lostTailDeclared])
        case .claimKept: CanaryCatch(canary: canary, promises: [.tailReturned])
        case .changedCopy: CanaryCatch(canary: canary, promises: [.transcriptsAgree])
        }
    }

    package func run(_ simulation: Simulation, seeds: Int, from first: UInt64) throws -> Result {
        // Other checkers see it too, often sooner; it is this one that has to.
        simulation.options.heeded = promises
        for count in 0..<seeds {
            if let finding = try simulation.run(seed: first + UInt64(count), canary: canary).finding { return .caught(seeds: count + 1, finding) }
        }
        return .survived
    }
}
