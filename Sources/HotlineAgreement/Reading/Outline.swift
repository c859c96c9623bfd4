/// An agreement's text taken apart into sections and blocks, before anything in it has a meaning.
struct Outline {
    /// The statements between the title and the preamble.
    private(set) var header = Section(line: 1)
    private(set) var preamble: [String] = []
    private(set) var sections: [Heading: Section] = [:]
    /// The place in the file at which the signed text ends and `SIGNATURES` begins.
    private(set) var textEnd: Int?
    /// `SIGNATURES` and what follows.
    private(set) var signatureLines: [Line] = []

    struct Section {
        let line: Int
        var blocks: [Block] = []
        /// True where the section says `none` in the place of blocks.
        var isNone = false
    }

    /// Of nothing: for a text without sections.
    init() {}

    init(_ lines: [Line], problems: inout Problems) {
        guard lines[0].text == Heading.title else {
            problems.report(
                1, expected: "'\(Heading.title)'", found: Excerpt.of(lines[0].text),
                hint: lines[0].text.hasPrefix("HOTLINE AGREEMENT")
                    ? "This station reads agreements of format 1 alone." : "This is not an agreement, or its first line was changed."
            )
            return
        }
        var current: Heading?
        // Kept apart from `sections` while it grows, so that no line copies what came before it.
        var open = header
        for (place, line) in lines.enumerated().dropFirst() {
            if let heading = Heading(rawValue: line.text) {
                close(open, current)
                enter(heading, after: current, at: place, of: lines, problems: &problems)
                open = sections[heading] ?? Section(line: line.number)
                current = heading
                if heading == .signatures {
                    textEnd = line.start
                    signatureLines = Array(lines[place...])
                    break
                }
            } else if current == .preamble {
                preamble.append(line.text)
            } else if !line.isBlank {
                if lines[place - 1].isBlank, line.text.hasPrefix(" "), !open.blocks.isEmpty {
                    problems.report(
                        line.number, expected: "no blank line inside a block", found: "a blank line above \(Excerpt.of(line.text))",
                        hint: "Delete it; blank lines stand between blocks alone."
                    )
                }
                Outline.read(line, into: &open, problems: &problems)
            }
        }
        close(open, current)
        if preamble.first == "" { preamble.removeFirst() }
        if preamble.last == "" { preamble.removeLast() }
        reportMissing(after: current, before: nil, line: lines.count, problems: &problems)
    }

    private mutating func enter(_ heading: Heading, after current: Heading?, at place: Int, of lines: [Line], problems: inout Problems) {
        let line = lines[place]
        let order = Heading.allCases
        let currentPlace = current.flatMap(order.firstIndex) ?? -1
        if let found = order.firstIndex(of: heading), found <= currentPlace {
            let expected = currentPlace + 1 < order.count ? "the section \(order[currentPlace + 1].rawValue)" : "no other section"
            problems.report(
                line.number, expected: expected, found: "the section \(heading.rawValue)",
                hint: "Each section stands once, in the order of docs/spec/agreement.md."
            )
            return
        }
        reportMissing(after: current, before: heading, line: line.number, problems: &problems)
        if !lines[place - 1].isBlank || place + 1 < lines.count && !lines[place + 1].isBlank {
            problems.report(
                line.number, expected: "a blank line before and after a heading", found: Excerpt.of(line.text),
                hint: "Put the blank line in."
            )
        }
        sections[heading] = Section(line: line.number)
    }

    private func reportMissing(after current: Heading?, before heading: Heading?, line: Int, problems: inout Problems) {
        let order = Heading.allCases
        let first = (current.flatMap(order.firstIndex) ?? -1) + 1
        let last = heading.flatMap(order.firstIndex) ?? order.count
        guard first < last else { return }
        let names = order[first..<last].map(\.rawValue).joined(separator: ", ")
        problems.report(
            line, expected: "the section \(names)", found: heading.map { "the section \($0.rawValue)" } ?? "the end of the file",
            hint: heading == nil ? "The file is cut short, or a heading was changed." : "A section without content says 'none'."
        )
    }

    private mutating func close(_ section: Section, _ heading: Heading?) {
        if let heading { sections[heading] = section } else { header = section }
    }

    private static func read(_ line: Line, into section: inout Section, problems: inout Problems) {
        let indent = line.text.prefix { $0 == " " }.utf8.count
        let text = line.text.dropFirst(indent)
        if indent == 0, Heading.isMeant(by: line.text) {
            problems.report(
                line.number, expected: "a heading of docs/spec/agreement.md", found: Excerpt.of(line.text),
                hint: "Headings are written as there."
            )
            return
        }
        switch indent {
        case 0:
            if text == "none" {
                section.isNone = true
            } else if let statement = Statement(text, line: line.number, problems: &problems) {
                section.blocks.append(Block(head: statement))
            }
        case 2 where !section.blocks.isEmpty:
            if let statement = Statement(text, line: line.number, problems: &problems) {
                section.blocks[section.blocks.count - 1].fields.append(statement)
            }
        case 4 where section.blocks.last?.fields.last?.values.isEmpty == true:
            let block = section.blocks.count - 1
            let field = section.blocks[block].fields.count - 1
            section.blocks[block].fields[field].wrapped.append(Line(number: line.number, text: String(text), start: line.start))
        default:
            problems.report(
                line.number, expected: "a statement at the margin, or two blanks in from the one that it belongs to",
                found: "\(indent) blanks", hint: "Only the lines of a long key are four blanks in, below the name of the key."
            )
        }
    }
}
