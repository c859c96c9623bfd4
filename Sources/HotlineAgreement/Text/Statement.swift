/// One line of terms: a key, then values. A value that is too long for a line stands wrapped on the lines below it.
struct Statement {
    enum Value: Hashable {
        case word(String)
        case quoted(String)
    }

    let line: Int
    let key: String
    let values: [Value]
    /// The lines of a wrapped value, without their indent.
    var wrapped: [Line] = []

    /// Reads `key value value …`; reports and returns nil where the line has another form.
    init?(_ text: some StringProtocol, line: Int, problems: inout Problems) {
        // By scalar, not by character: a combining mark must not hide a quotation mark or a blank.
        var rest = Substring(text).unicodeScalars
        var values: [Value] = []
        while !rest.isEmpty {
            if rest.first == "\"" {
                switch Statement.quoted(rest) {
                case .success(let (text, after)):
                    values.append(.quoted(text))
                    rest = after
                case .failure(let fault):
                    problems.report(line, expected: "text in quotation marks", found: fault.found, hint: fault.hint)
                    return nil
                }
            } else {
                let word = rest.prefix { $0 != " " }
                guard word.allSatisfy({ ("!"..."~").contains($0) && $0 != "\"" }) else {
                    problems.report(
                        line, expected: "a word of plain ASCII characters", found: Excerpt.of(String(word)),
                        hint: "Put text in quotation marks, with a blank before and after them; a quotation mark inside is written \\\"."
                    )
                    return nil
                }
                values.append(.word(String(word)))
                rest = rest[word.endIndex...]
            }
            guard rest.isEmpty || rest.first == " " else {
                problems.report(
                    line, expected: "a blank after the closing quotation mark", found: Excerpt.of(String(rest)),
                    hint: "A quotation mark inside a text is written \\\"."
                )
                return nil
            }
            rest = rest.drop { $0 == " " }
        }
        guard case .word(let key)? = values.first, let code = Code(key) else {
            problems.report(
                line, expected: "a key in small letters, then its values", found: Excerpt.of(text),
                hint: "Only the preamble holds free prose."
            )
            return nil
        }
        self.line = line
        self.key = code.text
        self.values = Array(values.dropFirst())
    }

    private struct Fault: Error {
        let found: String
        let hint: String
    }

    /// Takes a quoted text from the beginning of `source`: `\"` and `\\` are the only escapes.
    private static func quoted(_ source: Substring.UnicodeScalarView) -> Result<(String, Substring.UnicodeScalarView), Fault> {
        var scalars = String.UnicodeScalarView()
        var place = source.index(after: source.startIndex)
        while place < source.endIndex {
            let character = source[place]
            place = source.index(after: place)
            if character == "\"" {
                let text = String(scalars)
                guard let first = scalars.first, let last = scalars.last, !first.properties.isWhitespace, !last.properties.isWhitespace
                else {
                    return .failure(Fault(found: Excerpt.of("\"\(text)\""), hint: "A text is not empty and has no blank at either end."))
                }
                guard text.utf8.count <= Limits.quotedBytesMax else {
                    return .failure(
                        Fault(
                            found: "\(text.utf8.count) bytes",
                            hint: "A text has at most \(Limits.quotedBytesMax) bytes; say it in fewer words.")
                    )
                }
                return .success((text, source[place...]))
            }
            if character == "\\" {
                guard place < source.endIndex, source[place] == "\"" || source[place] == "\\" else {
                    return .failure(Fault(found: "a lone backslash", hint: "Write a backslash as \\\\."))
                }
                scalars.append(source[place])
                place = source.index(after: place)
            } else {
                scalars.append(character)
            }
        }
        return .failure(Fault(found: "no closing quotation mark", hint: "Close the text on the line on which it begins."))
    }

    /// How a text is quoted.
    static func quote(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { quoted.unicodeScalars.append("\\") }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }
}

extension [Statement.Value] {
    /// The one value, where it is a word.
    var word: String? {
        guard count == 1, case .word(let word) = self[0] else { return nil }
        return word
    }

    /// The one value, where it is a quoted text.
    var text: String? {
        guard count == 1, case .quoted(let text) = self[0] else { return nil }
        return text
    }

    /// All values, where each is a word.
    var words: [String]? {
        var words: [String] = []
        for value in self {
            guard case .word(let word) = value else { return nil }
            words.append(word)
        }
        return words
    }

    /// Words, then one quoted text.
    var wordsThenText: (words: [String], text: String)? {
        guard case .quoted(let text)? = last, let words = Array(dropLast()).words else { return nil }
        return (words, text)
    }

    /// As they stand in a problem.
    var shown: String {
        isEmpty
            ? "nothing"
            : Excerpt.of(
                map { value in
                    switch value {
                    case .word(let word): word
                    case .quoted(let text): Statement.quote(text)
                    }
                }.joined(separator: " ")
            )
    }
}
