import Dispatch
import HotlineDesk
import HotlineStation
import HotlineWire
import Synchronization

/// Who listens to what happens. A listener that does not keep up loses events and is told how many.
final class EventHub: Sendable {
    private struct Listener {
        let continuation: AsyncStream<EventView>.Continuation
        var missed = 0
    }
    private struct State {
        var listeners: [UInt64: Listener] = [:]
        var next: UInt64 = 0
        var isClosed = false
    }
    private let state = Mutex(State())
    private let words: EventWords
    private let writing = DispatchQueue(label: "hotline.events")

    private static let buffered = 4_096

    init(words: EventWords) { self.words = words }

    func listen() -> AsyncStream<EventView> {
        AsyncStream(bufferingPolicy: .bufferingOldest(EventHub.buffered)) { continuation in
            let id = state.withLock { state -> UInt64? in
                guard !state.isClosed else { return nil }
                state.next += 1
                state.listeners[state.next] = Listener(continuation: continuation)
                return state.next
            }
            guard let id else { return continuation.finish() }
            continuation.onTermination = { [weak self] _ in self?.state.withLock { _ = $0.listeners.removeValue(forKey: id) } }
        }
    }

    var isHeard: Bool { state.withLock { !$0.listeners.isEmpty } }

    /// On the loop's thread; the words are found beside it, in order.
    ///
    /// - Parameter release: what is to be said of its release.
    func tell(_ event: Event, _ station: Station, release: ReleaseNote? = nil) {
        guard isHeard else { return }
        let serial = words.serial(event, station)
        let at = StationClock.now.wall
        writing.async { [self] in
            if let view = words.view(event, serial: serial, at: at.text) { tell(release?.told(view) ?? view) }
        }
    }

    func tell(_ view: EventView) {
        state.withLock { state in
            for id in state.listeners.keys.sorted() {
                guard var listener = state.listeners[id] else { continue }
                if listener.missed > 0 {
                    let note = EventView(kind: .missed, at: view.at, detail: "\(listener.missed) events were missed")
                    guard case .enqueued = listener.continuation.yield(note) else {
                        listener.missed += 1
                        state.listeners[id] = listener
                        continue
                    }
                    listener.missed = 0
                }
                if case .dropped = listener.continuation.yield(view) { listener.missed += 1 }
                state.listeners[id] = listener
            }
        }
    }

    func close() {
        writing.sync {}
        let listeners = state.withLock { state in
            state.isClosed = true
            defer { state.listeners = [:] }
            return Array(state.listeners.values)
        }
        for listener in listeners { listener.continuation.finish() }
    }
}
