import Foundation
import HotlineDesk
import HotlineRecord
import HotlineWire
import Testing

@testable import HotlineDaemon

@Suite("One entry, proved to an outsider")
struct ProofTests {
    @Test("an entry of either side is proved by its serial, and its neighbours stay hidden", arguments: ["W-3", "W-40", "M-4"])
    func prove(name: String) throws {
        let fixture = try RecordFixture.conversation()
        let disclosure = try StationRecord(fixture.washington).prove(name)
        let path = fixture.directory.file("proof.txt")
        try store(Array(disclosure.text.utf8), at: path)
        let verified = try ProofFile(path).verify(against: fixture.agreementFile.path)
        #expect(verified.subject == .disclosure && verified.isSound && verified.isLineConfirmed)
        #expect(verified.entry == disclosure.entry)
        #expect(disclosure.entry.signed == (name.hasPrefix("W") ? "in full" : "provisionally"))
        let own = try #require(disclosure.entry.text)
        #expect(own.hasPrefix(name.hasPrefix("W") ? "Washington says" : "Moscow says"))
        #expect(try contents(path).count < 60_000)
        for other in ["W-2", "W-4", "M-3"] where other != name {
            let text = try #require(StationRecord(fixture.washington).prove(other).entry.text)
            #expect(!disclosure.text.contains(Base64.string(Array(text.utf8))), "\(other)")
        }
    }

    @Test("an entry is named by its identifier too, and by a serial alone where one record has it")
    func names() throws {
        let fixture = try RecordFixture.conversation()
        let record = try StationRecord(fixture.washington)
        let entry = try record.prove("W-40").entry
        #expect(try record.prove(entry.id).entry == entry)
        #expect(try record.prove("40").entry == entry)
        #expect(try record.prove("w-40").entry == entry)
        #expect(refusal { try record.prove("3") }?.what.contains("2 entries are called 3") == true)
        #expect(refusal { try record.prove("W-400") }?.class == .notFound)
        for name in ["", "W", "X-1", "W-0", "W-x", "1/2", "1/zz/3", "16/00000000000000a1/1"] {
            #expect(refusal { try record.prove(name) }?.class == .usage, "\(name)")
        }
    }

    @Test("a serial that a restore has given twice is not guessed at")
    func restored() throws {
        let fixture = try RecordFixture()
        let us = try fixture.us
        try fixture.open(us, named: 1)
        try fixture.letter(us, "before the restore")
        try fixture.open(us, named: 2, base: 0)
        try fixture.letter(us, "after the restore")
        try fixture.checkpoint(us, .full)
        #expect(refusal { try StationRecord(fixture.washington).prove("W-2") }?.class == .refused)
    }

    @Test("an opening is never disclosed, and what is not signed is not proved")
    func refusals() throws {
        let fixture = try RecordFixture.conversation()
        let record = try StationRecord(fixture.washington)
        for opening in ["W-1", "W-7", "M-1"] { #expect(refusal { try record.prove(opening) }?.what.contains("never disclosed") == true) }
        #expect(refusal { try record.prove("W-73") }?.what.contains("not signed yet") == true)
    }

    @Test("a disclosure with a character changed in what it proves proves nothing")
    func changed() throws {
        let fixture = try RecordFixture.conversation()
        let text = Array(try StationRecord(fixture.washington).prove("W-3").text.utf8)
        let path = fixture.directory.file("proof.txt")
        let begin = try #require(text.firstRange(of: Array("\nentry ".utf8))?.lowerBound)
        let end = try #require(text.firstRange(of: Array("\nsignature ".utf8))?.lowerBound)
        for place in stride(from: begin, to: end, by: 7) {
            var bad = text
            bad[place] = bad[place] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            try store(bad, at: path)
            #expect(refusal { try ProofFile(path).verify() }?.class == .notVerified, "byte \(place)")
        }
    }
}
