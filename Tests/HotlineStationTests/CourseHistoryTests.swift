import HotlineRecord
import HotlineWire
import Testing

@testable import HotlineStation

@Suite("What was stated about a letter, from the journal")
struct CourseHistoryTests {
    @Test("WAT-8: a flood of one party hides nothing of the other")
    func flood() throws {
        let (north, south) = (try #require(StationNumber(1)), try #require(StationNumber(2)))
        let letter = EntryID(GenerationID(station: south, name: GenerationName(1)), EntryNumber(1))
        let answer = EntryID(letter.generation, EntryNumber(2))
        let flood = (1...600).map { EntryID(GenerationID(station: north, name: GenerationName(2)), EntryNumber($0)) }
        let journal = MemoryJournal()
        try journal.commit(JournalBatch(cells: (flood + [answer]).map { FactKey.reference(to: letter, from: $0) }))
        #expect(try History(journal).speakers(of: letter, by: south) == [answer])
        #expect(try History(journal).speakers(of: letter, by: north).count == 512)
    }
}
