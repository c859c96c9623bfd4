import HotlineWire
import Testing

@Suite("Identifiers")
struct IdentifierTests {
    @Test("ENC-5: a station is one byte from 1 to 15")
    func station() throws {
        for byte in UInt8.min...UInt8.max {
            var decoder = Decoder([byte])
            if (1...15).contains(byte) {
                #expect(try decoder.station().value == byte)
            } else {
                #expect(throws: WireError.invalid(what: "station number", found: UInt64(byte))) { try decoder.station() }
            }
        }
    }

    @Test("ENC-6: a generation's name is eight bytes, written as sixteen digits")
    func generation() throws {
        let station = try #require(StationNumber(2))
        let id = GenerationID(station: station, name: GenerationName(0x0123_4567_89AB_CDEF))
        var encoder = Encoder()
        encoder.put(id)
        #expect(Hex.string(encoder.bytes) == "020123456789abcdef")
        #expect(id.description == "2/0123456789abcdef")
        var decoder = Decoder(encoder.bytes)
        #expect(try decoder.generationID() == id)
        #expect(GenerationName("0123456789abcdef") == id.name)
        for text in ["0123456789ABCDEF", "123456789abcdef", "00123456789abcdef", "0123456789abcdeg", "", "+123456789abcdef"] {
            #expect(GenerationName(text) == nil)
        }
    }

    @Test("ENC-7: an entry's number leaves room for a size one above it")
    func number() throws {
        for (value, accepted) in [(VariableLengthInteger.max - 1, true), (VariableLengthInteger.max, false)] {
            var encoder = Encoder()
            encoder.put(varint: value)
            var decoder = Decoder(encoder.bytes)
            let number = try? decoder.entryNumber()
            #expect((number != nil) == accepted)
            if let number { #expect(VariableLengthInteger.width(of: number.sizeThrough.value) == 8) }
        }
    }

    @Test("ENC-8: a hash is 32 bytes, whole and in order")
    func hash() throws {
        let bytes = (0..<32).map { UInt8($0 * 7) }
        let hash = try #require(Hash(bytes))
        #expect(hash.bytes == bytes)
        #expect(hash.description == Hex.string(bytes))
        #expect(Hash(Array(bytes.dropLast())) == nil)
        #expect(Hash(bytes + [0]) == nil)
        #expect(Hash.zero.bytes == [UInt8](repeating: 0, count: 32))
        for index in 0..<32 {
            var changed = bytes
            changed[index] ^= 1
            #expect(Hash(changed) != hash)
        }
    }

    @Test("Hashes, generations and entries are ordered as their bytes are")
    func order() throws {
        var random = SeededGenerator(seed: 3)
        for _ in 0..<1000 {
            var first = random.bytes(32)
            let second = random.bytes(32)
            if Bool.random(using: &random) { first.replaceSubrange(0..<24, with: second[0..<24]) }
            let a = try #require(Hash(first))
            let b = try #require(Hash(second))
            #expect((a < b) == first.lexicographicallyPrecedes(second))
        }
    }

    @Test("A precedence is read in any case and written in capitals")
    func precedence() {
        for precedence in Precedence.allCases {
            #expect(Precedence(precedence.description) == precedence)
            #expect(Precedence(precedence.description.lowercased()) == precedence)
        }
        #expect(Precedence("URGENT") == nil)
        #expect(Precedence.flash < .immediate && Precedence.priority < .routine)
    }
}
