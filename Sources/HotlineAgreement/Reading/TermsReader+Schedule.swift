import HotlineWire

extension TermsReader {
    mutating func readLineTests() -> Placed<LineTests>? {
        let all = blocks(.lineTests, ["probe", "silence", "test"])
        guard let section = outline.sections[.lineTests], !all.isEmpty else { return nil }
        let head = Block(head: Statement(key: "LINE TESTS", line: section.line), fields: all.map(\.head).filter { $0.key != "test" })
        for block in all where block.head.key != "test" { allow([], in: block) }
        let seconds = Limits.probeSecondsRange
        let probe = one("probe", in: head, "'every' and a time from \(seconds.lowerBound)s to \(seconds.upperBound)s") { values -> Span? in
            guard let words = values.words, words.count == 2, words[0] == "every", let span = Self.span(words[1]) else { return nil }
            return span < .seconds(seconds.lowerBound) || .seconds(seconds.upperBound) < span ? nil : span
        }
        let silence = one("silence", in: head, "'after' and a time that is longer than that of the probe") { values -> Span? in
            guard let words = values.words, words.count == 2, words[0] == "after", let span = Self.span(words[1]) else { return nil }
            return probe.map { $0 < span } ?? true ? span : nil
        }
        let tests = all.filter { $0.head.key == "test" }.enumerated().compactMap { place, block in readTest(block, place: place + 1) }
        guard let probe, let silence else { return nil }
        return Placed(value: LineTests(probe: probe, silence: silence, tests: tests), block: head)
    }

    /// `test 1`, and below it who sends it, how often, from what time of day, and by when it is answered.
    private mutating func readTest(_ block: Block, place: Int) -> LineTest? {
        allow(["party", "every", "from", "answer"], in: block)
        if block.head.values != [.word(String(place))] || place > Limits.numberedMax {
            problems.report(
                block.line, expected: "'test' with the number \(place)", found: block.head.values.shown,
                hint: "Tests are numbered 1, 2, 3, …"
            )
        }
        let party = one("party", in: block, "the number of the party that sends it") { Self.station($0.word) }
        if let party, !isParty(party) { reportNoParty(block.line(of: "party"), party) }
        let every = one("every", in: block, "a time that divides a day, such as 1h, 2h or 8h") { values -> Span? in
            Self.span(values.word).flatMap { Span.seconds(86_400).nanoseconds % $0.nanoseconds == 0 ? $0 : nil }
        }
        let from = one("from", in: block, "a time of day in UTC such as 01:30, less than 'every'") { values -> Span? in
            guard let words = values.words, words.count == 2, words[1] == "UTC", let from = TimeOfDay.span(words[0]) else { return nil }
            return every.map { from < $0 } ?? true ? from : nil
        }
        let answer = one("answer", in: block, SpanText.form) { Self.span($0.word) }
        guard let party, let every, let from, let answer else { return nil }
        return LineTest(number: UInt8(clamping: place), party: party, every: every, from: from, answer: answer)
    }

    mutating func readContacts() -> [Placed<RegularContact>] {
        var found: [Placed<RegularContact>] = []
        let kinds = RegularContact.Kind.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        for entry in numbered(.contacts, "contact", 1...Limits.numberedMax, code: false, mayBeEmpty: true) {
            let block = entry.block
            allow(["posts", "kind", "every", "from"], in: block)
            let posts = one("posts", in: block, "the numbers of two opposite posts") { values -> [PostNumber]? in
                let posts = Self.list(values.words, Self.post)
                return posts?.count == 2 ? posts : nil
            }
            let kind = one("kind", in: block, "one of \(kinds)") { $0.word.flatMap { RegularContact.Kind(rawValue: $0) } }
            let every = one("every", in: block, SpanText.form) { Self.span($0.word) }
            let from = one("from", in: block, "a date that exists, in UTC, such as 2026-03-02T09:00:00Z") {
                $0.word.flatMap { Timestamp.time($0) }
            }
            guard let posts, let kind, let every, let from else { continue }
            let contact = RegularContact(number: UInt8(clamping: entry.number), posts: posts, kind: kind, every: every, from: from)
            found.append(Placed(value: contact, block: block))
        }
        return found
    }

    mutating func reportNoParty(_ line: Int, _ number: StationNumber) {
        problems.report(
            line, expected: "a party that PARTIES lists", found: "party \(number)", hint: "Correct the number, or add the party.")
    }
}
