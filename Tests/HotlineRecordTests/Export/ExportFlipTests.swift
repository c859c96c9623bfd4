import HotlineRecord
import HotlineSeal
import HotlineWire
import Testing

@Suite("Exports with one bit changed")
struct ExportFlipTests {
    private let two: RecordOfTwo
    private let first: RecordOfTwo.Written
    private let other: RecordOfTwo.Written

    init() throws {
        two = try RecordOfTwo()
        var first = two.open(1, 0xA1)
        var other = two.open(2, 0xB1)
        for number in 1...2 { two.write(Array("from one, \(number)".utf8), in: &first) }
        two.write(
            Array("from two".utf8), in: &other, references: [first.entries[1].id],
            seen: [Entry.Seen(generation: first.id, size: first.head.size)]
        )
        (self.first, self.other) = (first, other)
    }

    /// Where in the export the bytes of each entry stand.
    private func ranges(in bytes: [UInt8]) throws -> [(EntryID, Range<Int>)] {
        try (first.entries + other.entries).map { entry in
            let encoded = entry.encoded
            let start = try #require((0...bytes.count - encoded.count).first { Array(bytes[$0..<$0 + encoded.count]) == encoded })
            return (entry.id, start..<start + encoded.count)
        }
    }

    /// Every bit of the entries, and three of every other byte.
    @Test("REC-21, REC-22: a changed bit is found wherever it is, and one in an entry's bytes names that entry")
    func everyBit() throws {
        let bytes = two.export([first, other], [try two.sign(first.head, holding: [other.head], .light)], rosters: [[7, 7]])
        try #require(two.verify(bytes).isSound)
        let ranges = try ranges(in: bytes)
        for bit in 0..<bytes.count * 8 {
            let entry = ranges.first { $0.1.contains(bit / 8) }?.0
            guard entry != nil || [0, 3, 7].contains(bit % 8) else { continue }
            let report = two.verify(bytes.flipping(bit: bit))
            try #require(!report.isSound, "bit \(bit) was changed and not found")
            if let id = entry {
                try #require(report.problems.first?.place == .entry(id), "bit \(bit) was not found in entry \(id)")
                try #require(report.problems.allSatisfy { $0.place == .entry(id) || $0.place == .file })
            }
        }
    }

    @Test("REC-21: a changed byte anywhere in an export with full signatures and evidence is found, not by the digest alone")
    func everyByte() throws {
        let rewritten = Head(generation: first.id, size: first.head.size, root: Fixture.line)
        let full = try two.sign(first.head, holding: [other.head], .full)
        let evidence = Evidence(full, try two.sign(rewritten, .light))
        let bytes = two.export([first, other], [full], evidence: [evidence])
        let sound = two.verify(bytes)
        try #require(sound.problems.map(\.fault) == [.fork(other: evidence.second.checkpoint.head.root)])
        let digest = bytes.count - Hash.size
        // Most of it is the lattice signature, of which every seventeenth byte must do.
        let signature = try #require((0..<digest).first { bytes[$0...].starts(with: full.signature) })
        for index in 0..<digest where !(signature..<signature + 3300).contains(index) || index % 17 == 0 {
            let report = two.verify(bytes.flipping(bit: index * 8 + index % 8))
            let others = report.problems.filter { $0.fault != .digestDiffers }
            try #require(!others.isEmpty && others != sound.problems, "byte \(index) was changed and found by the digest alone")
        }
    }
}
