import HotlineAgreement
import Testing

/// One mistake put into the default agreement, and where it is told.
struct Mistake: Sendable, CustomTestStringConvertible {
    let rule: String
    let wanted: String
    let found: String
    /// Lines between the beginning of the change and the problem; nil where the problem is told at another place.
    let shift: Int?

    init(_ rule: String, _ wanted: String, _ found: String, shift: Int? = 0) {
        self.rule = rule
        self.wanted = wanted
        self.found = found
        self.shift = shift
    }

    var testDescription: String { "\(rule): '\(wanted)' becomes '\(found)'" }
}

@Suite("Mistakes are told where they are")
struct MistakeTests {
    @Test("The default agreement has none")
    func clean() throws {
        let edits = try Edits()
        #expect(Edits.problems(of: Array(edits.text.utf8)).isEmpty)
    }

    @Test(
        "The rules that the test names",
        arguments: Mistake.header + Mistake.grammar + Mistake.parties + Mistake.posts + Mistake.terms + Mistake.phrases)
    func told(_ mistake: Mistake) throws {
        let edits = try Edits()
        let problems = try edits.problems(replacing: mistake.wanted, with: mistake.found)
        #expect(!problems.isEmpty)
        #expect(problems.allSatisfy { !$0.expected.isEmpty && !$0.found.isEmpty && !$0.hint.isEmpty })
        guard let shift = mistake.shift else { return }
        let line = try edits.line(of: mistake.wanted) + shift
        #expect(problems.contains { $0.line == line }, "line \(line) in \(problems)")
    }

    @Test("AGR-37: several mistakes are told together, in order of line, at most twenty")
    func together() throws {
        let edits = try Edits()
        var text = edits.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let places = text.indices.filter { text[$0].hasPrefix("  title") }
        for place in places.prefix(5) { text[place] = "  title         xx \"?\"" }
        let five = Edits.problems(of: Array(text.joined(separator: "\n").utf8))
        #expect(five.count >= 5)
        #expect(five.map(\.line) == five.map(\.line).sorted())
        for place in text.indices where text[place].hasPrefix("  ") { text[place] += " x" }
        #expect(Edits.problems(of: Array(text.joined(separator: "\n").utf8)).count == 20)
    }

    @Test("AGR-37: what a problem quotes cannot move a cursor and is short")
    func excerpt() throws {
        let edits = try Edits()
        let problems = try edits.problems(replacing: "mark          W", with: "mark          \u{E000}\(String(repeating: "Ж", count: 300))")
        #expect(problems.allSatisfy { $0.found.unicodeScalars.count < 100 && !$0.found.unicodeScalars.contains("\u{E000}") })
        #expect(!problems.isEmpty)
    }
}

extension Mistake {
    static let header = [
        Mistake("AGR-4", "HOTLINE AGREEMENT 1", "HOTLINE AGREEMENT 2"),
        Mistake("AGR-10", "date          2026-03-01T00:00:00Z", "date          2026-02-29T00:00:00Z"),
        Mistake("AGR-10", "date          2026-03-01T00:00:00Z", "date          2026-03-01T24:00:00Z"),
        Mistake("AGR-10", "date          2026-03-01T00:00:00Z", "date          2026-03-01t00:00:00z"),
        Mistake("AGR-10", "date          2026-03-01T00:00:00Z", "date          2026-03-01T00:00:00+00:00"),
        Mistake("AGR-10", "date          2026-03-01T00:00:00Z", "date          2026-03-01T00:00:60Z"),
        Mistake("AGR-10", "version       1\n", "version       0\n"),
        Mistake("AGR-10", "version       1\n", "version       1\nversion       1\n", shift: 1),
        Mistake("AGR-10", "version       1\n", "", shift: nil),
        Mistake("AGR-11", "suite         1", "suite         2"),
        Mistake("AGR-11", "suite         1", "suite         3"),
        Mistake("AGR-12", "version       1\n", "version       2\n", shift: nil),
        Mistake("AGR-12", "version       1\n", "version       1\namends        \(String(repeating: "ab", count: 32))\n", shift: 1),
    ]

    static let grammar = [
        Mistake("AGR-4", "\nCONTACTS\n", "\nCONTACT\n", shift: 1),
        Mistake("AGR-4", "\nCONTACTS\n", "\nPOSTS\n", shift: 1),
        Mistake("AGR-4", "\nSIGNATURES\n", "\n", shift: nil),
        Mistake("AGR-4", "LANGUAGES\n\n", "LANGUAGES\n"),
        Mistake("AGR-5", "  mark          W", "   mark          W"),
        Mistake("AGR-5", "  mark          W", "mark          W"),
        Mistake("AGR-5", "  mark          W", "  mark          \"W\""),
        Mistake("AGR-5", "  mark          W", "  mark          W W"),
        Mistake("AGR-5", "  mark          W", "\n  mark          W", shift: 1),
        Mistake("AGR-5", "\n  root\n", "\n  root\n\n", shift: 3),
        Mistake("AGR-5", "  mark          W", "  Mark          W"),
        Mistake("AGR-5", "  mark          W", "  mark          W\n  mark          W", shift: 1),
        Mistake("AGR-5", "  mark          W", "  mark          W\n  rank          1", shift: 1),
        Mistake("AGR-5", "\"English\"", "\"English"),
        Mistake("AGR-5", "\"English\"", "\"Eng\"lish\""),
        Mistake("AGR-5", "\"English\"", "\"Eng\\lish\""),
        Mistake("AGR-5", "\"English\"", "\"\""),
        Mistake("AGR-5", "\"English\"", "\" English\""),
        Mistake("AGR-5", "\"English\"", "\"English\"\u{308} \""),
        Mistake("AGR-6", "party 2\n", "party 02\n"),
        Mistake("AGR-6", "party 2\n", "party 16\n"),
        Mistake("AGR-6", "post 2        w-cjcs", "post 1        w-cjcs"),
        Mistake("AGR-6", "post 2        w-cjcs", "post 0        w-cjcs"),
        Mistake("AGR-6", "post 2        w-cjcs", "post 2        w--cjcs"),
        Mistake("AGR-6", "post 2        w-cjcs", "post 2        w-secdef"),
        Mistake("AGR-6", "channel 3     principals", "channel 32    principals"),
        Mistake("AGR-6", "channel 3     principals", "channel 3     watch"),
        Mistake("AGR-6", "reason 2      other-post", "reason 2      not-now"),
        Mistake("AGR-6", "reply 2\n", "reply 256\n"),
        Mistake("AGR-6", "language 2", "language 1"),
    ]

    static let parties = [
        Mistake("AGR-13", "  mark          M", "  mark          W"),
        Mistake("AGR-13", "  mark          M", "  mark          MOSCO"),
        Mistake("AGR-13", "en \"Russian Federation\"", "en \"United States of America\"", shift: nil),
        Mistake("AGR-13", "  languages     ru", "  languages     fr"),
        Mistake("AGR-13", "  languages     ru", "  languages     ru ru"),
        Mistake("AGR-13", "  languages     ru", "  languages     RU"),
        Mistake("AGR-14", "language 2    ru", "language 2    en"),
        Mistake("AGR-14", "  title         ru \"Министр обороны США\"\n", "", shift: nil),
        Mistake("AGR-14", "  address       ru \"Господин министр\"\n", "", shift: nil),
        Mistake("AGR-14", "  title         ru \"Министр обороны США\"", "  title         fr \"Ministre\""),
        Mistake("AGR-14", "  title         ru \"Министр обороны США\"", "  title         en \"Minister\""),
        Mistake("AGR-14", "  text          ru \"Линия исправна. Мы на связи.\"\n", "", shift: nil),
        Mistake("AGR-31", "keys 2\n", "keys 3\n"),
        Mistake("AGR-31", "  recovery      none", "  recovery      AAAA"),
        Mistake("AGR-31", "  recovery      none\n", "", shift: nil),
    ]

    static let posts = [
        Mistake("AGR-15", "party         2\n  counterparts  1", "party         3\n  counterparts  1"),
        Mistake("AGR-15", "  rank          1", "  rank          0"),
        Mistake("AGR-16", "counterparts  4", "counterparts  5"),
        Mistake("AGR-16", "counterparts  4", "counterparts  2"),
        Mistake("AGR-16", "counterparts  4", "counterparts  4 5"),
        Mistake("AGR-16", "counterparts  4", "counterparts  77"),
        Mistake("AGR-16", "counterparts  4", "counterparts  none", shift: nil),
        Mistake("AGR-17", "succession    2 3", "succession    2 2"),
        Mistake("AGR-17", "succession    2 3", "succession    1 3"),
        Mistake("AGR-17", "succession    2 3", "succession    5"),
        Mistake("AGR-17", "succession    2 3", "succession    200"),
        Mistake("AGR-18", "\"Министр обороны США\"", "\"министр обороны Российской федерации\"", shift: nil),
        Mistake("AGR-25", "posts         2 5", "posts         2 6"),
        Mistake("AGR-25", "posts         2 5", "posts         2"),
        Mistake("AGR-25", "kind          session", "kind          lunch"),
        Mistake("AGR-25", "from          2026-03-08T12:00:00Z", "from          2026-03-32T12:00:00Z"),
    ]

    static let terms = [
        Mistake("AGR-19", "precedence    PRIORITY ROUTINE", "precedence    ROUTINE PRIORITY"),
        Mistake("AGR-19", "precedence    PRIORITY ROUTINE", "precedence    URGENT"),
        Mistake("AGR-20", "release       watch releaser", "release       watch boss"),
        Mistake("AGR-20", "release       watch releaser", "release       none", shift: 1),
        Mistake("AGR-20", "  proof         first\n", "", shift: nil),
        Mistake("AGR-20", "proof         first", "proof         never"),
        Mistake("AGR-21", "suspension    never", "suspension    allowed", shift: nil),
        Mistake("AGR-21", "suspension    never", "suspension    never\n  passes        ROUTINE", shift: 1),
        Mistake("AGR-21", "suspension    never", "suspension    allowed\n  passes        FLASH", shift: 1),
        Mistake("AGR-22", "receipt       2m", "receipt       2min"),
        Mistake("AGR-22", "receipt       2m", "receipt       0m"),
        Mistake("AGR-22", "receipt       2m", "receipt       02m"),
        Mistake("AGR-22", "receipt       2m", "receipt       367d"),
        Mistake("AGR-22", "reply         10m", "reply         1m"),
        Mistake("AGR-22", "receipt       5m", "receipt       1m", shift: -1),
        Mistake("AGR-22", "precedence FLASH", "precedence URGENT"),
        Mistake("AGR-22", "precedence PRIORITY\n  receipt       30m\n  reply         3h\n\n", "", shift: nil),
        Mistake("AGR-23", "words         200", "words         201"),
        Mistake("AGR-23", "bytes         4096", "bytes         4097"),
        Mistake("AGR-23", "quota         3 then 1 per 5m", "quota         3 then 2 per 5m"),
        Mistake("AGR-24", "every         2h", "every         7h"),
        Mistake("AGR-24", "from          01:00 UTC", "from          02:00 UTC"),
        Mistake("AGR-24", "from          01:00 UTC", "from          01:60 UTC"),
        Mistake("AGR-24", "test 2\n  party         2", "test 2\n  party         3", shift: 1),
        Mistake("AGR-24", "test 2\n", "test 3\n"),
        Mistake("AGR-24", "every 10s", "every 2h"),
        Mistake("AGR-24", "after 2m", "after 10s"),
        Mistake("AGR-30", "channel 3     tls radio courier relay", "channel 3     tls fax"),
        Mistake("AGR-30", "channel 3     tls radio courier relay", "channel 4     tls"),
        Mistake("AGR-30", "channel 3     tls radio courier relay", "channel 3     tls tls"),
    ]

    static let phrases = [
        Mistake("AGR-26", "HOLDING REPLIES\n\n", "HOLDING REPLIES\n\nnone\n\n", shift: nil),
        Mistake("AGR-27", "  word          2 ru \"боевые действия\"\n", "", shift: -2),
        Mistake("AGR-27", "word          2 ru \"боевые", "word          3 ru \"боевые"),
        Mistake("AGR-27", "word          2 ru \"боевые", "word          2 fr \"боевые"),
        Mistake(
            "AGR-27", "word          2 ru \"боевые действия\"", "word          2 ru \"боевые действия\"\n  word          2 ru \"иное\"",
            shift: 1),
        Mistake("AGR-28", "номер {number:1-99}", "номер {number:1-98}"),
        Mistake("AGR-28", "номер {number:1-99}", "номер"),
        Mistake("AGR-28", "номер {number:1-99}", "номер {number:1-99"),
        Mistake("AGR-28", "номер {number:1-99}", "номер {number:99-1}"),
        Mistake("AGR-28", "номер {number:1-99}", "номер {number:01-999}"),
        Mistake("AGR-28", "номер {number:1-99}", "номер {number:1-99} {number:1-99}"),
        Mistake("AGR-28", "HARBOUR", "LANTERN"),
        Mistake("AGR-28", "HARBOUR", "Harbour"),
        Mistake("AGR-29", "field         1 what choice required", "field         1 what colour required"),
        Mistake("AGR-29", "field         1 what choice required", "field         1 what text required", shift: nil),
        Mistake("AGR-29", "field         2 when time required", "field         3 when time required"),
        Mistake("AGR-29", "field         2 when time required", "field         2 what time required"),
        Mistake("AGR-29", "label         2 en \"When\"", "label         9 en \"When\""),
        Mistake("AGR-29", "choice        1 2 ru", "choice        1 9 ru", shift: nil),
    ]
}
