import HotlineWire
import Testing

@Suite("Vectors of the encoding")
struct EncodingVectors {
    private static func read<T>(_ vector: Vector, _ take: (inout Decoder) throws(WireError) -> T) throws(Ending) -> T {
        try Ending.on(.malformed) { () throws(WireError) in
            var decoder = Decoder(vector.body)
            let value = try take(&decoder)
            try decoder.finish()
            return value
        }
    }

    @Test("integer", arguments: try Vector.all(.integer))
    func integer(_ vector: Vector) throws {
        try vector.expect { ["value": "\(try Self.read(vector) { decoder throws(WireError) in try decoder.varint() })"] }
    }

    @Test("field", arguments: try Vector.all(.field))
    func field(_ vector: Vector) throws {
        let limit = Int(try vector.number("limit"))
        try vector.expect { ["value": Hex.string(try Self.read(vector) { decoder throws(WireError) in try decoder.prefixed("field", max: limit) })] }
    }

    @Test("text", arguments: try Vector.all(.text))
    func text(_ vector: Vector) throws {
        let limit = Int(try vector.number("limit"))
        try vector.expect { ["value": Hex.string(Array(try Self.read(vector) { decoder throws(WireError) in try decoder.text("text", max: limit) }.utf8))] }
    }

    @Test("generation", arguments: try Vector.all(.generation))
    func generation(_ vector: Vector) throws {
        try vector.expect { ["written": "\(try Self.read(vector) { decoder throws(WireError) in try decoder.generationID() })"] }
    }

    @Test("entry-name", arguments: try Vector.all(.entryName))
    func entryName(_ vector: Vector) throws {
        try vector.expect { ["written": "\(try Self.read(vector) { decoder throws(WireError) in try decoder.entryID() })"] }
    }

    @Test("hexadecimal", arguments: try Vector.all(.hexadecimal))
    func hexadecimal(_ vector: Vector) throws {
        try vector.expect {
            guard let bytes = Hex.bytes(try vector.characters()) else { throw Ending(.malformed, "it is not hexadecimal") }
            return ["value": Hex.string(bytes)]
        }
    }

    @Test("base64", arguments: try Vector.all(.base64))
    func base64(_ vector: Vector) throws {
        try vector.expect {
            guard let bytes = Base64.bytes(try vector.characters()) else { throw Ending(.malformed, "it is not base64") }
            return ["value": Hex.string(bytes)]
        }
    }

    @Test("Every file is of a kind that is run, and every folder holds some")
    func all() throws { #expect(try Vector.all().count > 600) }
}
