import HotlineWire

/// How sections take blocks and fields apart. Every one of these reports what it does not find.
extension TermsReader {
    typealias Values = [Statement.Value]

    /// The blocks of a section, each of which begins with one of these keys.
    mutating func blocks(_ heading: Heading, _ keys: [String], mayBeEmpty: Bool = false) -> [Block] {
        guard let section = outline.sections[heading] else { return [] }
        let named = keys.map { "'\($0)'" }.joined(separator: " or ")
        if section.isNone && !mayBeEmpty || section.blocks.isEmpty && !section.isNone {
            problems.report(
                section.line, expected: "\(named) below \(heading.rawValue)", found: section.isNone ? "'none'" : "nothing",
                hint: mayBeEmpty ? "A section without content says 'none'." : "This section must not be empty."
            )
        }
        if section.isNone, let first = section.blocks.first {
            problems.report(
                first.line, expected: "nothing beside 'none' below \(heading.rawValue)", found: "'\(first.head.key)'",
                hint: "Delete one of them."
            )
        }
        return section.blocks.filter { block in
            if keys.contains(block.head.key) { return true }
            problems.report(
                block.line, expected: "\(named) below \(heading.rawValue)", found: "'\(block.head.key)'",
                hint: "Each line begins with a known key."
            )
            return false
        }
    }

    /// Reads blocks that are numbered upwards, gaps allowed, with nothing or a code behind the number.
    mutating func numbered(
        _ heading: Heading, _ key: String, _ range: ClosedRange<Int>, code: Bool, mayBeEmpty: Bool = false
    ) -> [Numbered] {
        var found: [Numbered] = []
        var last: Int?
        var codes: [String: Int] = [:]
        for block in blocks(heading, [key], mayBeEmpty: mayBeEmpty) {
            let form = "'\(key)', a number from \(range.lowerBound) to \(range.upperBound)" + (code ? ", then \(Code.form)" : "")
            guard let words = block.head.values.words, words.count == (code ? 2 : 1), let number = WholeNumber.value(words[0]),
                range.contains(number), !code || Code(words[1]) != nil
            else {
                problems.report(
                    block.line, expected: form, found: block.head.values.shown, hint: "Numbers and codes are how the line refers to it.")
                continue
            }
            if let last, number <= last {
                problems.report(
                    block.line, expected: "a number above \(last)", found: "'\(number)'",
                    hint: "Numbers rise, and each stands once; gaps may be left."
                )
            }
            last = max(number, last ?? number)
            if code, let earlier = codes.updateValue(block.line, forKey: words[1]) {
                problems.report(
                    block.line, expected: "a code that stands once", found: "'\(words[1])', which line \(earlier) has already",
                    hint: "Give one of them another code."
                )
            }
            found.append(Numbered(number: number, code: code ? words[1] : "", block: block))
        }
        return found
    }

    struct Numbered {
        let number: Int
        let code: String
        let block: Block
    }

    /// Reports fields that a block of this kind does not have.
    mutating func allow(_ keys: [String], in block: Block) {
        for field in block.fields where !keys.contains(field.key) {
            problems.report(
                field.line, expected: keys.isEmpty ? "no indented line here" : keys.map { "'\($0)'" }.joined(separator: ", "),
                found: "'\(field.key)'", hint: "'\(block.head.key)' has no such line."
            )
        }
    }

    /// The value of a field that stands exactly once.
    mutating func one<Value>(_ key: String, in block: Block, _ expected: String, hint: String = "", read: (Values) -> Value?) -> Value? {
        guard block.fields.contains(where: { $0.key == key }) else {
            problems.report(
                block.line, expected: "a line '\(key)' with \(expected)", found: "none",
                hint: "Add it below '\(block.head.key)', two blanks in."
            )
            return nil
        }
        return optional(key, in: block, expected, hint: hint, read: read)
    }

    /// The value of a field that stands at most once.
    mutating func optional<Value>(_ key: String, in block: Block, _ expected: String, hint: String = "", read: (Values) -> Value?) -> Value? {
        let fields = block.fields.filter { $0.key == key }
        guard let field = fields.first else { return nil }
        if fields.count > 1 { reportTwice(key, fields[1].line, fields[0].line) }
        return value(of: field, expected, hint: hint, read: read)
    }

    mutating func value<Value>(of field: Statement, _ expected: String, hint: String, read: (Values) -> Value?) -> Value? {
        if let value = read(field.values), field.wrapped.isEmpty { return value }
        let found = field.wrapped.isEmpty ? field.values.shown : "lines below it"
        problems.report(
            field.line, expected: "'\(field.key)' with \(expected)", found: found,
            hint: hint.isEmpty ? "Correct the value; docs/spec/agreement.md shows its form." : hint
        )
        return nil
    }

    mutating func reportTwice(_ key: String, _ line: Int, _ earlier: Int) {
        problems.report(
            line, expected: "'\(key)' once", found: "a second one; the first is on line \(earlier)", hint: "Delete one of them.")
    }

    /// Texts of one field, `key tag "text"`, in every language of the line.
    mutating func wording(_ key: String, in block: Block, bytesMax: Int = Limits.quotedBytesMax) -> Wording? {
        wording(block.fields.filter { $0.key == key }, key: key, prefix: 0, bytesMax: bytesMax, line: block.line)
    }

    /// The same, where `prefix` words that somebody else has read stand before the tag.
    mutating func wording(_ fields: [Statement], key: String, prefix: Int, bytesMax: Int, line: Int) -> Wording? {
        var versions: [(version: Wording.Version, line: Int)] = []
        for field in fields {
            guard field.wrapped.isEmpty, let (words, text) = field.values.wordsThenText, words.count == prefix + 1,
                let tag = LanguageTag(words[prefix]), text.utf8.count <= bytesMax
            else {
                problems.report(
                    field.line, expected: "'\(key)' with a language tag and a text of at most \(bytesMax) bytes in quotation marks",
                    found: field.values.shown, hint: "For example: \(key)  en \"…\""
                )
                continue
            }
            if !languages.isEmpty, !languages.contains(tag) {
                problems.report(
                    field.line, expected: "a language of the line", found: "'\(tag)'",
                    hint: "List the language under LANGUAGES, or delete the line."
                )
            }
            if let earlier = versions.first(where: { $0.version.language == tag }) {
                reportTwice("\(key) \(tag)", field.line, earlier.line)
            }
            versions.append((Wording.Version(tag, text), field.line))
        }
        let missing = languages.filter { tag in !versions.contains { $0.version.language == tag } }
        if !missing.isEmpty, versions.count == fields.count {
            problems.report(
                fields.last?.line ?? line, expected: "'\(key)' in every language of the line",
                found: versions.isEmpty ? "none" : "none in \(missing.map(\.text).joined(separator: ", "))",
                hint: "Add \(missing.map { "'\(key)  \($0) \"…\"'" }.joined(separator: " and "))."
            )
        }
        return versions.isEmpty ? nil : Wording(versions.map(\.version))
    }

    // MARK: Values

    static func station(_ word: String?) -> StationNumber? {
        word.flatMap { WholeNumber.value($0) }.flatMap(UInt8.init(exactly:)).flatMap(StationNumber.init)
    }

    static func span(_ word: String?) -> Span? { word.flatMap { SpanText.span($0) } }

    /// Precedences in order, the most urgent first, each once.
    static func precedences(_ words: [String]?) -> [Precedence]? {
        guard let words, !words.isEmpty else { return nil }
        let found = Precedence.allCases.filter { words.contains($0.description) }
        return found.map(\.description) == words ? found : nil
    }

    /// `none`, or words each of which can be read, none of them twice.
    static func list<Value: Hashable>(_ words: [String]?, _ read: (String) -> Value?) -> [Value]? {
        guard let words, !words.isEmpty else { return nil }
        if words == ["none"] { return [] }
        let values = words.compactMap(read)
        return values.count == words.count && Set(values).count == values.count ? values : nil
    }
}
