import HotlineAgreement
import HotlineWatch
import HotlineWire
import Testing

@Suite("What an officer's letter may be")
struct LetterRulesTests {
    private func refusal(_ precedence: Precedence = .routine, _ text: String = "A letter.", to post: UInt8? = nil, from: UInt8? = nil, channel: UInt8? = nil, language: UInt8 = 1)
        throws -> Refusal?
    {
        let sides = try Sides.shared()
        let draft = LetterDraft(
            to: try #require(PostNumber(post ?? sides.posts[1])), from: try from.map { try #require(PostNumber($0)) },
            channel: try channel.map { try #require(ChannelNumber($0)) }, precedence: precedence, language: try #require(LanguageNumber(language)), text: text
        )
        do throws(Refusal) {
            _ = try LetterRules.check(draft, from: sides.keys[0].0, sides.agreement, now: 1)
            return nil
        } catch {
            return error
        }
    }

    @Test("a FLASH of two hundred words passes, one of two hundred and one does not, nor one of too many bytes")
    func flash() throws {
        let words = Array(repeating: "word", count: 200).joined(separator: " ")
        #expect(try refusal(.flash, words) == nil)
        #expect(try refusal(.flash, words + " more") == .flashWords(201, max: 200))
        #expect(try refusal(.flash, String(repeating: "x", count: 4097)) == .flashBytes(4097, max: 4096))
    }

    @Test("a letter goes from a post of one's own to one of another's")
    func posts() throws {
        let sides = try Sides.shared()
        #expect(try refusal(to: 200) == .unknownPost(try #require(PostNumber(200))))
        if case .ownPost? = try refusal(to: sides.posts[0]) {} else { Issue.record("a letter to oneself") }
        if case .foreignSender? = try refusal(from: sides.posts[1]) {} else { Issue.record("a letter in another's name") }
        #expect(try refusal(from: 200) == .unknownPost(try #require(PostNumber(200))))
        #expect(try refusal(language: 99) == .unknownLanguage(try #require(LanguageNumber(99))))
    }

    @Test("a channel is one of the agreement, for letters of this precedence, and needs no second officer")
    func channels() throws {
        let sides = try Sides.shared()
        #expect(try refusal(channel: 30) == .unknownChannel(try #require(ChannelNumber(30))))
        for channel in sides.agreement.channels {
            let found = try refusal(channel: channel.number.value)
            switch (channel.precedences.contains(.routine), channel.release == .nobody) {
            case (false, _): #expect(found == .precedenceNotOnChannel(.routine, channel: channel.code, allowed: channel.precedences))
            case (true, false): if case .needsRelease? = found {} else { Issue.record("\(channel.code)") }
            case (true, true): #expect(found == nil)
            }
        }
    }

    @Test("a text holds something, and nothing that hides or turns it")
    func texts() throws {
        #expect(try refusal(.routine, " \n ") == .emptyText)
        #expect(try refusal(.routine, "one\ntwo\u{202E}") == .control(0x202E, line: 2))
        let max = Limits.entryBytesMax - 1024
        #expect(try refusal(.routine, String(repeating: "x", count: max)) == nil)
        #expect(try refusal(.routine, String(repeating: "x", count: max + 1)) == .longText(max + 1, max: max))
        #expect(TextRules.shown("a\u{202E}b\u{7}") == "a\\u{202e}b\\u{7}")
    }
}
