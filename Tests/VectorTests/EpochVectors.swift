import HotlineAgreement
import HotlineRecord
import HotlineSeal
import HotlineWire
import Testing

@testable import HotlineLine

@Suite("Vectors of epochs")
struct EpochVectors {
    private static func parties(_ vector: Vector, offerer: StationNumber, accepter: StationNumber) throws -> EpochParties {
        EpochParties(line: try LineOf(vector).keys.line, offerer: offerer, accepter: accepter)
    }

    @Test("offers", arguments: try Vector.all(.offers))
    func offers(_ vector: Vector) throws {
        let sender = try vector.station("from")
        let parties = try Self.parties(vector, offerer: sender, accepter: try vector.station("to"))
        let key = try #require(try LineOf(vector).first.stationKeys(of: sender)).station
        try vector.expect {
            let signed = try Ending.on(.malformed) { () throws(WireError) in try SignedOffers(vector.body) }
            try Ending.unless(signed.isInOrder(parties), .malformed, "the numbers do not rise, or are not the offerer's")
            try Ending.unless(key.verifies(signed.signature, over: SignedOffers.body(signed.offers, parties)), .unverified, "its signature")
            if !vector.all("highest").isEmpty {
                try Ending.unless(signed.offers[0].epoch > (try vector.epoch("highest")), .refused, "not above the highest")
            }
            return [
                "epochs": signed.offers.map { "\($0.epoch)" }.joined(separator: " "), "hash": "\(signed.offers[0].hash(parties))",
                "object": Self.name(1, vector.body),
            ]
        }
    }

    @Test("accepts", arguments: try Vector.all(.accepts))
    func accepts(_ vector: Vector) throws {
        let sender = try vector.station("from")
        let parties = try Self.parties(vector, offerer: try vector.station("to"), accepter: sender)
        let key = try #require(try LineOf(vector).first.stationKeys(of: sender)).station
        let offer = OfferSecret(epoch: try vector.epoch("epoch"), seed: try vector.bytes("seed"))
        let packs = vector.all("packs").isEmpty ? [] : try vector.bytes("packs")
        let courier = CourierKeys(offerer: Array(packs.prefix(32)), accepter: Array(packs.dropFirst(32)))
        try vector.expect {
            let signed = try Ending.on(.malformed) { () throws(WireError) in try SignedAccepts(vector.body) }
            try Ending.unless(key.verifies(signed.signature, over: SignedAccepts.body(signed.accepts, parties)), .unverified, "its signature")
            let accept = signed.accepts[0]
            let opened = try Ending.on(.unverified) { () throws(SealError) in
                try EpochAgreement.complete(accept, with: offer, parties, courierKeys: courier)
            }
            return ["secret": Hex.string(opened.secret.bytes), "hash": "\(accept.hash(parties))", "object": Self.name(2, vector.body)]
        }
    }

    @Test("stale", arguments: try Vector.all(.stale))
    func stale(_ vector: Vector) throws {
        let answering = try vector.station("from")
        let parties = try Self.parties(vector, offerer: try vector.station("to"), accepter: answering)
        let key = try #require(try LineOf(vector).first.stationKeys(of: answering)).station
        let underWay = try vector.hash("offers")
        try vector.expect {
            let stale = try Ending.on(.malformed) { () throws(WireError) in try SignedStale(vector.body) }
            try Ending.unless(stale.highest <= EpochBook.highestMax, .malformed, "no room above \(stale.highest)")
            let body = SignedStale.body(stale.object, stale.highest, parties)
            try Ending.unless(key.verifies(stale.signature, over: body), .unverified, "its signature")
            try Ending.unless(stale.object == underWay, .refused, "of other offers than those under way")
            return ["highest": "\(stale.highest)"]
        }
    }

    @Test("confirmations", arguments: try Vector.all(.confirmations))
    func confirmations(_ vector: Vector) throws {
        let secret = EpochSecret(epoch: try vector.epoch("epoch"), bytes: try vector.bytes("secret"))
        let accept = try vector.hash("accept")
        try vector.expect {
            let batch = try Ending.on(.malformed) { () throws(WireError) in try Confirmations(decoding: vector.body) }
            _ = try Ending.on(.unverified) { () throws(SealError) in
                try EpochAgreement.confirm(batch.confirmations[0], acceptHash: accept, secret)
            }
            return [:]
        }
    }

    /// The name under which a handshake object travels.
    private static func name(_ kind: UInt8, _ body: [UInt8]) -> String {
        var name = Encoder()
        name.put(uint64: HandshakeObject.name([kind] + body))
        return Hex.string(name.bytes)
    }
}
