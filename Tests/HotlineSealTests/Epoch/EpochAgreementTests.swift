import HotlineSeal
import HotlineWire
import Testing

@Suite("Epochs")
struct EpochAgreementTests {
    private let fixture: Fixture
    private let offerSecret: OfferSecret
    private let offer: Offer
    private let packs: CourierKeys

    init() throws {
        fixture = try Fixture()
        var random = SeededGenerator(seed: 50)
        offerSecret = OfferSecret(epoch: EpochNumber(4), seed: random.bytes(OfferSecret.size))
        offer = try offerSecret.offer
        packs = CourierKeys(offerer: random.bytes(32), accepter: random.bytes(32))
    }

    private var parties: EpochParties { fixture.parties }

    @Test("SEAL-8, SEAL-9, SEAL-10: both sides come to one secret, and each proves it to the other", arguments: [false, true])
    func agreement(withPacks: Bool) throws {
        let packs = withPacks ? packs : .none
        let (accept, atAccepter) = try EpochAgreement.accept(offer, parties, courierKeys: packs)
        let atOfferer = try EpochAgreement.complete(accept, with: offerSecret, parties, courierKeys: packs)
        #expect(atOfferer.secret == atAccepter)
        #expect(atAccepter.epoch == EpochNumber(4) && atAccepter.bytes.count == 32)
        let confirmation = EpochAgreement.confirmation(of: accept, atOfferer.secret, parties)
        #expect(try EpochAgreement.confirm(confirmation, acceptHash: accept.hash(parties), atAccepter).secret == atAccepter)
    }

    @Test("SEAL-8: two accepts of one offer have two secrets")
    func fresh() throws {
        let first = try EpochAgreement.accept(offer, parties)
        let second = try EpochAgreement.accept(offer, parties)
        #expect(first.secret != second.secret)
        #expect(first.accept.encapsulation != second.accept.encapsulation)
    }

    @Test("SEAL-9: an accept changed in any of its fields is not opened")
    func tamperedAccept() throws {
        let (accept, _) = try EpochAgreement.accept(offer, parties)
        func complete(
            epoch: EpochNumber? = nil, offerHash: Hash? = nil, encapsulation: [UInt8]? = nil, ciphertext: [UInt8]? = nil,
            proof: [UInt8]? = nil
        ) throws {
            let changed = Accept(
                epoch: epoch ?? accept.epoch, offerHash: offerHash ?? accept.offerHash,
                encapsulation: encapsulation ?? accept.encapsulation,
                ciphertext: ciphertext ?? accept.ciphertext, proof: proof ?? accept.proof
            )
            _ = try EpochAgreement.complete(changed, with: offerSecret, parties)
        }
        try complete()
        #expect(throws: SealError.notOpened) { try complete(epoch: EpochNumber(6)) }
        #expect(throws: SealError.notOpened) { try complete(offerHash: Digest.sha256([1])) }
        #expect(throws: SealError.notOpened) { try complete(proof: []) }
        #expect(throws: SealError.notOpened) { try complete(proof: Array(accept.proof.dropLast())) }
        #expect(throws: SealError.notOpened) { try complete(encapsulation: Array(accept.encapsulation.dropLast())) }
        for bit in stride(from: 0, to: accept.ciphertext.count * 8, by: 5) {
            try #require(throws: SealError.notOpened) { try complete(ciphertext: accept.ciphertext.flipping(bit: bit)) }
        }
        for bit in stride(from: 0, to: accept.proof.count * 8, by: 5) {
            try #require(throws: SealError.notOpened) { try complete(proof: accept.proof.flipping(bit: bit)) }
        }
        for bit in stride(from: 0, to: accept.encapsulation.count * 8, by: 97) {
            try #require(throws: SealError.notOpened) { try complete(encapsulation: accept.encapsulation.flipping(bit: bit)) }
        }
    }

    @Test("SEAL-8: another line, another pair of stations or another offer does not complete")
    func otherContext() throws {
        let (accept, _) = try EpochAgreement.accept(offer, parties)
        let three = try #require(StationNumber(3))
        let others = [
            EpochParties(line: Digest.sha256([1]), offerer: fixture.one, accepter: fixture.two),
            EpochParties(line: fixture.line, offerer: fixture.two, accepter: fixture.one),
            EpochParties(line: fixture.line, offerer: fixture.one, accepter: three),
            EpochParties(line: fixture.line, offerer: three, accepter: fixture.two),
        ]
        for other in others {
            #expect(throws: SealError.notOpened) { try EpochAgreement.complete(accept, with: offerSecret, other) }
        }
        for other in [
            OfferSecret(epoch: offerSecret.epoch, seed: offerSecret.seed.flipping(bit: 3)),
            OfferSecret(epoch: EpochNumber(5), seed: offerSecret.seed),
        ] {
            #expect(throws: SealError.notOpened) { try EpochAgreement.complete(accept, with: other, parties) }
        }
    }

    @Test("SEAL-17: packs that differ, are swapped or are missing on one side fail loudly")
    func differingPacks() throws {
        let (accept, _) = try EpochAgreement.accept(offer, parties, courierKeys: packs)
        let wrong = [
            CourierKeys.none,
            CourierKeys(offerer: packs.accepter, accepter: packs.offerer),
            CourierKeys(offerer: packs.offerer, accepter: []),
            CourierKeys(offerer: packs.offerer.flipping(bit: 0), accepter: packs.accepter),
            CourierKeys(offerer: packs.offerer, accepter: packs.accepter.flipping(bit: 255)),
        ]
        for keys in wrong {
            #expect(throws: SealError.notOpened) { try EpochAgreement.complete(accept, with: offerSecret, parties, courierKeys: keys) }
        }
    }

    @Test("SEAL-10: a confirmation changed in any of its fields confirms nothing, nor does the accept's own proof")
    func tamperedConfirmation() throws {
        let (accept, secret) = try EpochAgreement.accept(offer, parties)
        let good = EpochAgreement.confirmation(of: accept, secret, parties)
        let hash = accept.hash(parties)
        func confirm(_ epoch: EpochNumber, _ acceptHash: Hash, _ proof: [UInt8], expecting: Hash, _ secret: EpochSecret) throws {
            _ = try EpochAgreement.confirm(
                Confirmations.Confirmation(epoch: epoch, acceptHash: acceptHash, proof: proof), acceptHash: expecting, secret
            )
        }
        try confirm(good.epoch, hash, good.proof, expecting: hash, secret)
        let other = Digest.sha256([1])
        let otherSecret = EpochSecret(epoch: secret.epoch, bytes: secret.bytes.flipping(bit: 9))
        #expect(throws: SealError.notOpened) { try confirm(EpochNumber(5), hash, good.proof, expecting: hash, secret) }
        #expect(throws: SealError.notOpened) { try confirm(good.epoch, other, good.proof, expecting: hash, secret) }
        #expect(throws: SealError.notOpened) { try confirm(good.epoch, other, good.proof, expecting: other, secret) }
        #expect(throws: SealError.notOpened) { try confirm(good.epoch, hash, accept.proof, expecting: hash, secret) }
        #expect(throws: SealError.notOpened) { try confirm(good.epoch, hash, good.proof, expecting: hash, otherSecret) }
        for bit in 0..<good.proof.count * 8 {
            try #require(throws: SealError.notOpened) {
                try confirm(good.epoch, hash, good.proof.flipping(bit: bit), expecting: hash, secret)
            }
        }
    }

    @Test("An offer whose key is none is refused")
    func noKey() {
        for key in [[], [UInt8](repeating: 0, count: 1215), [UInt8](repeating: 0xFF, count: 1216)] {
            #expect(throws: SealError.invalidKey(what: "X-Wing public key")) {
                try EpochAgreement.accept(Offer(epoch: EpochNumber(1), key: key), parties)
            }
        }
    }

    @Test("SEAL-8: an X-Wing key with a low-order X25519 half is refused")
    func lowOrder() throws {
        // The small-order u coordinates of Curve25519: 0, 1 and the two of order 8.
        let points = [
            String(repeating: "00", count: 32), "01" + String(repeating: "00", count: 31),
            "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
            "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        ]
        for point in points {
            let key = Array(offer.key.dropLast(32)) + (try #require(Hex.bytes(point)))
            #expect(throws: SealError.self) { try EpochAgreement.accept(Offer(epoch: EpochNumber(1), key: key), parties) }
        }
    }

    @Test("Nothing secret stands in a description")
    func descriptions() throws {
        let secret = EpochSecret(epoch: EpochNumber(3), bytes: [UInt8](repeating: 0xAB, count: 32))
        #expect(secret.description == "secret of epoch 3")
        #expect(offerSecret.description == "offer secret of epoch 4")
    }
}
