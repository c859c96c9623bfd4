/// What a TLS listener has done since it was made. All but `unfinished` only grow.
public struct TLSListenerCounters: Hashable, Sendable {
    /// Connections that the kernel handed over.
    public internal(set) var accepted = 0
    /// Those that proved the key of a peer.
    public internal(set) var identified = 0
    /// Handshakes that are going on now.
    public internal(set) var unfinished = 0
    /// Closed at accept, because too many handshakes were unfinished.
    public internal(set) var refusedCrowded = 0
    /// No handshake within its time.
    public internal(set) var refusedSlow = 0
    /// A certificate that is nobody's, or none proved.
    public internal(set) var refusedForeignKey = 0
    /// No TLS, another version or key exchange, no certificate, another application protocol, a hang-up.
    public internal(set) var refusedHandshake = 0

    mutating func note(_ refusal: TLSRefusal) {
        switch refusal {
        case .crowded: refusedCrowded += 1
        case .slow: refusedSlow += 1
        case .foreignKey, .unproved: refusedForeignKey += 1
        case .handshakeFailed, .otherProtocol, .gone, .unreachable: refusedHandshake += 1
        }
    }
}
