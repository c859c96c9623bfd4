import Foundation
import HotlineAgreement
import HotlineDesk
import HotlineWire

/// How the line has been, from what this station has seen of it and from what became of its own letters.
extension LoopDesk {
    func line(since: String?) async throws(DeskError) -> LineReportView {
        let from = try since.map { text throws(DeskError) in try Calendar.time(text) }
        let status = try await status()
        let attempts = try await attempts(since: since).filter(\.isOwn)
        let names = status.peers.flatMap { peer in
            [LineHistory.Name(peer: peer.mark, bearer: nil)] + peer.bearers.map { LineHistory.Name(peer: peer.mark, bearer: $0.kind) }
        }
        let history = LineHistory(lineLog.facts(), since: from?.milliseconds, until: StationClock.now.wall.milliseconds, names)
        return LineReportView(
            since: WallTime(milliseconds: history.since).text, until: WallTime(milliseconds: history.until).text,
            notRunning: history.notRunning.map { LoopDesk.span($0, history) },
            peers: status.peers.map { peer in view(peer, history, attempts.filter { self.isTo($0, peer.station) }) }
        )
    }

    /// The stations to which the line was down when this process began, and since when.
    func downBefore() -> [StationNumber: WallTime] {
        let marks = lineLog.downSince()
        return Dictionary(uniqueKeysWithValues: agreement.parties.compactMap { party in marks[party.mark].map { (party.number, $0) } })
    }

    private func isTo(_ attempt: AttemptView, _ station: Int) -> Bool {
        agreement.terms.posts.contains { $0.code == attempt.toPost && Int($0.party.value) == station }
    }

    private func view(_ peer: PeerView, _ history: LineHistory, _ attempts: [AttemptView]) -> LinePeerView {
        let whole = history.courses[.init(peer: peer.mark, bearer: nil)] ?? LineHistory.Course()
        let since = (whole.isUpNow ? whole.up : whole.down).last?.from ?? history.since
        let arrived = attempts.filter { LoopDesk.arrival($0) != nil }
        let seconds = arrived.compactMap { each in LoopDesk.arrival(each)?.at.flatMap { LoopDesk.seconds(from: each.at, to: $0) } }.sorted()
        let waiting = attempts.filter { LoopDesk.arrival($0) == nil }.min { $0.at < $1.at }
        let silent = arrived.filter { $0.outcome.outcome == "open" && $0.stages.allSatisfy { LoopDesk.isOfStations($0.stage) } }.map { LoopDesk.arrival($0)?.at ?? $0.at }.min()
        return LinePeerView(
            party: peer.party, mark: peer.mark, state: whole.isUpNow ? "up" : "down", stateSince: WallTime(milliseconds: since).text,
            upSeconds: LoopDesk.seconds(history.milliseconds(whole.up)), downSeconds: LoopDesk.seconds(history.milliseconds(whole.down)),
            outages: whole.down.map { LoopDesk.span($0, history) },
            bearers: peer.bearers.map { bearer in
                let course = history.courses[.init(peer: peer.mark, bearer: bearer.kind)] ?? LineHistory.Course()
                return LineBearerView(
                    kind: bearer.kind, upSeconds: LoopDesk.seconds(history.milliseconds(course.up)), downSeconds: LoopDesk.seconds(history.milliseconds(course.down)),
                    probesSent: course.probesSent, probesAnswered: course.probesAnswered
                )
            },
            backlog: peer.backlog, delivered: arrived.count, medianSeconds: seconds.isEmpty ? nil : seconds[seconds.count / 2], longestSeconds: seconds.last,
            waiting: waiting?.serial, waitingSince: waiting?.at, silentSince: whole.isUpNow ? silent : nil
        )
    }

    /// Of its station, which is not its desk.
    private static func isOfStations(_ stage: String) -> Bool { ["durable here", "at their station", "signed provisionally", "signed in full"].contains(stage) }

    /// Its time may be known a little later than the stage.
    private static func arrival(_ attempt: AttemptView) -> StageView? { attempt.stages.first { $0.stage == "at their station" } }

    private static func span(_ stretch: LineHistory.Stretch, _ history: LineHistory) -> SpanView {
        SpanView(
            from: WallTime(milliseconds: stretch.from).text, to: stretch.to.map { WallTime(milliseconds: $0).text },
            seconds: seconds(stretch.milliseconds(until: history.until)), detail: stretch.detail
        )
    }

    private static func seconds(_ milliseconds: Int64) -> Double { Double(milliseconds) / 1000 }

    private static func seconds(from: String, to: String) -> Double? {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        guard let first = try? style.parse(from), let last = try? style.parse(to) else { return nil }
        return max(0, (last.timeIntervalSince(first) * 1000).rounded() / 1000)
    }
}
