public import HotlineWire

/// What can go wrong with a bearer, grouped by blame.
public enum BearerError: Error, Hashable, Sendable {
    // Malformed: the bytes given for our own identity.

    /// The bytes are not a DER certificate (RFC 5280).
    case certificateUnreadable
    /// The certificate's key is not an Ed25519 key (RFC 8410).
    case certificateNotEd25519
    /// The bytes are not a private key of the format named.
    case privateKeyUnreadable
    /// The private key is not that of the certificate.
    case privateKeyForeign

    // The peer misbehaved: a frame that the framing forbids.

    /// A frame of no bytes.
    case frameEmpty
    /// A length above the limit, or not in its shortest form.
    case frameLength(WireError)

    // Unavailable: the environment.

    /// Nothing can listen there: the address is taken, foreign or forbidden.
    case addressUnavailable(TLSAddress)
    /// The listener was stopped, or started twice.
    case listenerSpent
}
