import HotlineWire

extension TermsReader {
    mutating func readHoldingReplies() -> [HoldingReply] {
        var found: [HoldingReply] = []
        for entry in numbered(.holdingReplies, "reply", 1...Limits.numberedMax, code: false) {
            allow(["text"], in: entry.block)
            guard let text = wording("text", in: entry.block) else { continue }
            found.append(HoldingReply(number: UInt8(clamping: entry.number), text: text))
        }
        return found
    }

    mutating func readDeclineReasons() -> [DeclineReason] {
        var found: [DeclineReason] = []
        for entry in numbered(.declineReasons, "reason", 1...Limits.numberedMax, code: true, mayBeEmpty: true) {
            allow(["text"], in: entry.block)
            guard let text = wording("text", in: entry.block) else { continue }
            found.append(DeclineReason(number: UInt8(clamping: entry.number), code: entry.code, text: text))
        }
        return found
    }

    mutating func readGlossary() -> [Term] {
        var found: [Term] = []
        for entry in numbered(.glossary, "term", 1...Limits.numberedMax, code: true, mayBeEmpty: true) {
            allow(["word"], in: entry.block)
            var words: [Term.Word] = []
            for field in entry.block.fields where field.key == "word" {
                if let word = word(field, after: words) { words.append(word) }
            }
            let speakers = Set(words.map { Int($0.party.value) })
            let silent = declared(.parties).subtracting(speakers).sorted()
            if !silent.isEmpty {
                problems.report(
                    entry.block.line, expected: "a word of every party",
                    found: "none of party \(silent.map(String.init).joined(separator: ", "))",
                    hint: "Each party gives its own word, in its own language at least."
                )
            }
            found.append(Term(number: UInt8(clamping: entry.number), code: entry.code, words: words))
        }
        return found
    }

    private mutating func word(_ field: Statement, after words: [Term.Word]) -> Term.Word? {
        guard let (values, text) = field.values.wordsThenText, values.count == 2, let party = Self.station(values[0]),
            let tag = LanguageTag(values[1]), text.utf8.count <= Limits.titleBytesMax
        else {
            problems.report(
                field.line, expected: "'word' with the number of a party, a language tag and a word in quotation marks",
                found: field.values.shown,
                hint: "For example: word  1  en \"hostilities\""
            )
            return nil
        }
        if !isParty(party) { reportNoParty(field.line, party) }
        if !languages.isEmpty, !languages.contains(tag) {
            problems.report(
                field.line, expected: "a language of the line", found: "'\(tag)'",
                hint: "List the language under LANGUAGES, or delete the line.")
        }
        if words.contains(where: { $0.party == party && $0.language == tag }) {
            problems.report(field.line, expected: "one word of a party in a language", found: "a second one", hint: "Delete one of them.")
        }
        return Term.Word(party: party, language: tag, text: text)
    }

    mutating func readPhrasebook() -> [Signal] {
        var found: [Signal] = []
        for block in blocks(.phrasebook, ["signal"], mayBeEmpty: true) {
            allow(["text"], in: block)
            let text = wording("text", in: block)
            guard let words = block.head.values.words, words.count == 2, let number = Self.number(words[0], 1...Limits.numberedMax),
                Capitals.isWord(words[1], lengthMax: Limits.codeLengthMax)
            else {
                problems.report(
                    block.line, expected: "'signal', a number from 1 to \(Limits.numberedMax), then a code word in Latin capitals",
                    found: block.head.values.shown, hint: "For example: signal 3  GRANITE"
                )
                continue
            }
            if let last = found.last, number <= Int(last.number) {
                problems.report(
                    block.line, expected: "a number above \(last.number)", found: "'\(number)'",
                    hint: "Numbers rise, and each stands once; gaps may be left."
                )
            }
            if found.contains(where: { $0.codeWord == words[1] }) {
                problems.report(
                    block.line, expected: "a code word that stands once", found: "'\(words[1])' again",
                    hint: "Give one of them another word.")
            }
            guard let text else { continue }
            checkParameters(text, block)
            found.append(Signal(number: UInt8(clamping: number), codeWord: words[1], text: text))
        }
        return found
    }

    /// The texts of a signal have the same parameters in every language, whatever their order.
    private mutating func checkParameters(_ text: Wording, _ block: Block) {
        var first: Set<SignalParameter>?
        for version in text.versions {
            let line = block.fields.first { $0.values.wordsThenText?.words == [version.language.text] }?.line ?? block.line
            do throws(SignalText.Fault) {
                let parameters = Set(try SignalText(version.text).parameters)
                if let first, first != parameters {
                    problems.report(
                        line, expected: "the same parameters in every language", found: "others than in the first",
                        hint: "Write each as in the first text: the same name, the same range."
                    )
                }
                first = first ?? parameters
            } catch {
                problems.report(
                    line, expected: "parameters such as {number:1-99} or {minute:00-59}", found: error.found,
                    hint:
                        "Braces hold a small-letter name, a colon and a range of whole numbers; at most \(Limits.parametersMax) in a text."
                )
            }
        }
    }
}
