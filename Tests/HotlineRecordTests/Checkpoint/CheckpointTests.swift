import HotlineRecord
import HotlineSeal
import HotlineWire
import Testing

@Suite("Checkpoints")
struct CheckpointTests {
    static func head(_ station: UInt8, _ name: UInt64, _ size: UInt64, _ root: Hash = Fixture.line) -> Head {
        Head(generation: GenerationID(station: Fixture.station(station), name: GenerationName(name)), size: RecordSize(size), root: root)
    }

    static var example: Checkpoint {
        Checkpoint(line: Fixture.line, agreement: Fixture.line, head: head(1, 0xAB, 42), held: [head(2, 0xFF, 7), head(2, 0x0A, 3)])
    }

    @Test("REC-4: the signed text of a checkpoint, line by line")
    func text() {
        let root = Base64.string(Fixture.line.bytes)
        let expected = """
            hotline/1/\(Fixture.line)/1/00000000000000ab
            42
            \(root)
            agreement \(Fixture.line)
            holds 2/000000000000000a 3 \(root)
            holds 2/00000000000000ff 7 \(root)

            """
        #expect(String(decoding: Self.example.text, as: UTF8.self) == expected)
    }

    @Test("REC-8: a text that holds a head of its own signer is refused")
    func holdsItself() {
        for held in [Self.head(1, 0xAB, 41), Self.head(1, 0xAC, 3)] {
            let text = Checkpoint(line: Fixture.line, agreement: Fixture.line, head: Self.head(1, 0xAB, 42), held: [held, Self.head(2, 0xFF, 7)]).text
            #expect(throws: CheckpointError.malformed) { try Checkpoint(text: text) }
        }
    }

    @Test("REC-4: a text comes back as it was, with any number of heads held and any size")
    func roundtrip() throws {
        var random = SeededGenerator(seed: 90)
        for count in 0..<40 {
            let held = (0..<count).map { _ in
                Self.head(UInt8.random(in: 2...15, using: &random), random.next(), max(1, random.varint()), random.hash())
            }
            let checkpoint = Checkpoint(
                line: random.hash(), agreement: random.hash(), head: Self.head(1, random.next(), max(1, random.varint()), random.hash()), held: held
            )
            #expect(try Checkpoint(text: checkpoint.text) == checkpoint)
        }
    }

    @Test("REC-4: a head of size 0 has the root of the empty tree")
    func empty() throws {
        for (head, held, isRead) in [
            (Self.head(1, 1, 0, Frontier().root), Self.head(2, 2, 0, Frontier().root), true), (Self.head(1, 1, 0, Fixture.line), Self.head(2, 2, 1, Fixture.line), false),
            (Self.head(1, 1, 1, Fixture.line), Self.head(2, 2, 0, Fixture.line), false),
        ] {
            let text = Checkpoint(line: Fixture.line, agreement: Fixture.line, head: head, held: [held]).text
            #expect(((try? Checkpoint(text: text)) != nil) == isRead)
        }
    }

    @Test("REC-4: every changed bit of a text is refused or makes another checkpoint in its own one form")
    func changed() throws {
        let text = Self.example.text
        for bit in 0..<text.count * 8 {
            let changed = text.flipping(bit: bit)
            guard let other = try? Checkpoint(text: changed) else { continue }
            try #require(other != Self.example)
            try #require(other.text == changed)
        }
    }

    @Test("REC-4: a byte put in or left out anywhere is refused or makes another checkpoint in its own one form")
    func inserted() throws {
        let text = Self.example.text
        for index in 0...text.count {
            for byte in Array(" \n\r\t0+/=-a".utf8) + [0, 0xC2, 0xFF] {
                var longer = text
                longer.insert(byte, at: index)
                if let other = try? Checkpoint(text: longer) { try #require(other != Self.example && other.text == longer) }
            }
            guard index < text.count else { continue }
            var shorter = text
            shorter.remove(at: index)
            if let other = try? Checkpoint(text: shorter) { try #require(other != Self.example && other.text == shorter) }
            if let other = try? Checkpoint(text: Array(text.prefix(index))) { try #require(other.text == Array(text.prefix(index))) }
        }
    }

    @Test("REC-4: other forms of the same values are refused")
    func strict() throws {
        let text = String(decoding: Self.example.text, as: UTF8.self)
        let root = Base64.string(Fixture.line.bytes)
        let wrong = [
            text.replacing("\n42\n", with: "\n042\n"), text.replacing("\n42\n", with: "\n+42\n"), text.replacing("\n42\n", with: "\n42 \n"),
            text.replacing("\n42\n", with: "\n-42\n"), text.replacing("\n42\n", with: "\n\n"), text.replacing("\n42\n", with: "\n٤٢\n"),
            text.replacing("hotline/1", with: "hotline/2"), text.replacing("hotline/1", with: "hotline/01"),
            text.replacing("/1/00000000000000ab", with: "/01/00000000000000ab"),
            text.replacing("/1/00000000000000ab", with: "/0/00000000000000ab"),
            text.replacing("/1/00000000000000ab", with: "/16/00000000000000ab"),
            text.replacing("/1/00000000000000ab", with: "/1/00000000000000AB"),
            text.replacing("\n", with: "\r\n"), text + "\n", text + "signed\n", String(text.dropLast()), "\n" + text,
            text.replacing("holds 2/000000000000000a 3", with: "holds 2/000000000000000a  3"), text.replacing("holds", with: "Holds"),
            text.replacing("agreement ", with: "agreement  "), text.replacing(root, with: root.dropLast()),
            // Heads out of order, and one generation held twice.
            text.replacing("000000000000000a", with: "0000000000000fff"), text.replacing("000000000000000a 3", with: "00000000000000ff 3"),
        ]
        for text in wrong { #expect(throws: CheckpointError.malformed) { try Checkpoint(text: Array(text.utf8)) } }
        #expect(throws: CheckpointError.malformed) { try Checkpoint(text: []) }
    }

    @Test("REC-4: a size that the encoding cannot hold is refused, in the head and in what is held")
    func hugeSize() throws {
        let text = String(decoding: Self.example.text, as: UTF8.self)
        for size in ["4611686018427387904", "18446744073709551615", "18446744073709551616"] {
            #expect(throws: CheckpointError.malformed) { try Checkpoint(text: Array(text.replacing("\n42\n", with: "\n\(size)\n").utf8)) }
            #expect(throws: CheckpointError.malformed) {
                try Checkpoint(text: Array(text.replacing("holds 2/000000000000000a 3", with: "holds 2/000000000000000a \(size)").utf8))
            }
        }
        let most = text.replacing("\n42\n", with: "\n4611686018427387903\n")
        #expect(try Checkpoint(text: Array(most.utf8)).head.size.value == VariableLengthInteger.max)
    }

    @Test("REC-4: a text above 16 KiB is refused")
    func long() {
        let held = (0..<300).map { Self.head(2, $0, 1) }
        let checkpoint = Checkpoint(line: Fixture.line, agreement: Fixture.line, head: Self.head(1, 1, 1), held: held)
        #expect(checkpoint.text.count > Limits.checkpointTextBytesMax)
        #expect(throws: CheckpointError.malformed) { try Checkpoint(text: checkpoint.text) }
    }
}

extension Array where Element == UInt8 {
    func flipping(bit: Int) -> [UInt8] {
        var copy = self
        copy[bit / 8] ^= 1 << UInt8(bit % 8)
        return copy
    }
}
