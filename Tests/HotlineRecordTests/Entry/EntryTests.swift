import HotlineRecord
import HotlineSeal
import HotlineWire
import Testing

@Suite("Entries")
struct EntryTests {
    /// The worked example of docs/spec/entries.md.
    static var example: Entry {
        Entry(
            id: EntryID(GenerationID(station: Fixture.station(1), name: GenerationName(0x0123_4567_89AB_CDEF)), EntryNumber(7)),
            agreement: Fixture.line,
            header: EntryHeader(
                kind: 1, precedence: .priority, exercise: true, channel: 2, fromPost: 3, toPost: 4, language: 1, claimedTime: 600),
            references: [EntryID(GenerationID(station: Fixture.station(2), name: GenerationName(0xFF)), EntryNumber(70))],
            seen: [Entry.Seen(generation: GenerationID(station: Fixture.station(2), name: GenerationName(0xFF)), size: RecordSize(71))],
            content: Array("Stand by.".utf8)
        )
    }

    private static let exampleHex =
        Fixture.line.description + "010123456789abcdef07" + "01a203040142" + "58" + "01" + "0200000000000000ff4046" + "01"
        + "0200000000000000ff4047" + "095374616e642062792e"

    @Test("ENT-1: an entry's canonical bytes, field by field")
    func layout() throws {
        #expect(Hex.string(Self.example.encoded) == Self.exampleHex)
        #expect(try Entry(try #require(Hex.bytes(Self.exampleHex))) == Self.example)
    }

    @Test("ENT-4: the leaf is the hash of label, line, entry and blind")
    func leaf() {
        let blind = Fixture.blind(0xB1)
        let leaf = Self.example.leafHash(line: Fixture.line, blind: blind)
        let bytes = [0] + Array("hotline/1 entry\n".utf8) + Fixture.line.bytes + Self.example.encoded + blind.bytes
        #expect(leaf == Digest.sha256(bytes))
        #expect(leaf != Self.example.leafHash(line: Digest.sha256([1]), blind: blind))
        #expect(leaf != Self.example.leafHash(line: Fixture.line, blind: Fixture.blind(0xB2)))
    }

    @Test("ENT-5: a blind is the first half of an HMAC over the label and the number")
    func blind() {
        let secret = Fixture.secret(7)
        let mac = Digest.hmac(key: secret.bytes, Array("hotline/1 blind\n".utf8) + [0, 0, 0, 0, 0, 0, 1, 2])
        #expect(secret.blind(of: EntryNumber(0x102)).bytes == Array(mac.prefix(16)))
        #expect(Set((0..<100).map { secret.blind(of: EntryNumber($0)) }).count == 100)
        #expect(secret.blind(of: EntryNumber(1)) != Fixture.secret(8).blind(of: EntryNumber(1)))
    }

    @Test("ENT-1: 1,000 seeded entries come back as they were")
    func roundtrip() throws {
        var random = SeededGenerator(seed: 80)
        for _ in 0..<1000 {
            let entry = random.entry()
            try #require(try Entry(entry.encoded) == entry)
        }
    }

    @Test("ENC-4: an entry cut short at any byte, or with one left over, is refused")
    func cut() throws {
        var random = SeededGenerator(seed: 81)
        for _ in 0..<20 {
            let bytes = random.entry().encoded
            for count in 0..<bytes.count { #expect(throws: WireError.self) { try Entry(Array(bytes.prefix(count))) } }
            #expect(throws: WireError.trailing(count: 1)) { try Entry(bytes + [0]) }
        }
    }

    @Test("ENT-1: whatever a changed byte makes of an entry, it is refused or has its own one form and another leaf")
    func changed() throws {
        var random = SeededGenerator(seed: 82)
        let blind = Fixture.blind(3)
        for _ in 0..<1000 {
            let entry = random.entry(content: 20)
            var bytes = entry.encoded
            let index = Int.random(in: 0..<bytes.count, using: &random)
            bytes[index] ^= UInt8.random(in: 1...255, using: &random)
            guard let other = try? Entry(bytes) else { continue }
            try #require(other.encoded == bytes)
            try #require(other.leafHash(line: Fixture.line, blind: blind) != entry.leafHash(line: Fixture.line, blind: blind))
        }
    }

    @Test("ENT-2: 17 references, 15 heads seen or a content above 256 KiB are refused")
    func limits() throws {
        func encoded(references: Int, seen: Int, content: Int) -> [UInt8] {
            var encoder = Encoder()
            encoder.put(Fixture.line)
            encoder.put(Self.example.id)
            encoder.put(Self.example.header)
            encoder.put(varint: UInt64(references))
            for _ in 0..<references { encoder.put(Self.example.id) }
            encoder.put(varint: UInt64(seen))
            for station in 0..<seen {
                encoder.put(byte: UInt8(station + 1))
                encoder.put(uint64: 1)
                encoder.put(varint: 1)
            }
            encoder.put(prefixed: [UInt8](repeating: 0, count: content))
            return encoder.bytes
        }
        #expect(throws: Never.self) { try Entry(encoded(references: 16, seen: 14, content: 256 * 1024)) }
        #expect(throws: WireError.tooLarge(what: "references", found: 17, max: 16)) {
            try Entry(encoded(references: 17, seen: 0, content: 0))
        }
        #expect(throws: WireError.tooLarge(what: "heads seen", found: 15, max: 14)) {
            try Entry(encoded(references: 0, seen: 15, content: 0))
        }
        #expect(throws: WireError.tooLarge(what: "content", found: 262_145, max: 262_144)) {
            try Entry(encoded(references: 0, seen: 0, content: 256 * 1024 + 1))
        }
    }

    @Test("ENT-3: heads seen stand in order of station, each station once")
    func seenOrder() throws {
        func encoded(_ stations: [UInt8]) -> [UInt8] {
            var encoder = Encoder()
            encoder.put(Fixture.line)
            encoder.put(Self.example.id)
            encoder.put(Self.example.header)
            encoder.put(varint: 0)
            encoder.put(varint: UInt64(stations.count))
            for station in stations {
                encoder.put(byte: station)
                encoder.put(uint64: 1)
                encoder.put(varint: 1)
            }
            encoder.put(prefixed: [])
            return encoder.bytes
        }
        #expect(throws: Never.self) { try Entry(encoded([2, 3, 15])) }
        for wrong in [[3, 2], [2, 2], [2, 15, 3]] as [[UInt8]] {
            #expect(throws: WireError.nonCanonical) { try Entry(encoded(wrong)) }
        }
    }

    @Test("ENT-9: a kind that nobody knows is an entry like any other")
    func unknownKind() throws {
        for kind in UInt8.min...UInt8.max {
            let entry = Entry(
                id: Self.example.id, agreement: Fixture.line, header: EntryHeader(kind: kind, precedence: .routine), references: [],
                seen: [],
                content: [kind]
            )
            #expect(try Entry(entry.encoded) == entry)
        }
    }
}
