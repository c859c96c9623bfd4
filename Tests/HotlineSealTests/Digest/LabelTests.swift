import HotlineSeal
import HotlineWire
import Testing

@Suite("Labels and digests")
struct LabelTests {
    private let labels = [
        Label.entry, Label.blind, Label.offers, Label.accepts, Label.offer, Label.accept, Label.encapsulation, Label.epochSecret,
        Label.acceptProof, Label.confirmation, Label.frame, Label.agreement, Label.card, Label.identity, Label.roster, Label.release, Label.keyStatement,
        Label.start,
    ]

    @Test("SEAL-1: no label is another one or the beginning of another one")
    func prefixFree() {
        for (index, label) in labels.enumerated() {
            #expect(label.starts(with: Array("hotline/1 ".utf8)))
            #expect(label.last == 0x0A && label.dropLast().allSatisfy { (0x20...0x7E).contains($0) })
            for (other, second) in labels.enumerated() where other != index { #expect(!second.starts(with: label)) }
        }
    }

    @Test("SEAL-1: a signed body is the label, the line and the signer")
    func body() throws {
        let fixture = try Fixture()
        let body = Label.body(Label.agreement, line: fixture.line, signer: fixture.two).bytes
        #expect(body == Array("hotline/1 agreement\n".utf8) + fixture.line.bytes + [2])
    }

    @Test("SHA-256, HMAC and HKDF give what FIPS 180-4, RFC 4231 and RFC 5869 say")
    func vectors() throws {
        #expect(Digest.sha256(Array("abc".utf8)).description == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(Digest.sha256(prefix: 0x61, Array("b".utf8), [], Array("c".utf8)) == Digest.sha256(Array("abc".utf8)))
        // RFC 4231 §4.3, test case 2.
        let mac = Digest.hmac(key: Array("Jefe".utf8), Array("what do ya want for nothing?".utf8))
        #expect(Hex.string(mac) == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        #expect(Digest.isHMAC(mac, key: Array("Jefe".utf8), of: Array("what do ya want for nothing?".utf8)))
        #expect(!Digest.isHMAC(Array(mac.dropLast()), key: Array("Jefe".utf8), of: Array("what do ya want for nothing?".utf8)))
        // RFC 5869 §A.1.
        let okm = Digest.hkdf(
            secret: [UInt8](repeating: 0x0B, count: 22), salt: Array(0x00...0x0C), info: Array(0xF0...0xF9), count: 42
        )
        #expect(Hex.string(okm) == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865")
    }

    @Test("Random bytes have the length asked for and differ")
    func random() {
        #expect(Digest.random(0).isEmpty)
        #expect(Digest.random(33).count == 33)
        #expect(Digest.random(16) != Digest.random(16))
    }
}
