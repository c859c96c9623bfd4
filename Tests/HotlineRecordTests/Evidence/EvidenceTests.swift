import HotlineRecord
import HotlineSeal
import HotlineWire
import Testing

@Suite("Evidence")
struct EvidenceTests {
    private let two: RecordOfTwo
    private let evidence: Evidence

    init() throws {
        two = try RecordOfTwo()
        let head = two.open(1, 0xA1).head
        let rewritten = Head(generation: head.generation, size: head.size, root: Fixture.line)
        evidence = Evidence(try two.sign(head, .light), try two.sign(rewritten, .light))
    }

    private func verify(_ text: [UInt8]) throws -> Fork? {
        let (agreements, evidence) = try Evidence.read(text)
        guard let keys = two.parties(agreements) else { return nil }
        return try evidence.verify(keys)
    }

    @Test("REC-40: a third party that holds nothing but the text finds the fork")
    func roundtrip() throws {
        let text = evidence.text(agreements: two.agreements)
        #expect(String(decoding: text, as: UTF8.self).hasPrefix("hotline/1 evidence\nagreement "))
        let fork = try #require(try verify(text))
        #expect(Evidence(fork) == evidence)
    }

    @Test("REC-40: one contradiction has one form, whichever of the two came first")
    func oneForm() {
        let reversed = Evidence(evidence.second, evidence.first)
        #expect(reversed == evidence)
        #expect(evidence.first.checkpoint.head.root < evidence.second.checkpoint.head.root)
    }

    @Test("REC-40: a changed bit anywhere in the text is found")
    func everyBit() throws {
        let text = evidence.text(agreements: two.agreements)
        for bit in stride(from: 0, to: text.count * 8, by: 3) {
            let fork = try? verify(text.flipping(bit: bit))
            try #require(fork == nil, "bit \(bit) was changed and not found")
        }
        for count in 0..<text.count { try #require((try? Evidence.read(Array(text.prefix(count)))) == nil) }
        #expect(throws: EvidenceError.malformed) { try Evidence.read(text + [0x0A]) }
    }

    @Test("REC-40: heads that agree, or of other sizes, prove nothing")
    func nothing() throws {
        var written = two.open(1, 0xA1)
        let one = try two.sign(written.head, .light)
        #expect(throws: EvidenceError.noContradiction) { try Evidence(one, one).verify(two.keys) }
        #expect(throws: EvidenceError.noContradiction) { try Evidence(one, try two.sign(written.head, .full)).verify(two.keys) }
        two.write([1], in: &written)
        #expect(throws: EvidenceError.noContradiction) { try Evidence(one, try two.sign(written.head, .light)).verify(two.keys) }
    }

    @Test("REC-40: a signature that does not verify proves nothing")
    func unsigned() throws {
        let forged = UnverifiedCheckpoint(checkpoint: evidence.second.checkpoint, strength: .light, signature: evidence.first.signature)
        #expect(throws: EvidenceError.refused(.signatureInvalid)) { try Evidence(evidence.first, forged).verify(two.keys) }
        let other = LineKeys(line: Fixture.line, keys: [])
        #expect(throws: EvidenceError.refused(.wrongLine(two.line))) { try evidence.verify(other) }
    }
}
