import HotlineDesk
import HotlineStation
import HotlineWatch
import HotlineWire
import Logging
import ServiceLifecycle
import Synchronization

/// Looks twice a second at what is due, and rings: on every screen that watches, in the local log, and by the notifiers.
struct AlarmClock: Service {
    let desk: LoopDesk
    let room: WatchRoom
    let hub: EventHub
    let notifiers: [any Notifier]
    let logger: Logger

    private static let interval = Duration.milliseconds(500)

    func run() async throws {
        // A line that was down before this start is the same alarm still, and may have been acknowledged.
        var down = desk.downBefore()
        do {
            while true {
                try await cancelWhenGracefulShutdown { try await Task.sleep(for: AlarmClock.interval) }
                let now = StationClock.now
                let before = down
                guard let (rung, silent) = try? await desk.ring(room, down: before, at: now) else { return }
                down = Dictionary(uniqueKeysWithValues: silent.map { ($0, before[$0] ?? now.wall) })
                for view in rung { await ring(view, at: now) }
            }
        } catch is CancellationError {}
    }

    private func ring(_ view: AlarmView, at now: Moment) async {
        logger.warning("alarm", metadata: ["kind": "\(view.kind)", "about": "\(view.name)", "rings": "\(view.rings)"])
        hub.tell(
            EventView(
                kind: .alarm, at: now.wall.text, serial: view.name, precedence: view.precedence, exercise: view.exercise, detail: "\(view.what); \(view.hint)"
            )
        )
        for notifier in notifiers { notifier.notify(view) }
    }
}
