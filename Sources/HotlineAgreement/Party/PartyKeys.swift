public import HotlineSeal
public import HotlineWire

/// What a party brings to the line in public keys.
public struct PartyKeys: Hashable, Sendable {
    public static let tlsPinSize = 32
    /// Kept offline; signs agreements, amendments and rosters.
    public var root: CompositePublicKey
    /// Signs full checkpoints and epochs.
    public var station: CompositePublicKey
    /// Signs light checkpoints.
    public var light: LightPublicKey
    /// 32 bytes by which the other side's TLS bearer knows this station.
    public var tlsPin: [UInt8]
    /// What the keys after these will hash to (`NextIdentity`): an amendment that changes keys must match it.
    public var next: Hash
    /// None, or the SHA-256 of three recovery public keys, two of which are enough.
    public var recovery: [Hash]

    public init(
        root: CompositePublicKey, station: CompositePublicKey, light: LightPublicKey, tlsPin: [UInt8], next: Hash, recovery: [Hash] = []
    ) {
        self.root = root
        self.station = station
        self.light = light
        self.tlsPin = tlsPin
        self.next = next
        self.recovery = recovery
    }
}
