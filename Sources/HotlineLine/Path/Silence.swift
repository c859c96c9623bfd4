import HotlineWire

/// For how long nothing of the peer has opened while a path stood (LINE-21). A bearer that hears nothing is given up and
/// made anew long before that is long enough to mean something, so what stood before counts along.
struct Silence: Sendable {
    /// When the silence began, as if the present path had stood since then; nil while none stands.
    private(set) var since: Instant?
    /// How long it had lasted when the last path fell.
    private var before = Span(nanoseconds: 0)

    /// The peer is to be heard: a path stands.
    mutating func listens(at now: Instant) {
        guard since == nil else { return }
        since = Instant(nanoseconds: now.nanoseconds - before.nanoseconds)
    }

    /// No path stands.
    mutating func pauses(at now: Instant) {
        guard let since else { return }
        before = now - since
        self.since = nil
    }

    /// Something of the peer has opened.
    mutating func ends() {
        since = nil
        before = Span(nanoseconds: 0)
    }
}
