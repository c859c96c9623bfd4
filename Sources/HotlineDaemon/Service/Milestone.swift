import Synchronization

/// Something that happens once, and that others wait for.
final class Milestone: Sendable {
    private struct State {
        var isReached = false
        var waiters: [AsyncStream<Never>.Continuation] = []
    }
    private let state = Mutex(State())

    func reach() {
        let waiters = state.withLock { state in
            state.isReached = true
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.finish() }
    }

    /// - Throws: `CancellationError` where the waiting task was cancelled before it was reached.
    func wait() async throws {
        let waiting = AsyncStream<Never> { continuation in
            let isReached = state.withLock { state in
                if !state.isReached { state.waiters.append(continuation) }
                return state.isReached
            }
            if isReached { continuation.finish() }
        }
        for await _ in waiting {}
        guard state.withLock({ $0.isReached }) else { throw CancellationError() }
    }
}
