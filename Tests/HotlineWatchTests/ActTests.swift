import HotlineAgreement
import HotlineRecord
import HotlineWatch
import HotlineWire
import Testing

@Suite("What is stated about a letter, as bytes")
struct ActTests {
    static let acts: [(Act, [UInt8])] = [
        (.receipt(.taken), [1]), (.receipt(.laid), [2]), (.holdingReply(1), [1]),
        (.outcome(.notYet(until: 86_400, awaiting: PostNumber(4), text: [])), [3, 0x80, 0x01, 0x51, 0x80, 4]),
        (.outcome(.notYet(until: nil, awaiting: nil, text: [0x2e])), [3, 0, 0, 0x2e]),
        (.outcome(.answered(text: Array("He is.".utf8))), [1] + Array("He is.".utf8)),
        (.outcome(.declined(reason: 2, text: [])), [2, 2]), (.outcome(.withdrawn(text: [])), [4]), (.outcome(.lapsed), [5]),
    ]

    @Test("WAT-3: each kind has one form, and is read as it was written", arguments: acts)
    func form(act: Act, bytes: [UInt8]) throws {
        #expect(act.content == bytes)
        #expect(try Act(kind: act.kind.rawValue, content: bytes) == act)
    }

    @Test(
        "WAT-3: any other form is unreadable",
        arguments: [
            (7, []), (7, [0]), (7, [3]), (7, [1, 0]), (8, []), (8, [1, 1]), (9, []), (9, [0]), (9, [6]), (9, [1]), (9, [2]), (9, [3]), (9, [3, 0]),
            (9, [3, 0x40, 0x01, 0]), (9, [5, 0]), (9, [1, 0xd0]), (9, [2, 1, 0xff]), (9, [3, 0, 0, 0xc0, 0xaf]), (9, [4, 0x80]),
        ] as [(UInt8, [UInt8])]
    )
    func unreadable(kind: UInt8, bytes: [UInt8]) {
        #expect(throws: WireError.self) { try Act(kind: kind, content: bytes) }
    }

    @Test("an entry of another kind states nothing about a letter, nor does one without a reference")
    func others() throws {
        for kind in EntryKind.allCases where ![.receipt, .holdingReply, .outcome].contains(kind) { #expect(try Act(kind: kind.rawValue, content: [1]) == nil) }
        let entry = Entry(
            id: EntryID(try Transcript.generation(0), EntryNumber(1)), agreement: try Line.shared().agreement.hash,
            header: EntryHeader(kind: 7, precedence: .routine), references: [], seen: [], content: [1]
        )
        #expect(Statement(entry, at: WallTime(milliseconds: 0)) == nil)
    }

    @Test("WAT-1: a letter may say its own time; a content that does not is text all the same")
    func letters() throws {
        var transcript = try Transcript()
        let plain = try transcript.letter(0)
        #expect(Letter.replyBy(plain) == nil)
        let timed = try transcript.letter(0, replyBy: 600)
        #expect(timed.content.prefix(2) == [0x42, 0x58])
        #expect(Letter.replyBy(timed) == 600)
        #expect(Letter.text(timed) == Letter.text(plain))
        #expect(Letter.text(try transcript.state(0, kind: .receipt, [1], about: plain).entry) == nil)
        let cut = Entry(id: timed.id, agreement: timed.agreement, header: timed.header, references: [], seen: [], content: [0x42])
        #expect(Letter.replyBy(cut) == nil)
        #expect(Letter.text(cut) == [0x42])
    }
}
