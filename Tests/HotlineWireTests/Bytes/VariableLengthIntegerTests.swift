import HotlineWire
import Testing

@Suite("Variable-length integers")
struct VariableLengthIntegerTests {
    /// RFC 9000 §A.1, table 13, and the edges of each width.
    static let vectors: [(hex: String, value: UInt64)] = [
        ("c2197c5eff14e88c", 151_288_809_941_952_652), ("9d7f3e7d", 494_878_333), ("7bbd", 15_293), ("25", 37),
        ("00", 0), ("3f", 63), ("4040", 64), ("7fff", 16_383), ("80004000", 16_384), ("bfffffff", 1_073_741_823),
        ("c000000040000000", 1_073_741_824), ("ffffffffffffffff", 4_611_686_018_427_387_903),
    ]

    @Test("ENC-1: the vectors of RFC 9000 and the edges of every width are written and read", arguments: vectors)
    func vector(hex: String, value: UInt64) throws {
        var encoder = Encoder()
        encoder.put(varint: value)
        #expect(Hex.string(encoder.bytes) == hex)
        var decoder = Decoder(encoder.bytes)
        #expect(try decoder.varint() == value)
        #expect(decoder.isAtEnd)
    }

    @Test(
        "ENC-1: a longer form than the shortest is refused",
        arguments: ["4025", "403f", "80000025", "80003fff", "c000000000000000", "c000000000000025", "c00000003fffffff", "4000"]
    )
    func longer(hex: String) throws {
        var decoder = Decoder(try #require(Hex.bytes(hex)))
        #expect(throws: WireError.nonCanonical) { try decoder.varint() }
    }

    @Test("ENC-4: an integer cut short at any byte is refused", arguments: vectors)
    func cut(hex: String, value: UInt64) throws {
        let bytes = try #require(Hex.bytes(hex))
        for count in 0..<bytes.count {
            var decoder = Decoder(Array(bytes.prefix(count)))
            #expect(throws: WireError.truncated) { try decoder.varint() }
        }
    }

    @Test("ENC-1: 20,000 seeded values come back as they were, and in the width stated")
    func roundtrip() throws {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<20_000 {
            let value = random.varint()
            var encoder = Encoder()
            encoder.put(varint: value)
            try #require(encoder.bytes.count == VariableLengthInteger.width(of: value))
            var decoder = Decoder(encoder.bytes)
            try #require(try decoder.varint() == value)
        }
    }

    @Test("ENC-1: of all two-byte strings exactly those with a value of 64 or more are integers of two bytes")
    func exhaustive() {
        for first in UInt8.min...UInt8.max {
            for second in UInt8.min...UInt8.max {
                var decoder = Decoder([first, second])
                let value = try? decoder.varint()
                switch first >> 6 {
                case 0: #expect(value == UInt64(first) && decoder.remaining == 1)
                case 1:
                    let written = UInt64(first & 0x3F) << 8 | UInt64(second)
                    #expect(value == (written < 64 ? nil : written))
                default: #expect(value == nil)
                }
            }
        }
    }
}
