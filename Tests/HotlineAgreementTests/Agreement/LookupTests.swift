import HotlineAgreement
import HotlineWire
import Testing

@Suite("Finding things in an agreement")
struct LookupTests {
    let terms: Terms

    init() throws { terms = try Parties().draft().terms }

    @Test(
        "A post is found by number, code, short code and title in any language, whatever the capitals",
        arguments: [
            "5", "m-cgs", "M-CGS", "cgs", "chief of the general staff of the russian armed forces",
            "начальник генерального штаба вооружённых сил российской федерации",
        ])
    func post(name: String) throws {
        #expect(terms.post(named: name)?.code == "m-cgs")
    }

    @Test("A short code that two parties have means neither, unless the party is named")
    func ambiguous() throws {
        #expect(terms.post(named: "watch") == nil)
        #expect(terms.posts(named: "watch").map(\.code) == ["w-watch", "m-watch"])
        #expect(terms.post(named: "watch", of: try Parties.station(2))?.code == "m-watch")
        #expect(terms.post(named: "nobody") == nil)
    }

    @Test("The counterpart of a post is the one opposite")
    func counterpart() throws {
        let chief = try #require(terms.post(named: "cgs"))
        #expect(terms.counterpart(of: chief, at: try Parties.station(1))?.code == "w-cjcs")
        #expect(terms.counterpart(of: chief, at: try Parties.station(2)) == nil)
    }

    @Test("A number that is not there finds nothing, and 0 is no post and no language")
    func absent() throws {
        #expect(PostNumber(0) == nil)
        #expect(LanguageNumber(0) == nil)
        #expect(ChannelNumber(32) == nil)
        #expect(try terms.post(#require(PostNumber(99))) == nil)
        #expect(terms.channel(named: "Principals")?.number.value == 3)
        #expect(terms.language(try Parties.tag("ru"))?.number.value == 2)
    }

    @Test("AGR-21: what passes a suspended channel is what the agreement says")
    func suspension() throws {
        let safety = try #require(terms.channel(named: "safety"))
        #expect(Precedence.allCases.filter { safety.passesWhenSuspended($0) } == [.flash, .immediate])
        let tests = try #require(terms.channel(named: "tests"))
        #expect(Precedence.allCases.allSatisfy { tests.passesWhenSuspended($0) })
    }

    @Test("AGR-28: a signal reads in every language, with its numbers in their places and as wide as they are written")
    func signal() throws {
        let signal = try #require(terms.signal(named: "meridian"))
        #expect(signal.parameters.map(\.name) == ["hour", "minute", "number"])
        #expect(
            signal.text(in: try Parties.tag("en"), values: [4, 5, 12])
                == "Since 04:05 UTC we observe 12 unidentified objects. Are they yours?")
        #expect(
            signal.text(in: try Parties.tag("ru"), values: [4, 5, 12])
                == "С 04:05 UTC мы наблюдаем неопознанные объекты, число: 12. Принадлежат ли они вам?"
        )
        #expect(signal.text(in: try Parties.tag("en"), values: [24, 5, 12]) == nil)
        #expect(signal.text(in: try Parties.tag("en"), values: [4, 5]) == nil)
    }
}
