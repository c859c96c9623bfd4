import HotlineSeal
import HotlineWire
import Testing

@testable import HotlineAgreement

@Suite("Vectors of agreements and cards")
struct AgreementVectors {
    private static func read(_ bytes: [UInt8]) throws(Ending) -> ParsedAgreement {
        try Ending.on(.malformed) { () throws(AgreementError) in try Agreement.parse(bytes) }
    }

    @Test("agreement", arguments: try Vector.all(.agreement))
    func agreement(_ vector: Vector) throws { try vector.expect { ["hash": "\(try Self.read(vector.body).hash)"] } }

    @Test("agreement-in-force", arguments: try Vector.all(.agreementInForce))
    func inForce(_ vector: Vector) throws {
        try vector.expect {
            let parsed = try Self.read(vector.body)
            let agreement = try Ending.on(.unverified) { () throws(AgreementError) in try parsed.verified() }
            return ["hash": "\(agreement.hash)", "line": "\(agreement.line)"]
        }
    }

    @Test("succession", arguments: try Vector.all(.succession))
    func succession(_ vector: Vector) throws {
        var decoder = Decoder(vector.body)
        let texts = [try decoder.prefixed("text", max: 1 << 20), try decoder.prefixed("text", max: 1 << 20)]
        try decoder.finish()
        try vector.expect {
            let (before, after) = (try Self.read(texts[0]), try Self.read(texts[1]))
            try Ending.on(.refused) { () throws(AmendmentFault) in try after.check(amends: before) }
            return [:]
        }
    }

    @Test("card", arguments: try Vector.all(.card))
    func card(_ vector: Vector) throws {
        try vector.expect {
            let unverified = try Ending.on(.malformed) { () throws(AgreementError) in try UnverifiedCard(vector.body) }
            return ["hash": "\(try Ending.on(.unverified) { () throws(AgreementError) in try unverified.verified() }.hash)"]
        }
    }

    @Test("fingerprint", arguments: try Vector.all(.fingerprint))
    func fingerprint(_ vector: Vector) throws {
        let expected = Fingerprint(try vector.hash("hash"))
        try vector.expect {
            let text = try vector.characters()
            let found = try Ending.on(.malformed) { () throws(FingerprintError) in try Fingerprint(text) }
            try Ending.unless(found == expected, .unverified, "other words")
            return [:]
        }
    }
}
