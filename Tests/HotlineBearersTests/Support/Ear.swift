import HotlineBearers
import HotlineWire
import Synchronization

/// Hears what bearers say, and lets a test wait for it.
final class Ear: Sendable {
    private let heard = Mutex<[BearerEvent]>([])

    var hear: @Sendable (BearerEvent) -> Void {
        { event in self.heard.withLock { $0.append(event) } }
    }

    var events: [BearerEvent] { heard.withLock { $0 } }

    var ups: Int {
        events.count { if case .up = $0 { true } else { false } }
    }

    var downs: [String] {
        events.compactMap { if case .down(_, let reason) = $0 { reason } else { nil } }
    }

    var frames: [[UInt8]] {
        events.compactMap { if case .received(_, let frame) = $0 { frame } else { nil } }
    }

    var bytesLeft: Int {
        events.reduce(0) { if case .left(_, let bytes) = $1 { $0 + bytes } else { $0 } }
    }

    var strangers: [String] {
        events.compactMap { if case .stranger(_, let reason) = $0 { reason } else { nil } }
    }

    /// Whether a path stands, as far as was said.
    var isUp: Bool {
        events.reduce(false) { isUp, event in
            switch event {
            case .up: true
            case .down: false
            case .received, .left, .stranger: isUp
            }
        }
    }
}

/// Waits until `condition` holds; false if it does not within `seconds`.
func eventually(within seconds: Int64 = 20, _ condition: () async -> Bool) async -> Bool {
    let deadline = ContinuousClock.now.advanced(by: .seconds(seconds))
    while ContinuousClock.now < deadline {
        if await condition() { return true }
        try? await Task.sleep(for: .milliseconds(2))
    }
    return await condition()
}
