import HotlineWire
import Testing

@Suite("Items of a frame")
struct ItemTests {
    @Test("Every mix of items comes back as it was")
    func roundtrip() throws {
        var random = SeededGenerator(seed: 10)
        for _ in 0..<2000 {
            let count = Int.random(in: 0...6, using: &random)
            let items = (0..<count).map { random.item(last: $0 == count - 1) }
            try #require(try Item.decode(Item.encode(items)) == items)
        }
    }

    @Test("ENC-4: a frame cut short at any byte is refused or is another frame in its own one form")
    func cut() throws {
        var random = SeededGenerator(seed: 11)
        for _ in 0..<60 {
            let bytes = Item.encode([random.item(last: false), random.item(last: true)])
            for count in 0..<min(bytes.count, 600) {
                let prefix = Array(bytes.prefix(count))
                if let items = try? Item.decode(prefix) { try #require(Item.encode(items) == prefix) }
            }
        }
    }

    @Test("ENC-4: an item that does not run to the end, cut short at any byte, is refused")
    func cutItem() throws {
        var random = SeededGenerator(seed: 12)
        for _ in 0..<200 {
            let whole = Item.encode([random.item(last: false), .probe(challenge: 7)])
            let item = Array(whole.dropLast(5))
            for count in 1..<min(item.count, 400) {
                #expect(throws: WireError.self) { try Item.decode(Array(item.prefix(count))) }
            }
        }
    }

    @Test("Whatever the bytes, they are refused or come back as they were")
    func noise() throws {
        var random = SeededGenerator(seed: 13)
        for _ in 0..<20_000 {
            let bytes = random.bytes(Int.random(in: 0...60, using: &random))
            if let items = try? Item.decode(bytes) { try #require(Item.encode(items) == bytes) }
        }
    }

    @Test("A changed byte of a frame is refused or read as another frame in its own one form")
    func changed() throws {
        var random = SeededGenerator(seed: 14)
        for _ in 0..<300 {
            var bytes = Item.encode([random.item(last: false), random.item(last: true)])
            let index = Int.random(in: 0..<bytes.count, using: &random)
            bytes[index] ^= UInt8.random(in: 1...255, using: &random)
            if let items = try? Item.decode(bytes) { try #require(Item.encode(items) == bytes) }
        }
    }

    @Test("Item types that this version does not know are refused", arguments: [0x00, 0x14, 0x3F, 0x80, 0xFF] as [UInt8])
    func unknown(type: UInt8) {
        #expect(throws: WireError.invalid(what: "item type", found: UInt64(type))) {
            try Item.decode([type] + [UInt8](repeating: 0, count: 64))
        }
    }

    @Test("An entry that states fifteen heads seen is refused")
    func fifteenHeads() {
        #expect(throws: WireError.tooLarge(what: "heads seen", found: 15, max: 14)) {
            try Item.decode([0x7E] + [UInt8](repeating: 0, count: 64))
        }
    }

    @Test("An entry that states references and has none is refused")
    func emptyReferences() {
        // Type with both flags, generation, number, five header bytes and the time, then a count of zero.
        #expect(throws: WireError.nonCanonical) { try Item.decode([0x43, 1, 1, 1, 0, 0, 0, 0, 0, 0]) }
    }

    @Test("An entry in last place with a length of its own is refused: it would be a second form")
    func lengthInLastPlace() {
        #expect(throws: WireError.nonCanonical) { try Item.decode([0x40, 1, 1, 1, 0, 0, 0, 0, 0, 2, 0xAA, 0xBB]) }
        #expect(throws: Never.self) { try Item.decode([0x42, 1, 1, 1, 0, 0, 0, 0, 0, 0xAA, 0xBB]) }
    }

    @Test("A frame of 512 items is read and one of 513 is refused")
    func itemsMax() {
        let probe: [UInt8] = [2, 0, 0, 0, 1]
        let full = Array(repeatElement(probe, count: Limits.itemsPerFrameMax).joined())
        #expect(throws: Never.self) { try Item.decode(full) }
        #expect(throws: WireError.tooLarge(what: "items", found: 513, max: 512)) { try Item.decode(full + probe) }
    }

    @Test("Acknowledged ranges without a gap, without an entry or beyond the last number are refused")
    func ranges() {
        func decode(_ size: UInt64, _ ranges: [(UInt64, UInt64)]) throws -> [Item] {
            var encoder = Encoder()
            encoder.put(raw: [4, 0, 0])
            encoder.put(varint: size)
            encoder.put(varint: UInt64(ranges.count) << 1)
            for (gap, count) in ranges {
                encoder.put(varint: gap)
                encoder.put(varint: count)
            }
            return try Item.decode(encoder.bytes)
        }
        #expect(throws: Never.self) { try decode(3, [(1, 1), (2, 5)]) }
        #expect(throws: WireError.nonCanonical) { try decode(3, [(0, 1)]) }
        #expect(throws: WireError.nonCanonical) { try decode(3, [(1, 0)]) }
        #expect(throws: WireError.tooLarge(what: "ranges", found: 17, max: 16)) { try decode(3, Array(repeating: (1, 1), count: 17)) }
        let most = VariableLengthInteger.max
        #expect(throws: Never.self) { try decode(0, [(1, most - 1)]) }
        #expect(throws: WireError.self) { try decode(1, [(1, most - 1)]) }
        #expect(throws: WireError.self) { try decode(most, Array(repeating: (most, most), count: 16)) }
    }

    @Test("A fragment that is empty or runs past its object is refused")
    func fragments() {
        func fragment(_ offset: UInt64, _ total: UInt64, _ bytes: [UInt8]) throws -> [Item] {
            var encoder = Encoder()
            encoder.put(byte: 0x0C)
            for value in [1, offset, total] { encoder.put(varint: value) }
            encoder.put(raw: bytes)
            return try Item.decode(encoder.bytes)
        }
        #expect(throws: Never.self) { try fragment(2, 4, [1, 2]) }
        #expect(throws: WireError.self) { try fragment(2, 4, [1, 2, 3]) }
        #expect(throws: WireError.self) { try fragment(2, 4, []) }
        #expect(throws: WireError.self) { try fragment(0, UInt64(Limits.objectBytesMax) + 1, [1]) }
    }

    @Test("An object that came in fragments is one whole item and no fragment")
    func object() throws {
        var random = SeededGenerator(seed: 15)
        for _ in 0..<300 {
            let item = random.item(last: true)
            let bytes = Item.encode([item])
            if case .fragment = item {
                #expect(throws: WireError.self) { try Item.decodeOne(bytes) }
            } else {
                #expect(try Item.decodeOne(bytes) == item)
            }
        }
        #expect(throws: WireError.trailing(count: 1)) { try Item.decodeOne([2, 0, 0, 0, 1, 0]) }
        #expect(throws: WireError.truncated) { try Item.decodeOne([]) }
    }
}
