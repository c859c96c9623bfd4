public import HotlineWire

/// A party's signature under an agreement.
public struct AgreementSignature: Hashable, Sendable {
    public let signer: StationNumber
    /// `CompositePublicKey.signatureSize` bytes.
    public let bytes: [UInt8]
    public init(signer: StationNumber, bytes: [UInt8]) {
        self.signer = signer
        self.bytes = bytes
    }
}
