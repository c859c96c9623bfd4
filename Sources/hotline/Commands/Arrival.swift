import HotlineDesk

/// Waits until a letter is at their station. Listens from the moment it is made.
struct Arrival {
    private let desk: any Desk
    private let events: AsyncStream<EventView>

    /// The stage as `StageView` names it.
    static let stage = "at their station"
    /// How often the record is looked at although no event came.
    private static let patience = Duration.seconds(2)

    init(_ desk: any Desk) async throws(DeskError) {
        self.desk = desk
        events = try await desk.events()
    }

    private enum Step: Sendable {
        case look, stopped, late
    }

    /// - Throws: `unavailable` where the station stops or time is up before that.
    func wait(for sent: SentView, timeout: Duration?) async throws -> EntryView {
        let (steps, continuation) = AsyncStream.makeStream(of: Step.self, bufferingPolicy: .bufferingNewest(8))
        let listener = Task { [events] in
            for await event in events {
                switch event.kind {
                case .acknowledged, .missed: continuation.yield(.look)
                case .clock: break
                case .sent, .received, .stated, .released, .channel, .presence, .early, .signed, .up, .down, .epoch, .restarted, .restored, .recovered, .provisional, .inForce,
                    .notInstalled,
                    .violation, .conflict, .fork, .stranger, .alarm, .stopped:
                    break
                }
            }
            continuation.yield(.stopped)
        }
        let clock = Task {
            let end = timeout.map { ContinuousClock.now + $0 }
            continuation.yield(.look)
            while end.map({ ContinuousClock.now < $0 }) ?? true {
                try await Task.sleep(for: min(Arrival.patience, end.map { $0 - .now } ?? Arrival.patience))
                continuation.yield(.look)
            }
            continuation.yield(.late)
        }
        defer {
            listener.cancel()
            clock.cancel()
        }
        for await step in steps {
            switch step {
            case .look:
                let entry = try await desk.entry(sent.id)
                if entry.stages.contains(where: { $0.stage == Arrival.stage }) { return entry }
            case .stopped:
                throw late(sent, "the station stopped, and \(sent.serial) is durable here and not known to be at their station")
            case .late:
                throw late(sent, "\(sent.serial) is durable here and not yet at their station")
            }
        }
        throw CancellationError()
    }

    private func late(_ sent: SentView, _ what: String) -> DeskError {
        DeskError(.unavailable, what, hint: "it stays on its way and is not to be sent again; see: hotline show \(sent.serial)")
    }
}
