import Foundation
import HotlineSeal
import HotlineWire
import Testing

@Suite("Fingerprint words")
struct FingerprintTests {
    static func hash(_ bytes: [UInt8]) throws -> Hash { try #require(Hash(bytes + [UInt8](repeating: 0, count: Hash.size - bytes.count))) }

    @Test("AGR-43: the example of the PGP word list reads as published")
    func published() throws {
        let bytes = try #require(Hex.bytes("e58294f2e9a227486e8b061b31cc528f"))
        let words =
            "topmost Istanbul Pluto vagabond treadmill Pacific brackish dictator "
            + "goldfish Medusa afflict bravado chatter revolver Dupont midsummer"
        #expect(Fingerprint(try Self.hash(bytes)).words.joined(separator: " ") == words)
    }

    @Test("AGR-43: 512 words, each once, two syllables and three by turns")
    func unique() throws {
        var even: Set<String> = []
        var odd: Set<String> = []
        for value in UInt8.min...UInt8.max {
            let words = Fingerprint(try Self.hash([value, value])).words
            even.insert(words[0].lowercased())
            odd.insert(words[1].lowercased())
        }
        #expect(even.count == 256)
        #expect(odd.count == 256)
        #expect(even.isDisjoint(with: odd))
    }

    @Test("AGR-44: the words are those of docs/spec/words.md")
    func listed() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "docs/spec/words.md"), encoding: .utf8)
        let rows = text.matches(of: /(?m)^\| `([0-9a-f]{2})` \| (\w+) \| (\w+) \|$/)
        #expect(rows.count == 256)
        for row in rows {
            let byte = try #require(Hex.bytes(row.1))
            #expect(Fingerprint(try Self.hash(byte + byte)).words.prefix(2).map { $0 } == [String(row.2), String(row.3)])
        }
    }

    @Test("AGR-43: words are shown in four groups of four and read back however they are typed")
    func readBack() throws {
        let fingerprint = Fingerprint(Digest.sha256([1, 2, 3]))
        #expect(fingerprint.groups.map(\.count) == [4, 4, 4, 4])
        #expect(fingerprint.description.split(separator: "\n").count == 4)
        #expect(try Fingerprint(fingerprint.description) == fingerprint)
        #expect(try Fingerprint(fingerprint.words.joined(separator: " - ").uppercased()) == fingerprint)
    }

    @Test("AGR-43: two words swapped are found at the first of them", arguments: 0..<15)
    func swapped(place: Int) throws {
        var words = Fingerprint(Digest.sha256([9])).words
        words.swapAt(place, place + 1)
        #expect(throws: FingerprintError.outOfTurn(word: words[place], place: place + 1)) { try Fingerprint(words.joined(separator: " ")) }
    }

    @Test("AGR-43: a word left out is found where the rhythm breaks", arguments: 0..<15)
    func omitted(place: Int) throws {
        var words = Fingerprint(Digest.sha256([9])).words
        words.remove(at: place)
        #expect(throws: FingerprintError.outOfTurn(word: words[place], place: place + 1)) { try Fingerprint(words.joined(separator: " ")) }
    }

    @Test("A missing last word, an unknown word and another hash are told apart")
    func otherFaults() throws {
        let fingerprint = Fingerprint(Digest.sha256([9]))
        #expect(throws: FingerprintError.count(found: 15)) { try Fingerprint(fingerprint.words.dropLast().joined(separator: " ")) }
        #expect(throws: FingerprintError.unknown(word: "hello", place: 1)) { try Fingerprint("hello world") }
        let first = Fingerprint(try Self.hash([1, 2, 3]))
        #expect(first.differences(from: Fingerprint(try Self.hash([1, 9, 3]))) == [2])
        #expect(first.differences(from: first).isEmpty)
    }
}
