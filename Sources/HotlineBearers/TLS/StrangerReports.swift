import HotlineWire
import NIOCore
import Synchronization

/// Turns any number of strangers into at most one report a second, the first at once.
final class StrangerReports: Sendable {
    private struct Pending {
        var counts: [TLSRefusal: Int] = [:]
        var isQuiet = true
    }

    private let loop: any EventLoop
    private let interval: TimeAmount
    private let say: @Sendable (String) -> Void
    private let pending = Mutex(Pending())

    init(loop: any EventLoop, interval: Span = BearerLimits.strangerReportInterval, say: @escaping @Sendable (String) -> Void) {
        self.loop = loop
        self.interval = interval.amount
        self.say = say
    }

    func note(_ refusal: TLSRefusal) {
        let isFirst = pending.withLock { pending in
            pending.counts[refusal, default: 0] += 1
            defer { pending.isQuiet = false }
            return pending.isQuiet
        }
        if isFirst { loop.execute { self.report() } }
    }

    private func report() {
        let counts = pending.withLock { pending in
            defer { pending.counts = [:] }
            pending.isQuiet = pending.counts.isEmpty
            return pending.counts
        }
        guard !counts.isEmpty else { return }
        say(StrangerReports.words(counts))
        loop.scheduleTask(in: interval) { self.report() }
    }

    /// '3 times: the handshake took too long; 1 time: …', in the order in which the refusals are declared.
    static func words(_ counts: [TLSRefusal: Int]) -> String {
        TLSRefusal.allCases.compactMap { refusal in
            counts[refusal].map { "\($0) \($0 == 1 ? "time" : "times"): \(refusal.words)" }
        }.joined(separator: "; ")
    }
}
