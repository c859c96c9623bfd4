import HotlineAgreement
import HotlineRecord
import HotlineWatch
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

    @Test("WAT-7: a lapse that states nothing seen does not hide the answer that an entry before it had seen", arguments: [2, 1] as [UInt64], [1, 600] as [UInt64])
    func seenBefore(reached: UInt64, apart: UInt64) throws {
        let sides = try Sides.shared()
        let never = WallTime(milliseconds: 0)
        let generations = [1, 2].compactMap { StationNumber($0) }.map { GenerationID(station: $0, name: GenerationName(UInt64($0.value))) }
        func entry(_ side: Int, _ number: UInt64, _ act: Act?, _ references: [EntryID], seen: UInt64? = nil, from: Int = 0) -> Entry {
            let header = EntryHeader(
                kind: act?.kind.rawValue ?? EntryKind.letter.rawValue, precedence: .routine, channel: 1, fromPost: sides.posts[from], toPost: sides.posts[1 - from])
            let heads = seen.map { [Entry.Seen(generation: generations[1 - side], size: RecordSize($0))] } ?? []
            return Entry(
                id: EntryID(generations[side], EntryNumber(number)), agreement: sides.agreement.hash, header: header, references: references, seen: heads,
                content: act?.content ?? Array("Is he there?".utf8))
        }
        let letter = entry(0, 1, nil, [])
        let answer = entry(1, 1, .outcome(.answered(text: Array("He is.".utf8))), [letter.id], from: 1)
        let lapse = entry(0, 2 + apart, .outcome(.lapsed), [letter.id])
        let between = (0..<apart).map { entry(0, 2 + $0, nil, [], seen: $0 == 0 ? reached : nil) }
        let journal = MemoryJournal()
        try journal.commit(
            JournalBatch(
                rows: ([letter, answer, lapse] + between).map { Fact.entry($0, at: never).row(nodes: nil) },
                cells: [answer, lapse].map { FactKey.reference(to: letter.id, from: $0.id) }))
        let books = generations.map { Book(station: $0.station) }
        let course = try #require(try History(journal).course(of: letter.id, { _ in sides.agreement }, books))
        #expect([course.answer?.id, course.end?.id] == [answer.id, reached == 2 ? nil : lapse.id])
        #expect(course.breaches.map(\.breach) == (reached == 2 ? [.endedAfterAnswer] : []))
    }
}
