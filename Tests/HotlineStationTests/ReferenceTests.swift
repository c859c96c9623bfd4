import HotlineAgreement
import HotlineLine
import HotlineRecord
import HotlineStation
import HotlineWatch
import HotlineWire
import Testing

@Suite("What a letter may speak of")
struct ReferenceTests {
    @Test("ENT-10: a letter that speaks of an entry which is not here is refused, and not written where nobody could hold it")
    func unknown() throws {
        let world = try World(seed: 821)
        try world.connect()
        try world.send(1, "a question")
        try world.run(for: .seconds(2))
        let end = world.ends[0]
        let (own, theirs) = (try #require(end.station.own.current), try #require(end.station.theirs[0].current))
        func compose(_ references: EntryID...) throws {
            let to = try #require(PostNumber(try Sides.shared().posts[1]))
            let language = try #require(LanguageNumber(1))
            try end.feed([.compose(LetterDraft(to: to, precedence: .routine, language: language, references: references, text: "an answer"), ticket: 1)], at: world.now)
        }
        let rows = end.journal.rows.count
        let strangers = [
            EntryID(own.id, EntryNumber(own.size.value)), EntryID(own.id, EntryNumber(own.size.value + 1_000)), EntryID(theirs.id, EntryNumber(theirs.size.value)),
            EntryID(theirs.id, EntryNumber(.max)), EntryID(GenerationID(station: end.number, name: GenerationName(7)), EntryNumber(0)),
            EntryID(GenerationID(station: try #require(StationNumber(15)), name: GenerationName(7)), EntryNumber(0)),
        ]
        for stranger in strangers { try compose(EntryID(own.id, EntryNumber(0)), stranger) }
        #expect(end.refusals == strangers.count && end.journal.rows.count == rows)
        try compose(EntryID(own.id, EntryNumber(0)), EntryID(theirs.id, EntryNumber(theirs.size.value - 1)))
        try world.run(for: .seconds(2))
        #expect(end.refusals == strangers.count && world.ends[1].letters(of: end.number) == ["an answer"])
        #expect(!world.ends[1].events.contains { if case .violation = $0 { true } else { false } })
    }
}
