public import HotlineWire

/// What a TLS bearer is told of itself and of its one peer.
public struct TLSBearerConfiguration: Sendable {
    public var identity: TLSIdentity
    public var own: StationNumber
    /// SHA-256 over the DER SubjectPublicKeyInfo of the peer's certificate, from the agreement.
    public var peerPin: Hash
    /// Those that its certificate may still have: a key that was replaced and not yet taken into use.
    public var earlierPins: [Hash]
    /// Where to dial the peer; nil if it is the peer who dials.
    public var address: TLSAddress?
    public var windowBytes: Int
    public var timing: TLSTiming

    public init(
        identity: TLSIdentity, own: StationNumber, peerPin: Hash, earlierPins: [Hash] = [], address: TLSAddress? = nil,
        windowBytes: Int = TLSBearerConfiguration.windowBytesDefault, timing: TLSTiming = TLSTiming()
    ) {
        self.identity = identity
        self.own = own
        self.peerPin = peerPin
        self.earlierPins = earlierPins
        self.address = address
        self.windowBytes = windowBytes
        self.timing = timing
    }

    var pins: [Hash] { [peerPin] + earlierPins }

    /// 128 KiB.
    public static let windowBytesDefault = BearerLimits.tlsWindowBytes
}
