import HotlineWire
import Testing

@Suite("Hex and Base64")
struct HexAndBase64Tests {
    /// RFC 4648 §10.
    static let vectors = [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ]

    @Test("ENC-10: the vectors of RFC 4648", arguments: vectors)
    func vector(plain: String, encoded: String) {
        #expect(Base64.string(Array(plain.utf8)) == encoded)
        #expect(Base64.bytes(encoded) == Array(plain.utf8))
    }

    @Test(
        "ENC-10: any other form of base64 is refused",
        arguments: [
            "Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zm8", "Zm9v\n", " Zm9v", "Zm9v ", "Zm-_", "Zm9v====", "Z===", "====", "=", "==",
            "Zg==Zg==",
            "Zm8=Zm9v", "Z=g=", "=Zg=", "Zm9vé===", "Zm\r\n", "Ｚg==",
        ]
    )
    func strict(text: String) {
        #expect(Base64.bytes(text) == nil)
    }

    @Test("ENC-10: of all four-character strings of a small alphabet each value has one form")
    func exhaustive() {
        let alphabet = Array("AQgw+/=B -_".utf8)
        var forms: [[UInt8]: String] = [:]
        for a in alphabet {
            for b in alphabet {
                for c in alphabet {
                    for d in alphabet {
                        let text = String(decoding: [a, b, c, d], as: UTF8.self)
                        guard let bytes = Base64.bytes(text) else { continue }
                        #expect(Base64.string(bytes) == text)
                        #expect(forms.updateValue(text, forKey: bytes) == nil)
                    }
                }
            }
        }
        #expect(!forms.isEmpty)
    }

    @Test("ENC-10: 3,000 seeded strings of bytes come back as they were")
    func roundtrip() throws {
        var random = SeededGenerator(seed: 2)
        for count in 0..<3000 {
            let bytes = random.bytes(count % 100)
            try #require(Base64.bytes(Base64.string(bytes)) == bytes)
            try #require(Hex.bytes(Hex.string(bytes)) == bytes)
        }
    }

    @Test("ENC-9: hexadecimal is lower case and even, and nothing else", arguments: ["0", "0G", "AB", "aB", " ab", "ab ", "0x", "+1", "é"])
    func hex(text: String) {
        #expect(Hex.bytes(text) == nil)
    }

    @Test("ENC-9: every byte has its two digits")
    func everyByte() {
        for byte in UInt8.min...UInt8.max {
            let digits = Hex.string([byte])
            #expect(digits.utf8.count == 2)
            #expect(Hex.bytes(digits) == [byte])
        }
        #expect(Hex.string([0x00, 0x0A, 0xA0, 0xFF]) == "000aa0ff")
    }
}
