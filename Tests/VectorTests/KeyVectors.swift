import HotlineSeal
import HotlineWire
import Testing

@Suite("Vectors of keys and signatures")
struct KeyVectors {
    @Test("light-key", arguments: try Vector.all(.lightKey))
    func lightKey(_ vector: Vector) throws {
        try vector.expect {
            _ = try Ending.on(.malformed) { () throws(SealError) in try LightPublicKey(vector.body) }
            return [:]
        }
    }

    @Test("composite-key", arguments: try Vector.all(.compositeKey))
    func compositeKey(_ vector: Vector) throws {
        try vector.expect {
            _ = try Ending.on(.malformed) { () throws(SealError) in try CompositePublicKey(vector.body) }
            return [:]
        }
    }

    @Test("kem-key: refused when it is encapsulated to, at the latest", arguments: try Vector.all(.kemKey))
    func kemKey(_ vector: Vector) throws {
        let parties = EpochParties(line: Digest.sha256([]), offerer: try #require(StationNumber(1)), accepter: try #require(StationNumber(2)))
        try vector.expect {
            _ = try Ending.on(.malformed) { () throws(SealError) in try EpochAgreement.accept(Offer(epoch: EpochNumber(1), key: vector.body), parties) }
            return [:]
        }
    }

    @Test("light-signature", arguments: try Vector.all(.lightSignature))
    func lightSignature(_ vector: Vector) throws {
        let key = try LightPublicKey(try vector.bytes("key"))
        let signature = try vector.bytes("signature")
        try vector.expect {
            try Ending.unless(signature.count == LightPublicKey.signatureSize, .malformed, "\(signature.count) bytes")
            try Ending.unless(key.verifies(signature, over: vector.body), .unverified, "it does not verify")
            return [:]
        }
    }

    @Test("composite-signature", arguments: try Vector.all(.compositeSignature))
    func compositeSignature(_ vector: Vector) throws {
        try vector.expect {
            var decoder = Decoder(vector.body)
            let key = try Ending.on(.malformed) { () throws(WireError) in try decoder.raw(CompositePublicKey.size) }
            let signature = try Ending.on(.malformed) { () throws(WireError) in try decoder.raw(CompositePublicKey.signatureSize) }
            let read = try Ending.on(.malformed) { () throws(SealError) in try CompositePublicKey(key) }
            try Ending.unless(read.verifies(signature, over: decoder.rest()), .unverified, "it does not verify")
            return [:]
        }
    }
}
