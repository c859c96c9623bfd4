import HotlineWire
import NIOCore

/// What a TLS bearer knows, on its loop.
struct TLSBearerState {
    enum Phase: Hashable {
        case unstarted
        case running
        case stopped
    }

    /// The path in use.
    struct Standing {
        let path: TLSPath
        let since: NIODeadline
        /// A frame has come: a path that only stands may be one that the peer closes again and again.
        var isGood = false
    }

    /// Where our own search for a path is.
    enum Search {
        case resting
        case waiting(Scheduled<Void>)
        /// The number tells a dial from those before it. A host of several addresses is dialled at all of them; the
        /// winner is the one that counts, once TCP has one.
        case connecting(Int, winner: (any Channel)?)
        /// The handshake has ended for us; the peer may still refuse.
        case confirming(TLSPath, grace: Scheduled<Void>)
    }

    var phase = Phase.unstarted
    var standing: Standing?
    var search = Search.resting
    var backoff: Backoff
    /// Every connection that is not closed yet.
    var open: [ObjectIdentifier: any Channel] = [:]
    private var dials = 0

    init(timing: TLSTiming) {
        backoff = Backoff(least: timing.retryDelayMin, most: timing.retryDelayMax)
    }

    mutating func beginDial() -> Int {
        dials += 1
        search = .connecting(dials, winner: nil)
        return dials
    }

    func isConnecting(_ dial: Int) -> Bool {
        if case .connecting(dial, _) = search { phase == .running } else { false }
    }

    func isConnecting(_ dial: Int, on channel: any Channel) -> Bool {
        if case .connecting(dial, let winner) = search { phase == .running && winner === channel } else { false }
    }

    func isConfirming(_ path: TLSPath) -> Bool {
        if case .confirming(path, _) = search { true } else { false }
    }
}

/// Paths are compared by identity.
func ~= (pattern: TLSPath, value: TLSPath) -> Bool { pattern === value }
