import Testing

@testable import hotline

@Suite("Tables on a screen")
struct TableTests {
    private var table: Table {
        var table = Table(
            .init(title: "SERIAL"), .init(title: "RECEIVED", goes: 3), .init(title: "FROM", gives: true, goes: 2), .init(title: "TO", gives: true),
            .init(title: "NOTE", goes: 1), .init(title: "TEXT")
        )
        for (serial, text) in [("W-2", "Сообщение, которое длиннее любого узкого экрана, и ещё немного слов"), ("W-1000", "short")] {
            table.add(
                .init(serial), .init("2026-11-24 20:48Z", short: "11-24 20:48Z"), .init("Chairman of the Joint Chiefs of Staff", short: "w-cjcs"),
                .init("Chief of the General Staff of the Armed Forces", short: "m-cgs"), .init("-"), .init(text)
            )
        }
        return table
    }

    @Test("No line is wider than the screen, and the serial and the text are on each", arguments: [40, 60, 72, 80, 100, 132, 160, 200])
    func fits(_ width: Int) {
        let lines = table.lines(Terminal(descriptor: -1, environment: ["COLUMNS": "\(width)"]))
        #expect(lines.count == 3)
        #expect(lines.allSatisfy { Cells.count($0) <= width })
        #expect(lines[1].hasPrefix("W-2") && lines[1].contains("Сооб") && lines[2].hasSuffix("short"))
    }

    @Test("Where there is room the names are whole, then come the codes, then columns go in their order")
    func order() {
        func heading(_ width: Int) -> String { table.lines(Terminal(descriptor: -1, environment: ["COLUMNS": "\(width)"]))[0] }
        func body(_ width: Int) -> String { table.lines(Terminal(descriptor: -1, environment: ["COLUMNS": "\(width)"]))[2] }
        #expect(body(180).contains("Chairman of the Joint Chiefs of Staff"))
        #expect(body(80).contains("w-cjcs") && body(80).contains("m-cgs"))
        #expect(heading(50).contains("RECEIVED") && !heading(50).contains("FROM"))
        #expect(heading(40).contains("SERIAL  TO"))
    }

    @Test("Into a file nothing is cut; a column in which nothing stands is left out")
    func file() {
        let lines = table.lines(Terminal(descriptor: -1, environment: [:]))
        #expect(lines[1].hasSuffix("и ещё немного слов"))
        #expect(lines[1].contains("Chief of the General Staff of the Armed Forces"))
        #expect(!lines[0].contains("NOTE"))
    }
}

@Suite("Text from elsewhere on a screen")
struct PlainTests {
    @Test("Controls and what turns or hides text are shown as escapes", arguments: ["\u{1B}", "\u{7}", "\u{9B}", "\u{202E}", "\u{2066}", "\u{200B}", "\u{FEFF}"])
    func escapes(_ character: String) {
        let shown = Plain.line("a\(character)b")
        #expect(!shown.unicodeScalars.contains(character.unicodeScalars.first ?? "?"))
        #expect(shown.hasPrefix("a\\u{"))
    }

    @Test("A line feed makes no second line out of one")
    func lines() {
        #expect(!Plain.line("a\nb").contains("\n"))
        #expect(Plain.lines("a\nb") == ["a", "b"])
    }

    @Test("Text is counted in cells and cut with a sign", arguments: [("abc", 3), ("Ж", 1), ("漢字", 4), ("e\u{301}", 1), ("👍", 2)])
    func cells(_ text: String, _ count: Int) {
        #expect(Cells.count(text) == count)
        #expect(Cells.cut(text + "xxxxx", to: count + 1).hasSuffix("…"))
        #expect(Cells.count(Cells.cut(text + "xxxxx", to: count + 1)) <= count + 1)
    }

    @Test("Text is wrapped between words where it can be, and nothing of it is lost")
    func wrap() {
        let text = "The quick brown fox and averyveryverylongwordindeed"
        let lines = Cells.wrap(text, to: 10)
        #expect(lines.allSatisfy { Cells.count($0) <= 10 })
        #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
    }
}
