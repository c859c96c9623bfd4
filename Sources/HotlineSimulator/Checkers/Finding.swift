/// What a checker watches for. Each is a promise of the line.
package enum Promise: String, CaseIterable, Sendable {
    /// What the receiver's generation acknowledged, its machine holds.
    case acknowledgedIsHeld = "acknowledged-is-held"
    /// What a station counts as acknowledged, the peer has in the end.
    case nothingLost = "nothing-lost"
    /// Each entry of a record is told once, in order.
    case onceInOrder = "once-in-order"
    /// What two stations hold under one number is the same, and its author wrote it.
    case transcriptsAgree = "transcripts-agree"
    /// A station never writes two contents under one number.
    case oneLeafANumber = "one-leaf-a-number"
    /// No key and counter seals two texts.
    case noKeyTwice = "no-key-twice"
    /// One process opens a frame once.
    case noReplay = "no-replay"
    /// Nothing is sealed in an epoch that the other side has not got.
    case epochsConfirmed = "epochs-confirmed"
    /// An honest station is never accused.
    case noConviction = "no-conviction"
    /// What a station signs never shrinks and never contradicts itself.
    case signaturesGrow = "signatures-grow"
    /// No text in clear on a bearer.
    case noPlaintext = "no-plaintext"
    /// What a station keeps in memory has bounds.
    case boundedMemory = "bounded-memory"
    /// A FLASH is behind no more than one frame of anything else.
    case flashFirst = "flash-first"
    /// What a restore has cut off comes back, or is declared.
    case lostTailDeclared = "lost-tail-declared"
    /// What a full signature of its author covers at a peer is in the author's record again.
    case tailReturned = "tail-returned"
    /// A station recovers from what it wrote.
    case recovery
    /// When all is well, all have everything.
    case convergence
}

/// What a checker saw.
package struct Finding: Error, Sendable {
    package let promise: Promise
    package let what: String
}
