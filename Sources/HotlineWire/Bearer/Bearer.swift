/// A way to carry frames to one station. What a frame holds is opaque to it.
///
/// A driver is started once, says what happens through `events`, and goes on by itself until it is stopped: it
/// reconnects where its medium can be reconnected.
public protocol Bearer: AnyObject, Sendable {
    var id: BearerID { get }
    var peer: StationNumber { get }
    var profile: BearerProfile { get }

    /// Puts a frame on its way. Frames given while the bearer is down are dropped: the line sends again what counts.
    func transmit(_ frame: [UInt8])

    /// Gives the present path up and makes a new one, because the line has not heard from it.
    func reset(reason: String)

    /// Reads no more from the medium until `resumeReading`, because what has been read is not consumed fast enough.
    func pauseReading()
    func resumeReading()
}

/// The facts of a medium.
public struct BearerProfile: Hashable, Sendable {
    /// 'tls', 'radio', 'courier', 'relay'.
    public let kind: String
    /// The largest frame it carries, in bytes.
    public let frameBytesMax: Int
    /// Bytes that may be under way at once before the bearer says that they have left. Small, so that a FLASH waits
    /// behind no more than this.
    public let windowBytes: Int
    /// Payload bits a second; nil where the medium sets no limit worth planning for.
    public let bitsPerSecond: Int?
    /// How often the line probes it.
    public let probeInterval: Span
    /// Cheaper bearers carry routine traffic first; 0 is the cheapest.
    public let cost: Int

    public init(kind: String, frameBytesMax: Int, windowBytes: Int, bitsPerSecond: Int?, probeInterval: Span, cost: Int) {
        self.kind = kind
        self.frameBytesMax = frameBytesMax
        self.windowBytes = windowBytes
        self.bitsPerSecond = bitsPerSecond
        self.probeInterval = probeInterval
        self.cost = cost
    }
}

/// What a bearer says.
public enum BearerEvent: Sendable {
    /// A path to the peer stands; both sides have proved their transport key.
    case up(BearerID)
    /// The path is gone. `reason` is for people.
    case down(BearerID, reason: String)
    case received(BearerID, frame: [UInt8])
    /// So many bytes of frames handed to `transmit` have left.
    case left(BearerID, bytes: Int)
    /// Somebody came who is not the peer, or did not speak the protocol. `reason` is for people and holds nothing of theirs.
    case stranger(BearerID, reason: String)
}
