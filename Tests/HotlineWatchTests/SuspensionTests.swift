import HotlineAgreement
import HotlineRecord
import HotlineWatch
import HotlineWire
import Testing

@Suite("Channels, suspended one by one")
struct SuspensionTests {
    private let line: Line
    private let principals: Channel
    private let safety: Channel

    init() throws {
        line = try .shared()
        principals = try #require(line.agreement.channels.first { $0.suspension != .never && $0.code != Channel.safety })
        safety = try #require(line.agreement.channel(named: Channel.safety))
    }

    private func entry(
        _ place: Int, _ number: UInt64, _ content: [UInt8], channel: UInt8? = nil, generation: GenerationID? = nil
    ) throws -> Entry {
        Entry(
            id: EntryID(try generation ?? Transcript.generation(place), EntryNumber(number)), agreement: line.agreement.hash,
            header: EntryHeader(kind: EntryKind.channel.rawValue, precedence: .immediate, channel: channel ?? principals.number.value), references: [], seen: [],
            content: content
        )
    }

    private func statements(_ entries: [Entry]) -> ChannelStatements {
        var statements = ChannelStatements()
        for entry in entries { statements.apply(entry, at: WallTime(milliseconds: 5), line.agreement) }
        return statements
    }

    /// As they stand where generation 0 of a party comes before its own.
    private func suspensions(_ entries: Entry...) -> Suspensions {
        let order = entries.first.map { RecordOrder([$0.id.generation: GenerationID(station: $0.id.author, name: GenerationName(0))]) } ?? RecordOrder([:])
        return statements(entries).suspensions { order }
    }

    private func parties(_ suspensions: Suspensions) -> [UInt8] { suspensions.parties(suspending: principals.number.value).map(\.party.value) }

    @Test("WAT-13: the form, and nothing else")
    func form() throws {
        #expect(ChannelStatement(.suspended, reason: [0x61]).content == [1, 0x61])
        #expect(try ChannelStatement(content: [2]) == ChannelStatement(.resumed, reason: []))
        for content in [[], [0], [3, 0x61], [1], [1, 0xFF], [2, 0xFF]] as [[UInt8]] { #expect(throws: WireError.self) { try ChannelStatement(content: content) } }
    }

    @Test("WAT-14: any party suspends, each resumes its own, the latest statement of each counts")
    func latest() throws {
        let first = try entry(0, 1, [1, 0x61])
        let second = try entry(1, 1, [1, 0x61])
        #expect(parties(suspensions(first, second)) == [1, 2])
        let resumed = try entry(0, 2, [2])
        #expect(parties(suspensions(first, second, resumed)) == [2])
        #expect(parties(suspensions(resumed, first)) == [], "one that comes late changes nothing")
        let earlier = GenerationID(station: first.id.author, name: GenerationName(0))
        #expect(parties(suspensions(resumed, try entry(0, 9, [1, 0x61], generation: earlier))) == [])
        #expect(parties(suspensions(first, try entry(0, 2, [1, 0x62]))) == [1])
    }

    @Test("WAT-14: an opening that comes late may change which generation is the latest")
    func late() throws {
        let author = try Line.station(0)
        let names = [5, 4, 2, 3].map { GenerationID(station: author, name: GenerationName($0)) }
        let all = statements([try entry(0, 1, [1, 0x61], generation: names[1]), try entry(0, 1, [2], generation: names[3])])
        let without = RecordOrder([names[1]: names[0], names[3]: names[2]])
        let with = RecordOrder([names[1]: names[0], names[2]: names[1], names[3]: names[2]])
        #expect(parties(all.suspensions { without }) == [1], "the last one seems to be of a branch that comes first")
        #expect(parties(all.suspensions { with }) == [])
    }

    @Test("WAT-14: what says nothing changes nothing")
    func nothing() throws {
        let never = line.agreement.channels.first { $0.suspension == .never }
        #expect(parties(suspensions(try entry(0, 1, [9]), try entry(0, 2, []), try entry(0, 3, [1], channel: 31))) == [])
        if let never {
            let suspended = suspensions(try entry(0, 1, [1, 0x61], channel: never.number.value))
            #expect(suspended.passes(.routine, on: never) || !never.precedences.contains(.routine))
            #expect(suspended.parties(suspending: never.number.value).isEmpty)
        }
    }

    @Test("WAT-15: on a suspended channel passes what the agreement lets pass, and a FLASH on the safety channel always")
    func passing() throws {
        let all = suspensions(try entry(1, 1, [1, 0x61]), try entry(1, 2, [1, 0x61], channel: safety.number.value))
        for channel in line.agreement.channels {
            for precedence in Precedence.allCases {
                let passes = all.passes(precedence, on: channel)
                if all.parties(suspending: channel.number.value).isEmpty { #expect(passes) } else { #expect(passes == channel.passesWhenSuspended(precedence)) }
            }
        }
        #expect(safety.passesWhenSuspended(.flash))
        var closed = safety
        closed.suspension = .allowed(passing: [])
        #expect(closed.passesWhenSuspended(.flash))
        #expect(!closed.passesWhenSuspended(.immediate))
    }

    @Test("WAT-15: a letter is refused, with what still passes")
    func refused() throws {
        let open = try #require(line.agreement.channels.first { $0.suspension != .never && $0.release == .nobody && $0.code != "tests" })
        let blocked = try #require(open.precedences.first { !open.passesWhenSuspended($0) })
        let suspended = suspensions(try entry(1, 1, [1, 0x61], channel: open.number.value))
        let language = try #require(LanguageNumber(1))
        let draft = LetterDraft(to: line.chiefs[1].number, channel: open.number, precedence: blocked, language: language, text: "Are you there?")
        let station = try Line.station(0)
        _ = try LetterRules.check(draft, from: station, line.agreement, now: 10)
        #expect(
            throws: Refusal.channelSuspended(
                channel: open.code, by: [try Line.station(1)], passing: open.precedences.filter { open.passesWhenSuspended($0) }
            )
        ) { try LetterRules.check(draft, from: station, line.agreement, suspended, now: 10) }
    }

    @Test("our own station states what counts, with a reason")
    func check() throws {
        let station = try Line.station(0)
        func result(
            _ suspensions: Suspensions, _ change: ChannelStatement.Change, _ reason: String, channel: UInt8? = nil, language: UInt8 = 1
        ) -> Result<(EntryHeader, [UInt8]), Refusal> {
            Result { () throws(Refusal) in
                try suspensions.check(
                    ChannelDraft(channel: channel ?? principals.number.value, change: change, language: language, reason: reason), from: station, line.agreement, now: 7
                )
            }
        }
        let (header, content) = try result(Suspensions(), .suspended, "why").get()
        #expect(header.kind == 10 && header.precedence == .immediate && header.channel == principals.number.value && header.language == 1)
        #expect(content == [1] + Array("why".utf8))
        let ours = suspensions(try entry(0, 1, [1, 0x61]))
        #expect(throws: Refusal.channel(.noReason)) { try result(Suspensions(), .suspended, "").get() }
        #expect(throws: Refusal.channel(.unknown(30))) { try result(Suspensions(), .suspended, "why", channel: 30).get() }
        #expect(throws: Refusal.channel(.suspendedAlready(principals.code))) { try result(ours, .suspended, "why").get() }
        #expect(throws: Refusal.channel(.notSuspendedByUs(principals.code))) { try result(suspensions(try entry(1, 1, [1, 0x61])), .resumed, "").get() }
        #expect(throws: Refusal.noLanguage) { try result(Suspensions(), .suspended, "why", language: 0).get() }
        #expect(throws: Refusal.control(7, line: 1)) { try result(Suspensions(), .suspended, "\u{7}").get() }
        #expect(try result(ours, .resumed, "").get().0.language == 0)
    }

    @Test("they come back from a snapshot as they were")
    func snapshot() throws {
        let before = statements([try entry(0, 1, [1, 0x61]), try entry(1, 1, [1, 0x61]), try entry(1, 2, [2])])
        var encoder = Encoder()
        before.encode(into: &encoder)
        var decoder = Decoder(encoder.bytes)
        var after = try ChannelStatements(&decoder)
        try decoder.finish()
        #expect(parties(after.suspensions { RecordOrder([:]) }) == [1])
        after.apply(try entry(1, 1, [1, 0x61]), at: WallTime(milliseconds: 9), line.agreement)
        #expect(parties(after.suspensions { RecordOrder([:]) }) == [1], "the latest is remembered too")
    }
}
