import HotlineAgreement
import HotlineRecord
import HotlineWatch
import HotlineWire
import Testing

@Suite("Whether a post is manned")
struct PresenceTests {
    private let line: Line
    private let order: () -> RecordOrder = { RecordOrder([:]) }

    init() throws { line = try Line.shared() }

    private func entry(_ place: Int, _ number: UInt64, _ header: EntryHeader, _ content: [UInt8]) throws -> Entry {
        Entry(id: EntryID(try Transcript.generation(place), EntryNumber(number)), agreement: line.agreement.hash, header: header, references: [], seen: [], content: content)
    }

    private func entry(_ place: Int, _ number: UInt64, _ statement: PresenceStatement, _ post: Post) throws -> Entry {
        try entry(place, number, statement.header(post.number, now: 5), statement.content)
    }

    private func standing(_ entries: [Entry], _ post: Post) -> Presences.Standing? {
        let standings = [entries, entries.reversed()].map { came in
            var presences = Presences()
            for entry in came { presences.apply(entry, at: WallTime(milliseconds: Int64(entry.id.number.value)), line.agreement) }
            return presences.standings(order)[post.number]
        }
        #expect(standings[0] == standings[1])
        return standings[0]
    }

    @Test(
        "WAT-21: what is written is read",
        arguments: [.asked, .said(.manned), .said(.unmanned), .said(.standIn(nil)), .said(.standIn(PostNumber(3))), .said(.standingBy)] as [PresenceStatement]
    )
    func codec(statement: PresenceStatement) throws { #expect(try PresenceStatement(content: statement.content) == statement) }

    @Test("WAT-21: another form is unreadable", arguments: [[], [5], [0, 0], [1, 0], [3], [3, 1, 1], [4, 4]] as [[UInt8]])
    func unreadable(content: [UInt8]) { #expect(throws: WireError.self) { try PresenceStatement(content: content) } }

    @Test("WAT-22: the last word of a post's own party counts; a question stands until the next word")
    func latest() throws {
        let chief = line.chiefs[1]
        var entries = [try entry(1, 1, .said(.manned), chief), try entry(1, 2, .said(.unmanned), chief)]
        #expect(standing(entries, chief)?.presence == .unmanned)
        entries.append(try entry(0, 7, .asked, chief))
        #expect(standing(entries, chief)?.asked == [try Line.station(0): WallTime(milliseconds: 7)])
        entries.append(try entry(1, 9, .said(.standingBy), chief))
        #expect(standing(entries, chief)?.presence == .standingBy)
        #expect(standing(entries, chief)?.asked == [:])
    }

    @Test("WAT-22: a word about another party's post, of a stand-in outside its succession, or of another form, changes nothing")
    func nothing() throws {
        let (ours, theirs) = (line.chiefs[0], line.chiefs[1])
        let stranger = line.agreement.posts(of: theirs.party).first { $0.number != theirs.number && !theirs.succession.contains($0.number) } ?? ours
        let entries = [
            try entry(0, 1, .said(.manned), theirs), try entry(1, 1, .asked, theirs), try entry(1, 2, .said(.standIn(stranger.number)), theirs),
            try entry(1, 3, EntryHeader(kind: 15, precedence: .routine, channel: 0, fromPost: theirs.number.value), [1]),
            try entry(1, 4, EntryHeader(kind: 15, precedence: .immediate, channel: 1, fromPost: theirs.number.value), [1]),
            try entry(1, 5, EntryHeader(kind: 15, precedence: .immediate, channel: 0, fromPost: theirs.number.value, toPost: 1), [1]),
        ]
        #expect(standing(entries, theirs) == nil)
    }

    @Test("WAT-23: a message rings at whoever stands in, and of an unmanned post at the first of its succession that is not unmanned")
    func ringing() throws {
        let post = try #require(line.agreement.terms.posts.first { $0.succession.count >= 1 })
        let heir = post.succession[0]
        func ring(_ presences: [PostNumber: Presence]) -> PostNumber {
            var standings: [PostNumber: Presences.Standing] = [:]
            var all = Presences()
            for (index, (number, presence)) in presences.sorted(by: { $0.key < $1.key }).enumerated() {
                let place = Int(post.party.value) - 1
                guard let entry = try? entry(place, UInt64(index + 1), PresenceStatement.said(presence).header(number, now: 5), PresenceStatement.said(presence).content) else {
                    continue
                }
                all.apply(entry, at: WallTime(milliseconds: 1), line.agreement)
            }
            standings = all.standings(order)
            return Presences.Standing.ringing(post, standings)
        }
        #expect(ring([:]) == post.number)
        #expect(ring([post.number: .manned]) == post.number)
        #expect(ring([post.number: .unmanned]) == heir)
        #expect(ring([post.number: .standIn(nil)]) == heir)
        #expect(ring([post.number: .standIn(heir)]) == heir)
        #expect(ring([post.number: .unmanned, heir: .unmanned]) == (post.succession.dropFirst().first ?? post.number))
    }

    @Test("WAT-22: through a snapshot")
    func snapshot() throws {
        var presences = Presences()
        presences.apply(try entry(1, 1, .said(.standIn(line.chiefs[1].succession.first)), line.chiefs[1]), at: WallTime(milliseconds: 3), line.agreement)
        presences.apply(try entry(0, 1, .asked, line.chiefs[1]), at: WallTime(milliseconds: 4), line.agreement)
        var encoder = Encoder()
        presences.encode(into: &encoder)
        var decoder = Decoder(encoder.bytes)
        let back = try Presences(&decoder)
        try decoder.finish()
        #expect(back.standings(order) == presences.standings(order) && !back.standings(order).isEmpty)
    }

    @Test("WAT-24: a letter goes between counterparts, or comes from whoever stands in for one")
    func counterparts() throws {
        func from(_ post: Post) throws -> Result<Letter, Refusal> {
            let draft = LetterDraft(to: line.chiefs[1].number, from: post.number, precedence: .routine, language: try #require(LanguageNumber(1)), text: "x")
            let me = try Line.station(0)
            return Result { () throws(Refusal) in try LetterRules.check(draft, from: me, line.agreement, now: 5) }
        }
        #expect(try from(line.chiefs[0]).get().from == line.chiefs[0].number)
        for stand in line.chiefs[0].succession { #expect(try from(try #require(line.agreement.post(stand))).get().from == stand) }
        let others = line.agreement.posts(of: line.chiefs[0].party).filter { $0.number != line.chiefs[0].number && !line.chiefs[0].succession.contains($0.number) }
        for other in others {
            #expect(throws: Refusal.notCounterparts(from: other.code, to: line.chiefs[1].code, instead: line.chiefs[0].code)) { try from(other).get() }
        }
        #expect(!others.isEmpty)
    }
}
