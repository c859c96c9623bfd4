import HotlineWire

/// Something that this station has seen of its line, by its own clock.
struct LineFact: Codable, Hashable, Sendable {
    enum Kind: String, Codable, Sendable {
        /// The station has started, or stopped.
        case started, stopped
        /// The line to a peer, or one bearer of it, stands, or does not.
        case up, down
        /// Probes of a bearer since the last fact of this kind.
        case probes
    }
    /// Milliseconds since 1970, of the calendar clock.
    let at: Int64
    let kind: Kind
    /// The peer's mark; nil where it is about the station.
    var peer: String?
    /// Nil where it is about the whole line to the peer.
    var bearer: String?
    var detail: String?
    var sent: UInt64?
    var answered: UInt64?
}
