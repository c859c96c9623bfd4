public import HotlineWire

/// 'The numbers of these offers are used up; begin above this one.' Signed by the station that the offers were made to, so
/// that one that has lost its epochs comes back onto the line.
public struct SignedStale: Hashable, Sendable {
    /// Which offers it answers.
    public let object: Hash
    /// The highest number that the answering station has seen offered or accepted.
    public let highest: EpochNumber
    public let signature: [UInt8]

    public init(object: Hash, highest: EpochNumber, signature: [UInt8]) {
        self.object = object
        self.highest = highest
        self.signature = signature
    }

    /// Which offers: SHA-256 of what the offerer signed.
    public static func hash(_ offers: SignedOffers, _ parties: EpochParties) -> Hash {
        Digest.sha256(SignedOffers.body(offers.offers, parties))
    }

    /// What is signed: label ‖ LH ‖ B ‖ A ‖ hash of the offers ‖ epoch.
    public static func body(_ object: Hash, _ highest: EpochNumber, _ parties: EpochParties) -> [UInt8] {
        var encoder = Label.body(Label.stale, line: parties.line, signer: parties.accepter)
        encoder.put(parties.offerer)
        encoder.put(object)
        encoder.put(highest)
        return encoder.bytes
    }

    public var encoded: [UInt8] {
        var encoder = Encoder()
        encoder.put(object)
        encoder.put(highest)
        encoder.put(raw: signature)
        return encoder.bytes
    }

    public init(_ bytes: [UInt8]) throws(WireError) {
        var decoder = Decoder(bytes)
        object = try decoder.hash()
        highest = try decoder.epoch()
        signature = try decoder.raw(CompositePublicKey.signatureSize)
        try decoder.finish()
    }
}
