import HotlineWire

/// Why somebody did not get a path.
enum TLSRefusal: Error, Hashable, Sendable, CaseIterable {
    case crowded
    case slow
    case handshakeFailed
    case foreignKey
    case unproved
    case otherProtocol
    case gone
    case unreachable
}

/// Why a path ended.
enum TLSPathEnd: Hashable, Sendable {
    case closedByPeer
    case broken
    case silent(Span)
    case misbehaved(BearerError)
    case replaced
    case redundant
    case reset(String)
    case stopped
}

// The words, for people. Nothing that a stranger sent is in them.

extension TLSRefusal {
    var words: String {
        switch self {
        case .crowded: "too many unfinished handshakes"
        case .slow: "the handshake took too long"
        case .handshakeFailed: "the TLS handshake failed"
        case .foreignKey: "a certificate that the agreement does not hold"
        case .unproved: "no certificate was proved in this handshake"
        case .otherProtocol: "TLS with another application protocol"
        case .gone: "the connection closed in the handshake"
        case .unreachable: "nobody answered at the address"
        }
    }

    /// Whether, when we dialled, somebody answered who is not the peer; otherwise the peer may yet be there.
    var isImpostor: Bool {
        switch self {
        case .handshakeFailed, .foreignKey, .unproved, .otherProtocol: true
        case .crowded, .slow, .gone, .unreachable: false
        }
    }
}

extension TLSPathEnd {
    var words: String {
        switch self {
        case .closedByPeer: "the peer closed the connection"
        case .broken: "the connection broke"
        case .silent(let span): "nothing was received for \(span.nanoseconds / 1_000_000) ms"
        case .misbehaved(.frameEmpty): "the peer sent an empty frame"
        case .misbehaved(.frameLength(.tooLarge(_, let found, let max))): "the peer sent a frame of \(found) bytes, above \(max)"
        case .misbehaved: "the peer sent a frame length in a forbidden form"
        case .replaced: "the peer made a new connection"
        case .redundant: "another connection to the peer stands"
        case .reset(let reason): "given up: \(reason)"
        case .stopped: "the bearer was stopped"
        }
    }
}
