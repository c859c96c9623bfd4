import Foundation
import HotlineDesk
import HotlineStation
import HotlineStore
import HotlineWire
import Testing

@testable import HotlineDaemon

@Suite("The store verified where it lies")
struct StoreVerificationTests {
    @Test("a whole store is sound, while the station writes and after it has stopped")
    func sound() throws {
        let fixture = try RecordFixture.conversation()
        let record = try StationRecord(fixture.washington)
        var view = try record.verify()
        #expect(view.isSound, "\(view.problems)")
        #expect(view.entries == 79 && view.isLineConfirmed)
        try fixture.letter(fixture.us, "One more")
        view = try record.verify()
        #expect(view.isSound && view.entries == 80)
        try fixture.close()
        #expect(try StationRecord(fixture.washington).verify().isSound)
    }

    @Test("a letter that was changed in the file is named")
    func changedLetter() throws {
        let fixture = try RecordFixture.conversation()
        try fixture.close()
        try change(fixture.washington.record, Array("Moscow says 3".utf8), to: Array("Moscow says 4".utf8))
        let view = try StationRecord(fixture.washington).verify()
        #expect(!view.isSound)
        #expect(view.problems.map(\.place).contains { $0.hasPrefix("entry M 2/00000000000000b1/3") }, "\(view.problems)")
    }

    @Test("a stored hash that was changed is named with its entry")
    func changedNode() throws {
        let fixture = try RecordFixture.conversation()
        try fixture.close()
        let generation = GenerationID(station: try fixture.us, name: GenerationName(0xA2))
        let id = EntryID(generation, EntryNumber(31))
        let reader = try SQLiteJournalReader(path: fixture.washington.record)
        let nodes = try #require(reader.row(key: FactKey.entry(id))?.row.nodes)
        try reader.close()
        #expect(nodes.count == 6 * Hash.size, "the entry completes five subtrees")
        var changed = nodes
        changed[5 * Hash.size] ^= 1
        try change(fixture.washington.record, nodes, to: changed)
        let view = try StationRecord(fixture.washington).verify()
        #expect(view.problems.map(\.place) == ["entry W \(id)"])
    }

    @Test("a file that is no database is said to be damaged")
    func noDatabase() throws {
        let fixture = try RecordFixture.conversation()
        try fixture.close()
        try store(Array(repeating: 0x55, count: 8192), at: fixture.washington.record)
        #expect(refusal { try StationRecord(fixture.washington).verify() }?.class == .unavailable)
    }

    /// Changes bytes wherever they stand in a file: SQLite leaves copies in the free space of its pages.
    private func change(_ path: String, _ old: [UInt8], to new: [UInt8]) throws {
        var bytes = try contents(path)
        let places = bytes.ranges(of: old)
        try #require(!places.isEmpty)
        for place in places { bytes.replaceSubrange(place, with: new) }
        try store(bytes, at: path)
    }
}
