import HotlineWire

extension TermsReader {
    struct Header {
        let line: String
        let date: WallTime
        let edition: Edition
    }

    /// The statements below the title: one each, at the margin.
    mutating func readHeader() -> Header? {
        let head = Statement(key: "title", line: outline.header.line)
        let block = Block(head: head, fields: outline.header.blocks.map(\.head))
        for field in outline.header.blocks.flatMap(\.fields) {
            problems.report(
                field.line, expected: "a statement at the margin", found: "an indented one", hint: "Nothing is indented above the preamble."
            )
        }
        allow(["line", "date", "version", "first", "amends", "suite"], in: block)
        let line = headerValue("line", in: block, "the name of the line in quotation marks, at most \(Limits.titleBytesMax) bytes") {
            values in
            values.text.flatMap { $0.utf8.count <= Limits.titleBytesMax ? $0 : nil }
        }
        let dateForm = "a date that exists, in UTC, such as 2026-03-01T00:00:00Z"
        let date = headerValue("date", in: block, dateForm) { $0.word.flatMap { Timestamp.time($0) } }
        let version = headerValue("version", in: block, "a number, 1 for the first agreement of a line") { values in
            values.word.flatMap { WholeNumber.value($0) }.flatMap { (1...Limits.versionMax).contains($0) ? $0 : nil }
        }
        readSuite(block)
        guard let version else { return nil }
        let edition = version == 1 ? readFirst(block) : readAmendment(version, block)
        guard let line, let date, let edition else { return nil }
        if case .amendment(let amendment) = edition, date < amendment.epoch {
            problems.report(
                block.line(of: "date"), expected: "a date that is not before that of the first agreement",
                found: "'\(Timestamp.text(date))'",
                hint: "Claimed times count from the date of the first."
            )
        }
        return Header(line: line, date: date, edition: edition)
    }

    private mutating func readSuite(_ block: Block) {
        let suite = headerValue("suite", in: block, "1") { $0.word.flatMap { WholeNumber.value($0) } }
        guard let suite, suite != 1 else { return }
        problems.report(
            block.line(of: "suite"), expected: "suite 1", found: "suite \(suite)",
            hint: suite == 2 ? "Suite 2 is reserved; this station does not support it." : "There is no such suite."
        )
    }

    private mutating func readFirst(_ block: Block) -> Edition? {
        for field in block.fields where field.key == "first" || field.key == "amends" {
            problems.report(
                field.line, expected: "no '\(field.key)' in version 1", found: "one", hint: "The first agreement of a line amends nothing."
            )
        }
        return .first
    }

    private mutating func readAmendment(_ version: Int, _ block: Block) -> Edition? {
        let first = headerValue("first", in: block, "the date and the hash of the first agreement") { values -> (WallTime, Hash)? in
            guard let words = values.words, words.count == 2, let date = Timestamp.time(words[0]), let hash = Self.hash(hex: words[1])
            else { return nil }
            return (date, hash)
        }
        let previous = headerValue("amends", in: block, "the hash of the agreement whose place this one takes") { values in
            values.word.flatMap { Self.hash(hex: $0) }
        }
        guard let first, let previous else { return nil }
        if (version == 2) != (first.1 == previous) {
            problems.report(
                block.line(of: "amends"),
                expected: version == 2 ? "the hash of the first agreement" : "a hash that is not the first agreement's",
                found: "'\(previous)'", hint: "Version 2 amends the first, version 3 amends version 2, and so on."
            )
        }
        return .amendment(Amendment(version: version, epoch: first.0, first: first.1, previous: previous))
    }

    private mutating func headerValue<Value>(_ key: String, in block: Block, _ expected: String, read: (Values) -> Value?) -> Value? {
        guard block.fields.contains(where: { $0.key == key }) else {
            problems.report(
                block.line, expected: "a line '\(key)' with \(expected) above the preamble", found: "none", hint: "Add it at the margin."
            )
            return nil
        }
        return optional(key, in: block, expected, read: read)
    }

    static func hash(hex text: String) -> Hash? { Hex.bytes(text).flatMap { Hash($0) } }
}

extension Statement {
    /// Stands for what has no statement of its own, so that its parts can be read as fields.
    init(key: String, line: Int) {
        self.key = key
        self.line = line
        values = []
    }
}
