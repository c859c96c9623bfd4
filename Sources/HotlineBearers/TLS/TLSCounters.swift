import Synchronization

/// What a TLS bearer has done since it was made. Counts and bytes only grow.
public struct TLSCounters: Hashable, Sendable {
    public internal(set) var framesSent = 0
    public internal(set) var frameBytesSent = 0
    public internal(set) var framesReceived = 0
    public internal(set) var frameBytesReceived = 0
    /// Given to `transmit` while there was no path, or beyond the window.
    public internal(set) var framesDropped = 0
    /// Bytes of TCP payload, with those of TLS.
    public internal(set) var wireBytesSent = 0
    public internal(set) var wireBytesReceived = 0
    /// Paths that came up.
    public internal(set) var connections = 0
    public internal(set) var dials = 0
    public internal(set) var dialsFailed = 0
    /// Connections to the peer that were closed because a better one stood.
    public internal(set) var redundant = 0
    /// Of the last dial that failed, for people; nil since a path came up.
    public internal(set) var lastFailure: String?
}

/// The counters of one bearer, counted on from any thread.
final class TLSGauge: Sendable {
    private let counters = Mutex(TLSCounters())

    var snapshot: TLSCounters { counters.withLock { $0 } }

    func update(_ change: (inout TLSCounters) -> Void) {
        counters.withLock { change(&$0) }
    }

    func add(wireReceived received: Int, sent: Int) {
        counters.withLock {
            $0.wireBytesReceived += received
            $0.wireBytesSent += sent
        }
    }
}
