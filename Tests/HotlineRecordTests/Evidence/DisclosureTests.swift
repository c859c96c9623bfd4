import HotlineRecord
import HotlineSeal
import HotlineWire
import Testing

@Suite("Disclosures")
struct DisclosureTests {
    private let two: RecordOfTwo
    private let written: RecordOfTwo.Written
    private let checkpoint: UnverifiedCheckpoint

    init() throws {
        two = try RecordOfTwo()
        var written = two.open(1, 0xA1)
        for number in 1...11 { two.write(Array("the neighbour's secret \(number + 10)".utf8), in: &written) }
        self.written = written
        checkpoint = try two.sign(written.head, .light)
    }

    private func disclose(_ number: Int, _ checkpoint: UnverifiedCheckpoint? = nil) throws -> Disclosure {
        let checkpoint = checkpoint ?? self.checkpoint
        let path = try Tree.proveInclusion(
            of: EntryNumber(UInt64(number)), in: checkpoint.checkpoint.head.size, written.tree.read
        )
        return try Disclosure(
            agreements: two.agreements, entry: written.entries[number], blind: written.blind(number), path: path, checkpoint: checkpoint
        )
    }

    private func verify(_ text: [UInt8]) throws -> DisclosedEntry? {
        let disclosure = try Disclosure(text: text)
        guard let keys = two.parties(disclosure.agreements) else { return nil }
        return try disclosure.verify(keys)
    }

    @Test("REC-30: every entry but the opening is disclosed and verified from its text alone", arguments: CheckpointStrength.allCases)
    func roundtrip(strength: CheckpointStrength) throws {
        let checkpoint = try two.sign(written.head, strength)
        for number in 1..<written.entries.count {
            let disclosure = try disclose(number, checkpoint)
            let text = disclosure.text
            #expect(try Disclosure(text: text) == disclosure)
            let disclosed = try #require(try verify(text))
            #expect(disclosed.entry == written.entries[number])
            #expect(disclosed.checkpoint.strength == strength && disclosed.checkpoint.checkpoint.head == written.head)
            #expect(text.split(separator: 0x0A).allSatisfy { $0.count <= 100 })
        }
    }

    @Test("REC-31: an opening is never disclosed")
    func opening() throws {
        #expect(throws: DisclosureError.opening) { try disclose(0) }
        let good = String(decoding: try disclose(1).text, as: UTF8.self)
        #expect(throws: DisclosureError.self) {
            try Disclosure(text: Array(good.replacing("/1\nbytes", with: "/0\nbytes").utf8))
        }
        var stray = written
        two.write(stray.opening.encoded, in: &stray, kind: Opening.kind)
        let signed = try two.sign(stray.head, .light)
        let path = try Tree.proveInclusion(of: EntryNumber(12), in: stray.head.size, stray.tree.read)
        #expect(throws: DisclosureError.opening) {
            try Disclosure(agreements: two.agreements, entry: stray.entries[12], blind: stray.blind(12), path: path, checkpoint: signed)
        }
    }

    @Test("REC-32: nothing of a neighbour stands in it: no content, no blind, no secret")
    func silence() throws {
        for number in 1..<written.entries.count {
            let disclosure = try disclose(number)
            // What its fields hold when they are read back, and the text as it is.
            let fields =
                [disclosure.text, disclosure.entry.encoded, disclosure.blind.bytes, disclosure.checkpoint.encoded]
                + disclosure.agreements + disclosure.path.map(\.bytes)
            func occurs(_ secret: [UInt8]) -> Bool {
                fields.contains { field in
                    field.count >= secret.count
                        && (0...field.count - secret.count).contains { Array(field[$0..<$0 + secret.count]) == secret }
                }
            }
            let leaves = written.tree.leaves
            for (other, entry) in written.entries.enumerated() where other != number {
                try #require(!occurs(written.blind(other).bytes))
                if other > 0 { try #require(!occurs(entry.content)) }
                // A neighbour's leaf may stand in the path; without its blind it says nothing.
                try #require(entry.leafHash(line: two.line, blind: disclosure.blind) != leaves[other])
            }
            try #require(!occurs(Array(written.opening.blinds.bytes.prefix(8))))
        }
    }

    @Test("REC-33: every changed bit of the text is found")
    func everyBit() throws {
        let text = try disclose(5).text
        try #require(try verify(text) != nil)
        for bit in 0..<text.count * 8 {
            let disclosed = try? verify(text.flipping(bit: bit))
            try #require(disclosed == nil, "bit \(bit) was changed and not found")
        }
    }

    @Test("REC-33: a text cut short, with a byte put in, or with its lines in another order is refused")
    func strict() throws {
        let text = try disclose(5).text
        for count in 0..<text.count { try #require((try? Disclosure(text: Array(text.prefix(count)))) == nil) }
        for index in stride(from: 0, through: text.count, by: 3) {
            for byte in Array(" \n\r\tA=|".utf8) {
                var longer = text
                longer.insert(byte, at: index)
                try #require((try? verify(longer)) == nil)
            }
        }
        let lines = text.split(separator: 0x0A).map(Array.init)
        for index in lines.indices.dropLast() where lines[index] != lines[index + 1] {
            var swapped = lines
            swapped.swapAt(index, index + 1)
            try #require((try? verify(Array(swapped.map { $0 + [0x0A] }.joined()))) == nil)
        }
    }

    @Test("REC-30: another entry, blind, path, head or signer proves nothing")
    func refused() throws {
        let good = try disclose(5)
        func make(
            entry: Entry? = nil, blind: Blind? = nil, path: [Hash]? = nil, checkpoint: UnverifiedCheckpoint? = nil
        ) throws -> DisclosedEntry {
            try Disclosure(
                agreements: two.agreements, entry: entry ?? good.entry, blind: blind ?? good.blind, path: path ?? good.path,
                checkpoint: checkpoint ?? good.checkpoint
            ).verify(two.keys)
        }
        #expect(try make().entry == written.entries[5])
        #expect(throws: DisclosureError.notIncluded) { try make(entry: written.entries[6]) }
        #expect(throws: DisclosureError.notIncluded) { try make(blind: written.blind(6)) }
        #expect(throws: DisclosureError.notIncluded) { try make(path: Array(good.path.dropLast())) }
        #expect(throws: DisclosureError.notIncluded) { try make(checkpoint: try two.sign(try written.head(at: 11), .light)) }
        #expect(throws: DisclosureError.notIncluded) { try make(checkpoint: try two.sign(two.open(2, 0xB1).head, .light)) }
        let forged = UnverifiedCheckpoint(
            checkpoint: good.checkpoint.checkpoint, strength: .light, signature: good.checkpoint.signature.flipping(bit: 77)
        )
        #expect(throws: DisclosureError.refused(.signatureInvalid)) { try make(checkpoint: forged) }
        #expect(throws: DisclosureError.refused(.wrongLine(two.line))) { try good.verify(LineKeys(line: Fixture.line, keys: [])) }
        #expect(throws: DisclosureError.refused(.unknownSigner(Fixture.station(1)))) { try good.verify(LineKeys(line: two.line, keys: [])) }
    }

    @Test("REC-30: a head signed under another agreement than the entry names proves nothing")
    func otherAgreement() throws {
        let amended = try RecordOfTwo(amendments: 1)
        var written = amended.open(1, 0xA1, agreement: 1)
        amended.write([1], in: &written, agreement: 1)
        func disclose(under agreement: Int) throws -> DisclosedEntry {
            try Disclosure(
                agreements: amended.agreements, entry: written.entries[1], blind: written.blind(1), path: [written.tree.leaves[0]],
                checkpoint: try amended.sign(written.head, .light, agreement: agreement)
            ).verify(amended.keys)
        }
        #expect(try disclose(under: 1).entry.content == [1])
        #expect(throws: DisclosureError.signedUnderOtherAgreement) { try disclose(under: 0) }
    }
}
