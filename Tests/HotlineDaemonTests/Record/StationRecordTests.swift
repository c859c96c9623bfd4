import Foundation
import HotlineAgreement
import HotlineDesk
import HotlineRecord
import HotlineWire
import Testing

@testable import HotlineDaemon

@Suite("The record of a station, asked of its files")
struct StationRecordTests {
    @Test("it shows generations with their serials, heads and signatures, while the station writes")
    func show() throws {
        let fixture = try RecordFixture.conversation()
        let view = try StationRecord(fixture.washington).show()
        #expect(view.generations.map(\.mark) == ["W", "W", "M"])
        #expect(view.generations.map(\.entries) == [6, 67, 6])
        #expect(view.generations.map(\.firstSerial) == ["W-1", "W-7", "M-1"])
        #expect(view.generations.map(\.lastSerial) == ["W-6", "W-73", "M-6"])
        #expect(view.generations.map(\.signedInFull) == [6, 66, 0])
        #expect(view.generations.map(\.signedProvisionally) == [6, 66, 6])
        #expect(view.generations[2].cosigned.map(\.inFull) == [6])
        #expect(view.checkpoints.count == 4)
        #expect(view.forks == 0 && view.conflicts == 0)
    }

    @Test("an export of a whole record verifies offline and says what is signed")
    func export() throws {
        let fixture = try RecordFixture.conversation()
        let path = fixture.directory.file("line.export")
        let view = try StationRecord(fixture.washington).export(to: path)
        #expect(view.entries == 79 && view.generations == 3)
        #expect(try contents(path).count == Int(view.bytes))
        #expect(try mode(of: path) == 0o600)
        let verified = try ProofFile(path).verify(against: fixture.agreementFile.path)
        #expect(verified.isSound, "\(verified.problems)")
        #expect(verified.notes == [])
        #expect(verified.isLineConfirmed && verified.entries == 79)
        #expect(verified.generations.map(\.signedInFull) == [6, 66, 0])
        #expect(verified.generations.map(\.predecessor) == ["first", "agrees", "first"])
    }

    @Test("without an agreement to compare with, the export's words are what the agreement's are")
    func words() throws {
        let fixture = try RecordFixture.conversation()
        let path = fixture.directory.file("line.export")
        _ = try StationRecord(fixture.washington).export(to: path)
        let verified = try ProofFile(path).verify()
        #expect(!verified.isLineConfirmed)
        #expect(verified.lineWords == (try fixture.agreementFile.show().lineWords))
    }

    @Test("an export is not written over another")
    func noOverwrite() throws {
        let fixture = try RecordFixture.conversation()
        let path = try fixture.directory.write("line.export", "kept")
        #expect(refusal { try StationRecord(fixture.washington).export(to: path) }?.class == .refused)
        #expect(try contents(path) == Array("kept".utf8))
    }

    @Test("a bit changed anywhere in an export is found")
    func anyBit() throws {
        let fixture = try RecordFixture()
        let us = try fixture.us
        try fixture.open(us, named: 1)
        try fixture.letter(us, "One")
        try fixture.checkpoint(us, .light)
        let path = fixture.directory.file("small.export")
        _ = try StationRecord(fixture.washington).export(to: path)
        let good = try contents(path)
        // A sample, for the agreement is read and verified each time; the verifier's own tests try every bit.
        let places = Array(stride(from: 0, to: good.count, by: 4999)) + Array(stride(from: good.count - 700, to: good.count, by: 17))
        for place in places {
            var bad = good
            bad[place] ^= 1 << UInt8(place & 7)
            try store(bad, at: path)
            let isFound: Bool
            do { isFound = try !ProofFile(path).verify().isSound } catch { isFound = true }
            #expect(isFound, "byte \(place)")
        }
    }

    @Test("an export of another line is refused where one's own agreement says so")
    func otherLine() throws {
        let (one, other) = (try RecordFixture.conversation(), try RecordFixture())
        let path = one.directory.file("line.export")
        _ = try StationRecord(one.washington).export(to: path)
        #expect(refusal { try ProofFile(path).verify(against: other.agreementFile.path) }?.class == .notVerified)
    }

    @Test("a file of another kind is said to be one")
    func otherFile() throws {
        let fixture = try RecordFixture()
        #expect(refusal { try ProofFile(fixture.agreementFile.path).verify() }?.class == .malformed)
        #expect(refusal { try ProofFile(fixture.directory.file("none")).verify() }?.class == .notFound)
    }

    @Test("a fork on record makes an export unsound, and the evidence in it stands")
    func fork() throws {
        let fixture = try RecordFixture.conversation()
        let evidence = try fixture.fork(fixture.them)
        let path = fixture.directory.file("line.export")
        let record = try StationRecord(fixture.washington)
        _ = try record.export(to: path)
        let verified = try ProofFile(path).verify()
        #expect(!verified.isSound)
        #expect(verified.forks.map(\.mark) == ["M"])
        #expect(try record.show().forks == 1)
        let alone = fixture.directory.file("evidence.txt")
        try store(evidence.text(agreements: [fixture.agreement.file]), at: alone)
        let proved = try ProofFile(alone).verify(against: fixture.agreementFile.path)
        #expect(proved.subject == .evidence && proved.isSound && proved.forks == verified.forks)
    }

    @Test("a directory without an agreement or a record says what is missing")
    func missing() throws {
        let directory = try PartyFolder()
        let party = try TestParty.washington(in: directory)
        #expect(refusal { try StationRecord(party) }?.what.contains("agreement") == true)
        let other = try PartyFolder()
        let (agreed, _, _) = try TestParty.line(in: other)
        #expect(refusal { try StationRecord(agreed) }?.what.contains("no record yet") == true)
    }
}
