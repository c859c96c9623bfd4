import HotlineAgreement
import Testing

@Suite("Every character can be seen")
struct CharacterTests {
    @Test(
        "AGR-2: characters that hide, move or turn text are refused",
        arguments: [
            "\u{0}", "\u{7}", "\u{1B}", "\u{7F}", "\u{85}", "\u{2028}", "\u{2029}", "\u{61C}", "\u{200B}", "\u{200E}", "\u{200F}",
            "\u{202A}", "\u{202E}",
            "\u{2060}", "\u{2066}", "\u{2069}", "\u{FEFF}", "\u{AD}", "\u{E0041}", "\u{FFFE}", "\u{1FFFF}", "\t",
        ])
    func refused(character: String) throws {
        let edits = try Edits()
        let line = try edits.line(of: "Who holds a post")
        let problems = try edits.problems(replacing: "Who holds a post", with: "Who holds\(character) a post")
        #expect(problems.map(\.line) == [line])
    }

    @Test(
        "AGR-2: letters of every script, joiners and non-breaking blanks may stand in texts",
        arguments: ["中文", "עברית", "می‌خواهم", "हिन्दी", "a\u{A0}b", "Ω≈ç√"])
    func taken(text: String) throws {
        #expect(try Edits().problems(replacing: "Who holds a post", with: text).isEmpty)
    }

    @Test("AGR-1: Windows line ends are told once, not on every line")
    func carriageReturns() throws {
        let bytes = Array(try Edits().text.utf8).flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }
        #expect(Edits.problems(of: bytes).map(\.line) == [1])
    }

    @Test("AGR-1: a byte order mark, bytes that are not UTF-8, a missing last line feed and no bytes at all are refused")
    func bytes() throws {
        let bytes = Array(try Edits().text.utf8)
        #expect(Edits.problems(of: [0xEF, 0xBB, 0xBF] + bytes).map(\.line) == [1])
        #expect(Edits.problems(of: Array("HOTLINE AGREEMENT 1\n\nline \"".utf8) + [0xC3, 0x28]).map(\.line) == [3])
        #expect(!Edits.problems(of: bytes.dropLast()).isEmpty)
        #expect(Edits.problems(of: []).map(\.line) == [0])
    }

    @Test("AGR-1: more than a mebibyte is refused before it is read")
    func tooLarge() {
        #expect(Edits.problems(of: [UInt8](repeating: 0x0A, count: 1024 * 1024 + 1)).map(\.line) == [0])
    }

    @Test("AGR-3: blanks at the end of a line, two blank lines and a line that is too long are refused")
    func lines() throws {
        let edits = try Edits()
        #expect(
            try edits.problems(replacing: "mark          W", with: "mark          W ").map(\.line) == [edits.line(of: "mark          W")])
        #expect(try edits.problems(replacing: "party 2\n", with: "\nparty 2\n").map(\.line) == [edits.line(of: "party 2\n")])
        let long = String(repeating: "x", count: 2001)
        #expect(try edits.problems(replacing: "Who holds a post", with: long).map(\.line) == [edits.line(of: "Who holds a post")])
    }
}
