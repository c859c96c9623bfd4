import Dispatch
import HotlineStation
import HotlineWatch
import HotlineWire
import Synchronization

/// Where everything that happens to a station waits for its loop. Posting never blocks.
final class Mailbox: Sendable {
    enum Item: Sendable {
        case input(Input)
        /// `answer` gets nil where the loop ends before the entry is durable.
        case draft(Draft, answer: @Sendable (Result<Composed, Refusal>?) -> Void)
        /// Work on the loop's own thread, between two batches; with nil where the loop has ended.
        case query(@Sendable (StationCore?) -> Void)
        case stop
    }

    private struct State {
        var items: [Item] = []
        var frameBytes = 0
        var isWaiting = false
        var isClosed = false
        /// What stops the bearers from reading, until the loop has caught up.
        var pause: (@Sendable () -> Void)?
        var isPaused = false
    }
    private let state = Mutex(State())
    private let bell = DispatchSemaphore(value: 0)

    /// Frames that wait beyond this make their bearer stop reading: twice what a commit takes in.
    static let frameBytesMax = 4 * 1024 * 1024

    /// False where the loop has ended: nobody will read it.
    @discardableResult
    func post(_ item: Item) -> Bool {
        let (isOpen, ring, pause) = state.withLock { state -> (Bool, Bool, (@Sendable () -> Void)?) in
            guard !state.isClosed else { return (false, false, nil) }
            state.items.append(item)
            if case .input(.bearer(.received(_, let frame), peer: _)) = item { state.frameBytes += frame.count }
            let pauses = state.frameBytes > Mailbox.frameBytesMax && !state.isPaused
            if pauses { state.isPaused = true }
            defer { state.isWaiting = false }
            return (true, state.isWaiting, pauses ? state.pause : nil)
        }
        pause?()
        if ring { bell.signal() }
        return isOpen
    }

    /// What to call, once, when more frames wait than `frameBytesMax`.
    func onFull(_ pause: @escaping @Sendable () -> Void) { state.withLock { $0.pause = pause } }

    /// Whether the bearers were told to pause since this was last asked.
    func takePaused() -> Bool {
        state.withLock { state in
            defer { state.isPaused = false }
            return state.isPaused
        }
    }

    /// Everything that waits, in order; waits for something until the deadline of the monotonic clock.
    func take(until deadline: Instant?) -> [Item] {
        let waiting = state.withLock { state -> Bool in
            state.isWaiting = state.items.isEmpty
            return state.isWaiting
        }
        if waiting {
            if let deadline {
                _ = bell.wait(timeout: DispatchTime(uptimeNanoseconds: UInt64(max(0, deadline.nanoseconds))))
            } else {
                bell.wait()
            }
        }
        return state.withLock { state in
            // A bell that rang just after the time-out must not wake the next wait for nothing.
            if waiting, !state.isWaiting, state.items.isEmpty { _ = bell.wait(timeout: .now()) }
            state.isWaiting = false
            state.frameBytes = 0
            defer { state.items = [] }
            return state.items
        }
    }

    /// Takes no more, and tells whoever waits.
    func close() {
        let items = state.withLock { state -> [Item] in
            state.isClosed = true
            defer { state.items = [] }
            return state.items
        }
        for item in items {
            switch item {
            case .draft(_, let answer): answer(nil)
            case .query(let query): query(nil)
            case .input, .stop: break
            }
        }
    }
}
