import HotlineAgreement
import HotlineRecord
import HotlineSeal
import HotlineWire
import Testing

@testable import HotlineWatch

@Suite("The bytes of a release")
struct AttestationTests {
    private func hex(_ text: String) -> [UInt8] {
        let digits = text.filter(\.isHexDigit)
        return stride(from: 0, to: digits.count, by: 2).map { place in
            let start = digits.index(digits.startIndex, offsetBy: place)
            return UInt8(digits[start..<digits.index(start, offsetBy: 2)], radix: 16) ?? 0
        }
    }

    @Test("WAT-31, WAT-32: the worked example of the specification")
    func example() throws {
        let line = try #require(Hash(hex("31b9ee4a830b75580e39e6bd6356d40524fcb8683e67cf094290da306e7ee235")))
        let statement = ReleasedStatement(
            release: try #require(ReleaseID(Array(0...15))), agreement: line,
            header: EntryHeader(kind: 1, precedence: .priority, channel: 3, fromPost: 3, toPost: 4, language: 1, claimedTime: 600), references: [],
            content: Array("We agree.".utf8)
        )
        #expect(
            statement.signedBytes(line: line, party: try Line.station(0))
                == hex(
                    """
                    686f746c696e652f312072656c656173650a 31b9ee4a830b75580e39e6bd6356d40524fcb8683e67cf094290da306e7ee235 01
                    000102030405060708090a0b0c0d0e0f 31b9ee4a830b75580e39e6bd6356d40524fcb8683e67cf094290da306e7ee235
                    01 83 03 04 01 00 00 09 57652061677265652e
                    """
                )
        )
        let signature = [UInt8](repeating: 0xAA, count: LightPublicKey.signatureSize)
        let attestation = Attestation(
            release: statement.release, roster: 2, signatures: ["w-1", "w-2"].map { Attestation.Signature(officer: $0, bytes: signature) }
        )
        #expect(attestation.content == hex("000102030405060708090a0b0c0d0e0f 02 02 03 772d31") + signature + hex("03 772d32") + signature)
        #expect(attestation.content.count == 154)
        #expect(try Attestation(.light, content: attestation.content) == attestation)
        #expect(Attestation.release(13, content: attestation.content) == statement.release && Attestation.release(1, content: attestation.content) == nil)
        var encoder = Encoder()
        statement.encode(into: &encoder)
        var decoder = Decoder(encoder.bytes)
        #expect(try ReleasedStatement(&decoder) == statement)
        try decoder.finish()
    }

    @Test("WAT-32: another form is unreadable", arguments: 0..<6)
    func unreadable(_ which: Int) throws {
        let signature = [UInt8](repeating: 1, count: LightPublicKey.signatureSize)
        func content(id: Int = 16, roster: UInt64 = 1, count: UInt8 = 1, signatures: Int = 1, code: [UInt8] = Array("w-1".utf8), rest: [UInt8] = []) -> [UInt8] {
            var encoder = Encoder()
            encoder.put(raw: [UInt8](repeating: 9, count: id))
            encoder.put(varint: roster)
            encoder.put(byte: count)
            for _ in 0..<signatures {
                encoder.put(prefixed: code)
                encoder.put(raw: signature)
            }
            encoder.put(raw: rest)
            return encoder.bytes
        }
        #expect(throws: Never.self) { try Attestation(.light, content: content()) }
        let others = [
            content(id: 15), content(roster: 0), content(count: 0, signatures: 0), content(count: 5, signatures: 5), content(code: [UInt8](repeating: 0x61, count: 33)),
            content(rest: [0]),
        ]
        #expect(throws: WireError.self) { try Attestation(.light, content: others[which]) }
        for cut in 0..<content().count { #expect(throws: WireError.self) { try Attestation(.light, content: Array(content().prefix(cut))) } }
    }
}
