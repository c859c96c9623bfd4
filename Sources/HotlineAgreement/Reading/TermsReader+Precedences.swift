import HotlineWire

extension TermsReader {
    mutating func readPrecedences() -> (deadlines: DeadlineTable, flash: FlashLimits)? {
        var table: [Precedence: Deadlines] = [:]
        var flash: FlashLimits?
        for block in blocks(.precedences, ["precedence"]) {
            guard let word = block.head.values.word, let precedence = Precedence.allCases.first(where: { $0.description == word }) else {
                problems.report(
                    block.line, expected: "'precedence' with FLASH, IMMEDIATE, PRIORITY or ROUTINE", found: block.head.values.shown,
                    hint: "There are four precedences, in capitals."
                )
                continue
            }
            allow(["receipt", "reply"] + (precedence == .flash ? ["words", "bytes", "quota"] : []), in: block)
            let receipt = one("receipt", in: block, SpanText.form) { Self.span($0.word) }
            let reply = one("reply", in: block, SpanText.form) { Self.span($0.word) }
            if precedence == .flash { flash = readFlash(block) }
            guard let receipt, let reply else { continue }
            checkOrder(precedence, Deadlines(receipt: receipt, reply: reply), after: table, block)
            table[precedence] = Deadlines(receipt: receipt, reply: reply)
        }
        let heads = (outline.sections[.precedences]?.blocks ?? []).compactMap { $0.head.values.word }
        if let section = outline.sections[.precedences], !section.blocks.isEmpty, heads != Precedence.allCases.map(\.description) {
            problems.report(
                section.line, expected: "FLASH, IMMEDIATE, PRIORITY and ROUTINE, each once and in this order",
                found: heads.joined(separator: ", "), hint: "Every precedence has deadlines, even where no channel allows it."
            )
        }
        guard let first = table[.flash], let second = table[.immediate], let third = table[.priority], let last = table[.routine], let flash
        else {
            return nil
        }
        return (DeadlineTable(flash: first, immediate: second, priority: third, routine: last), flash)
    }

    private mutating func checkOrder(_ precedence: Precedence, _ deadlines: Deadlines, after table: [Precedence: Deadlines], _ block: Block) {
        if deadlines.reply < deadlines.receipt {
            problems.report(
                block.line(of: "reply"), expected: "a reply no earlier than the receipt", found: "'\(SpanText.text(deadlines.reply))'",
                hint: "A message is taken before it is answered."
            )
        }
        for faster in Precedence.allCases where faster < precedence {
            guard let earlier = table[faster], deadlines.receipt < earlier.receipt || deadlines.reply < earlier.reply else { continue }
            problems.report(
                block.line, expected: "deadlines no shorter than those of \(faster)", found: "shorter ones",
                hint: "The more urgent precedence has the shorter deadline."
            )
        }
    }

    private mutating func readFlash(_ block: Block) -> FlashLimits? {
        let words = one("words", in: block, "a number from 1 to \(Limits.flashWordsMax)") { Self.number($0.word, 1...Limits.flashWordsMax) }
        let bytes = one("bytes", in: block, "a number from 1 to \(Limits.flashBytesMax)") { Self.number($0.word, 1...Limits.flashBytesMax) }
        let quota = one("quota", in: block, "a number and a time, such as '3 then 1 per 5m'") { values -> (Int, Span)? in
            guard let words = values.words, words.count == 5, Array(words[1...3]) == ["then", "1", "per"],
                let burst = Self.number(words[0], 1...Limits.quotaBurstMax), let interval = Self.span(words[4])
            else { return nil }
            return (burst, interval)
        }
        guard let words, let bytes, let quota else { return nil }
        return FlashLimits(wordsMax: words, bytesMax: bytes, burst: quota.0, interval: quota.1)
    }

    static func number(_ word: String?, _ range: ClosedRange<Int>) -> Int? {
        word.flatMap { WholeNumber.value($0) }.flatMap { range.contains($0) ? $0 : nil }
    }
}
