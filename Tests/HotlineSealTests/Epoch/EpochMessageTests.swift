import HotlineSeal
import HotlineWire
import Testing

@Suite("Messages of an epoch")
struct EpochMessageTests {
    private let fixture: Fixture
    private let offers: [Offer]

    init() throws {
        fixture = try Fixture()
        var random = SeededGenerator(seed: 60)
        offers = (0..<2).map { Offer(epoch: EpochNumber(UInt64($0) * 60 + 2), key: random.bytes(Offer.keySize)) }
    }

    private var accepts: [Accept] {
        var random = SeededGenerator(seed: 61)
        return offers.map {
            Accept(
                epoch: $0.epoch, offerHash: $0.hash(fixture.parties), encapsulation: random.bytes(Accept.encapsulationSize),
                ciphertext: random.bytes(Accept.ciphertextSize), proof: random.bytes(Accept.proofSize)
            )
        }
    }

    @Test("SEAL-6: what is hashed and what is signed, byte for byte")
    func bodies() throws {
        let parties = fixture.parties
        let context = fixture.line.bytes + [1, 2]
        let reversed = fixture.line.bytes + [2, 1]
        #expect(offers[0].hash(parties) == Digest.sha256(Array("hotline/1 epoch offer\n".utf8) + context + [2] + offers[0].key))
        #expect(
            SignedOffers.body(offers, parties) == Array("hotline/1 epoch offers\n".utf8) + context + [2] + [2] + offers[0].key + [62]
                + offers[1].key
        )
        let accept = accepts[0]
        #expect(
            accept.hash(parties)
                == Digest.sha256(
                    Array("hotline/1 epoch accept\n".utf8) + context + [2] + accept.offerHash.bytes + accept.encapsulation
                        + accept.ciphertext
                )
        )
        let first = [2] + accept.offerHash.bytes + accept.encapsulation + accept.ciphertext + accept.proof
        #expect(SignedAccepts.body([accept], parties) == Array("hotline/1 epoch accepts\n".utf8) + reversed + [1] + first)
    }

    @Test("SEAL-18: the numbers of a batch rise, each once, all of the offerer's parity")
    func order() throws {
        func isInOrder(_ numbers: [UInt64], _ parties: EpochParties) -> Bool {
            SignedOffers(offers: numbers.map { Offer(epoch: EpochNumber($0), key: []) }, signature: []).isInOrder(parties)
        }
        let (low, high) = (fixture.parties, EpochParties(line: fixture.line, offerer: fixture.two, accepter: fixture.one))
        for (numbers, isLow, isHigh) in [
            ([1], true, false), ([2], false, true), ([1, 3, 9], true, false), ([2, 4], false, true), ([3, 1], false, false), ([1, 1], false, false),
            ([1, 2], false, false), ([2, 4, 4], false, false),
        ] as [([UInt64], Bool, Bool)] {
            #expect(isInOrder(numbers, low) == isLow, "\(numbers)")
            #expect(isInOrder(numbers, high) == isHigh, "\(numbers)")
        }
    }

    @Test("SEAL-7: batches come back as they were and verify under the station key of their sender")
    func roundtrip() throws {
        let parties = fixture.parties
        let key = try fixture.keysOfOne.station.publicKey
        let signed = SignedOffers(offers: offers, signature: try fixture.keysOfOne.station.sign(SignedOffers.body(offers, parties)))
        let read = try SignedOffers(signed.encoded)
        #expect(read == signed)
        #expect(key.verifies(read.signature, over: SignedOffers.body(read.offers, parties)))
        let other = EpochParties(line: fixture.line, offerer: fixture.one, accepter: try #require(StationNumber(3)))
        #expect(!key.verifies(read.signature, over: SignedOffers.body(read.offers, other)))
        #expect(!key.verifies(read.signature, over: SignedOffers.body(Array(read.offers.reversed()), parties)))

        let answer = SignedAccepts(accepts: accepts, signature: try fixture.keysOfTwo.station.sign(SignedAccepts.body(accepts, parties)))
        #expect(try SignedAccepts(answer.encoded) == answer)
        #expect((try fixture.keysOfTwo.station.publicKey).verifies(answer.signature, over: SignedAccepts.body(answer.accepts, parties)))

        let confirmations = Confirmations(
            accepts.map { Confirmations.Confirmation(epoch: $0.epoch, acceptHash: $0.offerHash, proof: $0.proof) })
        #expect(try Confirmations(decoding: confirmations.encoded) == confirmations)
    }

    @Test("ENC-4: a batch cut short or with bytes left over is refused")
    func cut() throws {
        let signature = [UInt8](repeating: 1, count: CompositePublicKey.signatureSize)
        let encodedOffers = SignedOffers(offers: offers, signature: signature).encoded
        let encodedAccepts = SignedAccepts(accepts: accepts, signature: signature).encoded
        let encodedConfirmations = Confirmations(
            accepts.map { Confirmations.Confirmation(epoch: $0.epoch, acceptHash: $0.offerHash, proof: $0.proof) }
        ).encoded
        for count in stride(from: 0, to: encodedOffers.count, by: 7) {
            #expect(throws: WireError.self) { try SignedOffers(Array(encodedOffers.prefix(count))) }
        }
        for count in stride(from: 0, to: encodedAccepts.count, by: 7) {
            #expect(throws: WireError.self) { try SignedAccepts(Array(encodedAccepts.prefix(count))) }
        }
        for count in 0..<encodedConfirmations.count {
            #expect(throws: WireError.self) { try Confirmations(decoding: Array(encodedConfirmations.prefix(count))) }
        }
        #expect(throws: WireError.trailing(count: 1)) { try SignedOffers(encodedOffers + [0]) }
        #expect(throws: WireError.trailing(count: 1)) { try SignedAccepts(encodedAccepts + [0]) }
        #expect(throws: WireError.trailing(count: 1)) { try Confirmations(decoding: encodedConfirmations + [0]) }
    }

    @Test("SEAL-7: a batch holds 1 to 64 epochs", arguments: [0, 65, 16_383] as [UInt64])
    func count(count: UInt64) {
        var encoder = Encoder()
        encoder.put(varint: count)
        let bytes = encoder.bytes + [UInt8](repeating: 0, count: 100)
        #expect(throws: WireError.self) { try SignedOffers(bytes) }
        #expect(throws: WireError.self) { try SignedAccepts(bytes) }
        #expect(throws: WireError.self) { try Confirmations(decoding: bytes) }
    }

    @Test("A batch of 64 offers or accepts fits into one object")
    func objectSize() {
        let signature = [UInt8](repeating: 1, count: CompositePublicKey.signatureSize)
        let many = Array(repeating: Offer(epoch: EpochNumber(VariableLengthInteger.max), key: offers[0].key), count: Limits.epochBatchMax)
        #expect(SignedOffers(offers: many, signature: signature).encoded.count <= Limits.objectBytesMax)
    }
}
