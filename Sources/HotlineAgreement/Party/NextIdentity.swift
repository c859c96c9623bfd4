public import HotlineSeal
public import HotlineWire

/// Pre-rotation: a party says today what its next keys hash to, so that a thief of today's cannot name his own.
public enum NextIdentity {
    /// SHA-256 of the label, then the root, station and light public keys that come next.
    public static func hash(root: CompositePublicKey, station: CompositePublicKey, light: LightPublicKey) -> Hash {
        Digest.sha256(Label.identity + root.bytes + station.bytes + light.bytes)
    }
}
