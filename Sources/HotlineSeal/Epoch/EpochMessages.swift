public import HotlineWire

/// 'Let epoch e be ours: seal to this ephemeral X-Wing key.' One of a batch that is signed once.
public struct Offer: Hashable, Sendable {
    public static let keySize = 1216
    public let epoch: EpochNumber
    /// X-Wing (draft-connolly-cfrg-xwing-kem), 1,216 bytes.
    public let key: [UInt8]
    public init(epoch: EpochNumber, key: [UInt8]) {
        self.epoch = epoch
        self.key = key
    }

    /// What an accept answers to.
    public func hash(_ parties: EpochParties) -> Hash {
        var body = parties.body(Label.offer)
        body.put(epoch)
        body.put(raw: key)
        return Digest.sha256(body.bytes)
    }
}

/// Who offers to whom on which line. A is the offerer in all three messages of an epoch.
public struct EpochParties: Hashable, Sendable {
    public let line: Hash
    public let offerer: StationNumber
    public let accepter: StationNumber
    public init(line: Hash, offerer: StationNumber, accepter: StationNumber) {
        self.line = line
        self.offerer = offerer
        self.accepter = accepter
    }

    func body(_ label: [UInt8]) -> Encoder {
        var encoder = Label.body(label, line: line, signer: offerer)
        encoder.put(accepter)
        return encoder
    }
}

/// The offerer's batch, signed by its station key.
public struct SignedOffers: Hashable, Sendable {
    public let offers: [Offer]
    public let signature: [UInt8]
    public init(offers: [Offer], signature: [UInt8]) {
        self.offers = offers
        self.signature = signature
    }

    /// The highest number there may be. A number is never used twice, nor one below it: without a bound, one offer of the greatest
    /// number that can be written would end the line.
    public static let epochMax = EpochNumber(1 << 60)

    /// Whether the numbers rise, all of them the offerer's: odd ones are the lower station's, even ones the higher's. None is above
    /// `epochMax`.
    public func isInOrder(_ parties: EpochParties) -> Bool {
        let parity: UInt64 = parties.offerer < parties.accepter ? 1 : 0
        return offers.allSatisfy { $0.epoch.value & 1 == parity && $0.epoch <= SignedOffers.epochMax } && zip(offers, offers.dropFirst()).allSatisfy { $0.epoch < $1.epoch }
    }

    /// What is signed: label ‖ LH ‖ A ‖ B ‖ count ‖ (epoch ‖ key)….
    public static func body(_ offers: [Offer], _ parties: EpochParties) -> [UInt8] {
        var encoder = parties.body(Label.offers)
        put(offers, in: &encoder)
        return encoder.bytes
    }

    public var encoded: [UInt8] {
        var encoder = Encoder()
        SignedOffers.put(offers, in: &encoder)
        encoder.put(raw: signature)
        return encoder.bytes
    }

    private static func put(_ offers: [Offer], in encoder: inout Encoder) {
        encoder.put(varint: UInt64(offers.count))
        for offer in offers {
            encoder.put(offer.epoch)
            encoder.put(raw: offer.key)
        }
    }

    public init(_ bytes: [UInt8]) throws(WireError) {
        var decoder = Decoder(bytes)
        let count = try decoder.count(of: "offers", max: Limits.epochBatchMax)
        guard count > 0 else { throw .invalid(what: "offers", found: 0) }
        var offers: [Offer] = []
        for _ in 0..<count { offers.append(Offer(epoch: try decoder.epoch(), key: try decoder.raw(Offer.keySize))) }
        self.offers = offers
        signature = try decoder.raw(CompositePublicKey.signatureSize)
        try decoder.finish()
    }
}

/// The answer to one offer: 32 random bytes sealed to its key, and a proof under the epoch's secret.
public struct Accept: Hashable, Sendable {
    /// X-Wing encapsulation, 1,120 bytes.
    public static let encapsulationSize = 1120
    /// 32 bytes and the tag of AES-256-GCM.
    public static let ciphertextSize = 48
    public static let proofSize = 32

    public let epoch: EpochNumber
    public let offerHash: Hash
    public let encapsulation: [UInt8]
    public let ciphertext: [UInt8]
    /// HMAC under a key of the epoch: its holder has the secret.
    public let proof: [UInt8]

    public init(epoch: EpochNumber, offerHash: Hash, encapsulation: [UInt8], ciphertext: [UInt8], proof: [UInt8]) {
        self.epoch = epoch
        self.offerHash = offerHash
        self.encapsulation = encapsulation
        self.ciphertext = ciphertext
        self.proof = proof
    }

    /// H(ACCEPT without its proof): what enters the epoch's secret and its confirmation.
    public func hash(_ parties: EpochParties) -> Hash {
        var body = parties.body(Label.accept)
        body.put(epoch)
        body.put(offerHash)
        body.put(raw: encapsulation)
        body.put(raw: ciphertext)
        return Digest.sha256(body.bytes)
    }
}

/// The accepter's batch, signed by its station key.
public struct SignedAccepts: Hashable, Sendable {
    public let accepts: [Accept]
    public let signature: [UInt8]
    public init(accepts: [Accept], signature: [UInt8]) {
        self.accepts = accepts
        self.signature = signature
    }

    /// What is signed: label ‖ LH ‖ B ‖ A ‖ count ‖ accepts, proofs included.
    public static func body(_ accepts: [Accept], _ parties: EpochParties) -> [UInt8] {
        var encoder = Label.body(Label.accepts, line: parties.line, signer: parties.accepter)
        encoder.put(parties.offerer)
        put(accepts, in: &encoder)
        return encoder.bytes
    }

    public var encoded: [UInt8] {
        var encoder = Encoder()
        SignedAccepts.put(accepts, in: &encoder)
        encoder.put(raw: signature)
        return encoder.bytes
    }

    private static func put(_ accepts: [Accept], in encoder: inout Encoder) {
        encoder.put(varint: UInt64(accepts.count))
        for accept in accepts {
            encoder.put(accept.epoch)
            encoder.put(accept.offerHash)
            encoder.put(raw: accept.encapsulation)
            encoder.put(raw: accept.ciphertext)
            encoder.put(raw: accept.proof)
        }
    }

    public init(_ bytes: [UInt8]) throws(WireError) {
        var decoder = Decoder(bytes)
        let count = try decoder.count(of: "accepts", max: Limits.epochBatchMax)
        guard count > 0 else { throw .invalid(what: "accepts", found: 0) }
        var accepts: [Accept] = []
        for _ in 0..<count {
            accepts.append(
                Accept(
                    epoch: try decoder.epoch(), offerHash: try decoder.hash(), encapsulation: try decoder.raw(Accept.encapsulationSize),
                    ciphertext: try decoder.raw(Accept.ciphertextSize), proof: try decoder.raw(Accept.proofSize)
                )
            )
        }
        self.accepts = accepts
        signature = try decoder.raw(CompositePublicKey.signatureSize)
        try decoder.finish()
    }
}

/// The offerer's proofs that it, too, has the secrets. No signature: the proofs are what counts.
public struct Confirmations: Hashable, Sendable {
    public struct Confirmation: Hashable, Sendable {
        public let epoch: EpochNumber
        public let acceptHash: Hash
        public let proof: [UInt8]
        public init(epoch: EpochNumber, acceptHash: Hash, proof: [UInt8]) {
            self.epoch = epoch
            self.acceptHash = acceptHash
            self.proof = proof
        }
    }
    public let confirmations: [Confirmation]
    public init(_ confirmations: [Confirmation]) { self.confirmations = confirmations }

    public var encoded: [UInt8] {
        var encoder = Encoder()
        encoder.put(varint: UInt64(confirmations.count))
        for confirmation in confirmations {
            encoder.put(confirmation.epoch)
            encoder.put(confirmation.acceptHash)
            encoder.put(raw: confirmation.proof)
        }
        return encoder.bytes
    }

    public init(decoding bytes: [UInt8]) throws(WireError) {
        var decoder = Decoder(bytes)
        let count = try decoder.count(of: "confirmations", max: Limits.epochBatchMax)
        guard count > 0 else { throw .invalid(what: "confirmations", found: 0) }
        var confirmations: [Confirmation] = []
        for _ in 0..<count {
            confirmations.append(
                Confirmation(epoch: try decoder.epoch(), acceptHash: try decoder.hash(), proof: try decoder.raw(Accept.proofSize))
            )
        }
        self.confirmations = confirmations
        try decoder.finish()
    }
}
