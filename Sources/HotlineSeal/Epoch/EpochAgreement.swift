import Crypto
public import HotlineWire

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The offerer's private half of one offer: the seed of an X-Wing key, 32 bytes.
public struct OfferSecret: Hashable, Sendable, CustomStringConvertible {
    public static let size = 32
    public let epoch: EpochNumber
    public let seed: [UInt8]
    public init(epoch: EpochNumber, seed: [UInt8]) {
        self.epoch = epoch
        self.seed = seed
    }
    public var description: String { "offer secret of epoch \(epoch)" }

    /// The offer that this seed belongs to.
    public var offer: Offer {
        get throws(SealError) {
            #if DEBUG || SIMULATION
                if Seam.isTransparent { return Offer(epoch: epoch, key: StandIn.offerKey(seed: seed)) }
            #endif
            return Offer(epoch: epoch, key: Array(try key.publicKey.rawRepresentation))
        }
    }

    /// A new ephemeral key. For the shell: the core asks for it.
    public static func generate(epoch: EpochNumber) throws(SealError) -> OfferSecret {
        #if DEBUG || SIMULATION
            if Seam.isTransparent { return OfferSecret(epoch: epoch, seed: Seam.entropy.bytes(OfferSecret.size)) }
        #endif
        guard let key = try? XWingMLKEM768X25519.PrivateKey.generate() else { throw .unavailable(what: "X-Wing key") }
        return OfferSecret(epoch: epoch, seed: Array(key.seedRepresentation))
    }

    fileprivate var key: XWingMLKEM768X25519.PrivateKey {
        get throws(SealError) {
            guard let key = try? XWingMLKEM768X25519.PrivateKey(seedRepresentation: seed, publicKey: nil) else {
                throw .invalidKey(what: "X-Wing seed")
            }
            return key
        }
    }
}

/// How an epoch's secret is made: HPKE (RFC 9180) base mode with X-Wing and HKDF-SHA-256 seals 32 random bytes, and
/// nothing else of it is used; the courier packs of both sides, where there are any, are mixed in (as RFC 8784).
public enum EpochAgreement {
    private static let suite = HPKE.Ciphersuite(kem: .XWingMLKEM768X25519, kdf: .HKDF_SHA256, aead: .AES_GCM_256)

    /// The accepter's half. Draws randomness, so it is the shell's to call.
    public static func accept(
        _ offer: Offer, _ parties: EpochParties, courierKeys: CourierKeys = .none
    ) throws(SealError) -> (accept: Accept, secret: EpochSecret) {
        let offerHash = offer.hash(parties)
        let shared = fresh(32)
        let sealed = try seal(shared, to: offer, info: information(offer.epoch, offerHash, parties))
        let bare = Accept(
            epoch: offer.epoch, offerHash: offerHash, encapsulation: sealed.encapsulation, ciphertext: sealed.ciphertext, proof: []
        )
        let secret = secret(shared, bare, parties, courierKeys)
        let accept = Accept(
            epoch: offer.epoch, offerHash: offerHash, encapsulation: bare.encapsulation, ciphertext: bare.ciphertext,
            proof: proof(Label.acceptProof, secret, bare, parties)
        )
        #if DEBUG || SIMULATION
            Seam.watch?.accepted(secret: WordHash.of(secret.bytes))
        #endif
        return (accept, secret)
    }

    private static func fresh(_ count: Int) -> [UInt8] {
        #if DEBUG || SIMULATION
            if Seam.isTransparent { return Seam.entropy.bytes(count) }
        #endif
        return Digest.random(count)
    }

    private static func seal(
        _ shared: [UInt8], to offer: Offer, info: [UInt8]
    ) throws(SealError) -> (encapsulation: [UInt8], ciphertext: [UInt8]) {
        #if DEBUG || SIMULATION
            if Seam.isTransparent { return StandIn.encapsulate(shared, to: offer.key, info: info) }
        #endif
        guard let key = try? XWingMLKEM768X25519.PublicKey(rawRepresentation: offer.key),
            var sender = try? HPKE.Sender(recipientKey: key, ciphersuite: suite, info: Data(info)),
            let ciphertext = try? sender.seal(shared)
        else { throw .invalidKey(what: "X-Wing public key") }
        return (Array(sender.encapsulatedKey), Array(ciphertext))
    }

    private static func open(_ accept: Accept, with offer: OfferSecret, info: [UInt8]) throws(SealError) -> [UInt8] {
        #if DEBUG || SIMULATION
            if Seam.isTransparent {
                guard let shared = StandIn.decapsulate(accept, key: try offer.offer.key, info: info) else { throw .notOpened }
                return shared
            }
        #endif
        guard
            var recipient = try? HPKE.Recipient(
                privateKey: try offer.key, ciphersuite: suite, info: Data(info), encapsulatedKey: Data(accept.encapsulation)
            ),
            let shared = try? recipient.open(accept.ciphertext), shared.count == 32
        else { throw .notOpened }
        return Array(shared)
    }

    /// The offerer's half: opens the accept and checks the accepter's proof. Deterministic.
    ///
    /// - Throws: `notOpened` where the offer is another, the ciphertext does not open, or the proof is not under the
    ///   secret that comes out (as when the courier packs differ).
    public static func complete(
        _ accept: Accept, with offer: OfferSecret, _ parties: EpochParties, courierKeys: CourierKeys = .none
    ) throws(SealError) -> ConfirmedSecret {
        let offerHash = (try offer.offer).hash(parties)
        guard accept.epoch == offer.epoch, accept.offerHash == offerHash else { throw .notOpened }
        let shared = try open(accept, with: offer, info: information(offer.epoch, offerHash, parties))
        let secret = secret(shared, accept, parties, courierKeys)
        guard Digest.isHMAC(accept.proof, key: proofKey(Label.acceptProof, secret), of: accept.hash(parties).bytes) else { throw .notOpened }
        #if DEBUG || SIMULATION
            Seam.watch?.completed(secret: WordHash.of(secret.bytes))
        #endif
        return ConfirmedSecret(secret)
    }

    /// What the offerer sends back, and what the accepter expects.
    public static func confirmation(of accept: Accept, _ secret: EpochSecret, _ parties: EpochParties) -> Confirmations.Confirmation {
        Confirmations.Confirmation(
            epoch: accept.epoch, acceptHash: accept.hash(parties), proof: proof(Label.confirmation, secret, accept, parties)
        )
    }

    /// The accepter's check of the offerer's proof.
    public static func confirm(
        _ confirmation: Confirmations.Confirmation, acceptHash: Hash, _ secret: EpochSecret
    ) throws(SealError) -> ConfirmedSecret {
        guard confirmation.epoch == secret.epoch, confirmation.acceptHash == acceptHash,
            Digest.isHMAC(confirmation.proof, key: proofKey(Label.confirmation, secret), of: acceptHash.bytes)
        else { throw .notOpened }
        return ConfirmedSecret(secret)
    }

    private static func information(_ epoch: EpochNumber, _ offerHash: Hash, _ parties: EpochParties) -> [UInt8] {
        var info = parties.body(Label.encapsulation)
        info.put(epoch)
        info.put(offerHash)
        return info.bytes
    }

    private static func secret(_ shared: [UInt8], _ accept: Accept, _ parties: EpochParties, _ courier: CourierKeys) -> EpochSecret {
        var info = Encoder()
        info.put(raw: Label.epochSecret)
        info.put(parties.offerer)
        info.put(parties.accepter)
        info.put(accept.epoch)
        info.put(accept.offerHash)
        info.put(accept.hash(parties))
        let bytes = Digest.hkdf(secret: shared + courier.offerer + courier.accepter, salt: parties.line.bytes, info: info.bytes, count: 32)
        return EpochSecret(epoch: accept.epoch, bytes: bytes)
    }

    private static func proof(_ label: [UInt8], _ secret: EpochSecret, _ accept: Accept, _ parties: EpochParties) -> [UInt8] {
        Digest.hmac(key: proofKey(label, secret), accept.hash(parties).bytes)
    }

    private static func proofKey(_ label: [UInt8], _ secret: EpochSecret) -> [UInt8] {
        Digest.hkdf(secret: secret.bytes, salt: [], info: label, count: 32)
    }
}

/// The 32-byte keys that each side's courier has brought for one epoch; empty where no pack is in use.
public struct CourierKeys: Sendable {
    public let offerer: [UInt8]
    public let accepter: [UInt8]
    public init(offerer: [UInt8], accepter: [UInt8]) {
        self.offerer = offerer
        self.accepter = accepter
    }
    public static let none = CourierKeys(offerer: [], accepter: [])
}

/// A secret whose other holder has proved that it has it too. Only that check makes one, and only these are banked.
public struct ConfirmedSecret: Hashable, Sendable {
    public let secret: EpochSecret
    fileprivate init(_ secret: EpochSecret) { self.secret = secret }

    /// A secret read back from the secrets' own store, where only confirmed ones are banked.
    public init(banked secret: EpochSecret) { self.secret = secret }
}
