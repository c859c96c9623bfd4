import HotlineSeal
import HotlineWire

/// The text of an identity card, which has one form alone.
enum CardText {
    static let title = "HOTLINE IDENTITY CARD 1"

    static func write(_ identity: Identity) -> [UInt8] {
        var lines = [title, ""]
        for name in identity.names.versions { lines.append(line("name", "\(name.language) \(Statement.quote(name.text))")) }
        lines.append(line("mark", identity.mark))
        lines.append(line("languages", identity.languages.map(\.text).joined(separator: " ")))
        lines.append(line("created", Timestamp.text(identity.created)))
        lines.append(line("suite", "1"))
        lines.append("")
        let keys = identity.keys
        lines.append(line("nonce", Base64.string(identity.nonce)))
        lines.append(line("light", Base64.string(keys.light.bytes)))
        lines.append(line("tls-pin", Base64.string(keys.tlsPin)))
        lines.append(line("next", Base64.string(keys.next.bytes)))
        if keys.recovery.isEmpty { lines.append(line("recovery", "none")) }
        for hash in keys.recovery { lines.append(line("recovery", Base64.string(hash.bytes))) }
        lines += ["", "root"] + Wrapped.lines(keys.root.bytes, indent: 2)
        lines += ["", "station"] + Wrapped.lines(keys.station.bytes, indent: 2)
        return Array((lines.joined(separator: "\n") + "\n\n").utf8)
    }

    static func file(_ text: [UInt8], _ signature: [UInt8]) -> [UInt8] {
        text + Array((["signature"] + Wrapped.lines(signature, indent: 2)).joined(separator: "\n").utf8) + [0x0A]
    }

    static func read(_ bytes: [UInt8]) throws(AgreementError) -> (Identity, text: [UInt8], signature: [UInt8]) {
        var problems = Problems()
        guard let lines = Line.read(bytes, bytesMax: Limits.cardBytesMax, problems: &problems) else { throw problems.error }
        guard lines[0].text == title else {
            problems.report(
                1, expected: "'\(title)'", found: Excerpt.of(lines[0].text),
                hint: lines[0].text.hasPrefix("HOTLINE IDENTITY CARD")
                    ? "This station reads cards of format 1 alone." : "This is not an identity card."
            )
            throw problems.error
        }
        let block = statements(lines, problems: &problems)
        var reader = TermsReader(Outline(), problems: problems)
        let found = reader.identity(block)
        problems = reader.problems
        guard problems.isEmpty, let (identity, signature) = found else { throw problems.error }
        let text = write(identity)
        let expected = file(text, signature)
        guard expected == bytes else {
            let line = zip(expected, bytes).prefix { $0 == $1 }.count { $0.0 == 0x0A } + 1
            problems.report(
                line, expected: "the card in its one form", found: "the same said in another way",
                hint: "Cards are not edited by hand: make a new one."
            )
            throw problems.error
        }
        return (identity, text, signature)
    }

    private static func line(_ key: String, _ value: String) -> String {
        Page.row(key, value)
    }

    /// Statements at the margin, wrapped values two blanks in.
    static func statements(_ lines: [Line], problems: inout Problems) -> Block {
        var block = Block(head: Statement(key: "card", line: 1))
        for line in lines.dropFirst() where !line.isBlank {
            if line.text.hasPrefix("  "), !block.fields.isEmpty {
                let text = String(line.text.dropFirst(2))
                block.fields[block.fields.count - 1].wrapped.append(Line(number: line.number, text: text, start: line.start))
            } else if let statement = Statement(line.text, line: line.number, problems: &problems) {
                block.fields.append(statement)
            }
        }
        return block
    }
}

extension TermsReader {
    fileprivate mutating func identity(_ block: Block) -> (Identity, signature: [UInt8])? {
        allow(
            [
                "name", "mark", "languages", "created", "suite", "nonce", "light", "tls-pin", "next", "recovery", "root", "station",
                "signature",
            ],
            in: block
        )
        if !block.fields.contains(where: { $0.key == "name" }) {
            problems.report(block.line, expected: "a line 'name'", found: "none", hint: "For example: name  en \"Norway\"")
        }
        let names = wording("name", in: block, bytesMax: Limits.titleBytesMax)
        let mark = readMark(block)
        let languages = readPartyLanguages(block)
        let created = one("created", in: block, "a date that exists, in UTC, such as 2026-03-01T00:00:00Z") {
            $0.word.flatMap { Timestamp.time($0) }
        }
        let suite = one("suite", in: block, "1: suite 2 is reserved, and this station does not support it") { $0.word == "1" ? 1 : nil }
        let nonce = one("nonce", in: block, "32 bytes in base64") { Self.shortValue($0.word) }
        let keys = readPartyKeys(block)
        let signature = longValue("signature", in: block, bytes: CompositePublicKey.signatureSize)
        if let names, let languages, names.languages[0] != languages[0] {
            problems.report(
                block.line(of: "name"), expected: "the first name in the first of the party's languages, \(languages[0])",
                found: "one in \(names.languages[0])", hint: "A party's own language comes first."
            )
        }
        guard let names, let mark, let languages, let created, suite != nil, let nonce, let keys, let signature else { return nil }
        let identity = Identity(names: names, mark: mark, languages: languages, created: created, nonce: nonce, keys: keys)
        checkDistinct(KeyValue.all(of: nil, keys, block) + [KeyValue(bytes: nonce, what: "nonce", line: block.line(of: "nonce"))])
        return (identity, signature)
    }
}
