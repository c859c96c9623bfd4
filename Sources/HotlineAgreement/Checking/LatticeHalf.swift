import HotlineSeal

extension CompositePublicKey {
    /// The ML-DSA-65 half, which stands before the Ed25519 half.
    var latticeHalf: [UInt8] { Array(bytes.dropLast(LightPublicKey.size)) }
}
