import HotlineDesk
import HotlineWire
import Logging
import ServiceLifecycle

/// Looks once a second at how the line stands, and writes down what has changed.
struct LineWatch: Service {
    let desk: LoopDesk
    let log: LineLog
    let logger: Logger

    private static let interval = Duration.seconds(1)
    /// Between two countings of probes, in looks.
    private static let countingInterval = 60

    private struct Seen {
        var isUp: [LineHistory.Name: Bool] = [:]
        var probes: [LineHistory.Name: (sent: UInt64, answered: UInt64)] = [:]
    }

    func run() async throws {
        let now = StationClock.now.wall
        // Whatever ended the process before said nothing.
        if let last = log.facts().last, last.kind != .stopped, let touched = log.touchedAt {
            log.append([LineFact(at: min(touched.milliseconds, now.milliseconds), kind: .stopped)])
        }
        log.append([LineFact(at: now.milliseconds, kind: .started)])
        var seen = Seen()
        var looks = 0
        var last: StatusView?
        do {
            while true {
                try await cancelWhenGracefulShutdown { try await Task.sleep(for: LineWatch.interval) }
                guard let status = try? await desk.status() else { break }
                last = status
                looks += 1
                note(status, &seen, countsProbes: looks.isMultiple(of: LineWatch.countingInterval))
                log.touch()
            }
        } catch is CancellationError {}
        // The loop may not answer any more.
        if let last { note(last, &seen, countsProbes: true) }
        log.append([LineFact(at: StationClock.now.wall.milliseconds, kind: .stopped)])
    }

    private func note(_ status: StatusView, _ seen: inout Seen, countsProbes: Bool) {
        let at = StationClock.now.wall.milliseconds
        var facts: [LineFact] = []
        for peer in status.peers {
            let whole = LineHistory.Name(peer: peer.mark, bearer: nil)
            let isUp = peer.state == "up"
            if seen.isUp.updateValue(isUp, forKey: whole) ?? false != isUp {
                facts.append(LineFact(at: at, kind: isUp ? .up : .down, peer: peer.mark, detail: isUp ? nil : peer.state))
            }
            for bearer in peer.bearers {
                let name = LineHistory.Name(peer: peer.mark, bearer: bearer.kind)
                if seen.isUp.updateValue(bearer.isUp, forKey: name) ?? false != bearer.isUp {
                    facts.append(LineFact(at: at, kind: bearer.isUp ? .up : .down, peer: peer.mark, bearer: bearer.kind))
                }
                let before = seen.probes[name] ?? (0, 0)
                guard countsProbes, bearer.probesSent > before.sent else { continue }
                facts.append(
                    LineFact(
                        at: at, kind: .probes, peer: peer.mark, bearer: bearer.kind, sent: bearer.probesSent - before.sent,
                        answered: bearer.probesAnswered - before.answered
                    ))
                seen.probes[name] = (bearer.probesSent, bearer.probesAnswered)
            }
        }
        log.append(facts)
    }
}
