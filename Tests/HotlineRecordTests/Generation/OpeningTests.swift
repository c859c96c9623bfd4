import HotlineRecord
import HotlineSeal
import HotlineWire
import Testing

@Suite("Openings")
struct OpeningTests {
    private func head(_ station: UInt8, _ name: UInt64, _ size: UInt64 = 5) -> Head {
        Head(
            generation: GenerationID(station: Fixture.station(station), name: GenerationName(name)), size: RecordSize(size),
            root: Fixture.line)
    }

    @Test("ENT-7: an opening's content, field by field")
    func layout() throws {
        let opening = Opening(predecessor: head(1, 0xAA, 70), held: [head(2, 1), head(2, 2)], blinds: Fixture.secret(0x5C), serialBase: 70)
        let root = Fixture.line.description
        let hex =
            String(repeating: "5c", count: 32) + "4046" + "01" + "0100000000000000aa4046" + root + "02" + "02000000000000000105" + root
            + "02000000000000000205" + root
        #expect(Hex.string(opening.encoded) == hex)
        #expect(try Opening(opening.encoded) == opening)
        let first = Opening(predecessor: nil, held: [], blinds: Fixture.secret(1), serialBase: 0)
        #expect(Hex.string(first.encoded) == String(repeating: "01", count: 32) + "000000")
        #expect(try Opening(first.encoded) == first)
    }

    @Test("ENC-4: an opening cut short at any byte, or with one left over, is refused")
    func cut() throws {
        let bytes = Opening(predecessor: head(1, 9), held: [head(2, 1), head(3, 1)], blinds: Fixture.secret(2), serialBase: 3).encoded
        for count in 0..<bytes.count { #expect(throws: WireError.self) { try Opening(Array(bytes.prefix(count))) } }
        #expect(throws: WireError.truncated) { try Opening(bytes + [0]) }
        let basis = Basis(agreement: Fixture.line, statement: Fixture.line)
        let amended = Opening(predecessor: nil, held: [], blinds: Fixture.secret(2), serialBase: 3, basis: basis)
        #expect(try Opening(amended.encoded) == amended)
        #expect(throws: WireError.trailing(count: 1)) { try Opening(amended.encoded + [0]) }
        for count in 1..<65 { #expect(throws: WireError.self) { try Opening(Array(amended.encoded.dropLast(count))) } }
    }

    @Test("ENT-8: heads held stand in order, each generation once, at most 56")
    func order() {
        func decode(_ held: [Head]) throws -> Opening {
            try Opening(Opening(predecessor: nil, held: held, blinds: Fixture.secret(1), serialBase: 0).encoded)
        }
        #expect(throws: Never.self) { try decode([head(2, 1), head(2, 2), head(3, 1)]) }
        for wrong in [[head(2, 2), head(2, 1)], [head(3, 1), head(2, 1)], [head(2, 1), head(2, 1, 6)]] {
            #expect(throws: WireError.nonCanonical) { try decode(wrong) }
        }
        #expect(throws: Never.self) { try decode((0..<56).map { head(2, $0) }) }
        #expect(throws: WireError.tooLarge(what: "heads", found: 57, max: 56)) { try decode((0..<57).map { head(2, $0) }) }
    }

    @Test("ENT-7: a flag of the predecessor other than 0 and 1 is refused")
    func flag() {
        var bytes = Opening(predecessor: nil, held: [], blinds: Fixture.secret(1), serialBase: 0).encoded
        bytes[33] = 2
        #expect(throws: WireError.tooLarge(what: "predecessor", found: 2, max: 1)) { try Opening(bytes) }
    }
}
