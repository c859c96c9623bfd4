import HotlineWire
import Testing

@Suite("Fields")
struct FieldTests {
    @Test("ENC-2: a field is its length and its bytes")
    func layout() throws {
        var encoder = Encoder()
        encoder.put(prefixed: [0xAA, 0xBB])
        encoder.put(text: "да")
        encoder.put(uint16: 0x0102)
        encoder.put(uint64: 0x0102_0304_0506_0708)
        #expect(Hex.string(encoder.bytes) == "02aabb" + "04d0b4d0b0" + "0102" + "0102030405060708")
        var decoder = Decoder(encoder.bytes)
        #expect(try decoder.prefixed("field", max: 2) == [0xAA, 0xBB])
        #expect(try decoder.text("text", max: 4) == "да")
        #expect(try decoder.uint16() == 0x0102)
        #expect(try decoder.uint64() == 0x0102_0304_0506_0708)
        try decoder.finish()
    }

    @Test("ENC-2: a length above the limit is refused before its bytes are looked at")
    func limit() {
        var decoder = Decoder([0x03, 1, 2, 3])
        #expect(throws: WireError.tooLarge(what: "field", found: 3, max: 2)) { try decoder.prefixed("field", max: 2) }
        var huge = Decoder([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF])
        #expect(throws: WireError.tooLarge(what: "field", found: 4_611_686_018_427_387_903, max: 1024)) {
            try huge.prefixed("field", max: 1024)
        }
    }

    @Test("ENC-4: a length that runs past the end is refused")
    func pastTheEnd() {
        var decoder = Decoder([0x04, 1, 2, 3])
        #expect(throws: WireError.truncated) { try decoder.prefixed("field", max: 100) }
    }

    @Test("ENC-4: what is left over is an error that says how much")
    func trailing() throws {
        var decoder = Decoder([1, 2, 3])
        _ = try decoder.byte()
        #expect(throws: WireError.trailing(count: 2)) { try decoder.finish() }
    }

    @Test(
        "ENC-3: bytes that are not UTF-8 are no text",
        arguments: ["ff", "c080", "eda080", "f5808080", "e28a", "80", "c3", "f4908080"]
    )
    func notUTF8(hex: String) throws {
        var encoder = Encoder()
        encoder.put(prefixed: try #require(Hex.bytes(hex)))
        var decoder = Decoder(encoder.bytes)
        #expect(throws: WireError.notUTF8) { try decoder.text("text", max: 16) }
    }

    @Test("ENC-4: a decoder over a range never reads outside it")
    func range() throws {
        let bytes: [UInt8] = [9, 1, 2, 9]
        var decoder = Decoder(bytes, in: 1..<3)
        #expect(try decoder.raw(2) == [1, 2])
        #expect(throws: WireError.truncated) { try decoder.byte() }
        var other = Decoder(bytes, in: 1..<3)
        #expect(throws: WireError.truncated) { try other.raw(3) }
        #expect(other.rest() == [1, 2])
        #expect(throws: WireError.truncated) { try other.peek() }
    }
}
