import HotlineSeal
import HotlineWire

/// The text of a key statement, which has one form alone.
enum KeyStatementText {
    static let title = "HOTLINE KEY STATEMENT 1"

    static func write(_ change: KeyChange) -> [UInt8] {
        let keys = change.keys
        var lines = [title, ""]
        lines.append(Page.row("line", change.line.description))
        lines.append(Page.row("agreement", change.agreement.description))
        lines.append(Page.row("party", change.party.description))
        lines.append(Page.row("version", String(change.version)))
        lines.append(Page.row("date", Timestamp.text(change.date)))
        lines.append(Page.row("reason", change.reason.rawValue))
        lines.append(Page.row("authority", change.authority.rawValue))
        lines.append("")
        lines.append(Page.row("light", Base64.string(keys.light.bytes)))
        lines.append(Page.row("tls-pin", Base64.string(keys.tlsPin)))
        lines.append(Page.row("next", Base64.string(keys.next.bytes)))
        if keys.recovery.isEmpty { lines.append(Page.row("recovery", "none")) }
        for hash in keys.recovery { lines.append(Page.row("recovery", Base64.string(hash.bytes))) }
        lines += ["", "root"] + Wrapped.lines(keys.root.bytes, indent: 2)
        lines += ["", "station"] + Wrapped.lines(keys.station.bytes, indent: 2)
        for key in change.recoveryKeys { lines += ["", "recovery-key"] + Wrapped.lines(key.bytes, indent: 2) }
        return Array((lines.joined(separator: "\n") + "\n\n").utf8)
    }

    static func file(_ text: [UInt8], _ signatures: [[UInt8]]) -> [UInt8] {
        let blocks = signatures.map { (["signature"] + Wrapped.lines($0, indent: 2)).joined(separator: "\n") + "\n" }
        return text + Array(blocks.joined(separator: "\n").utf8)
    }

    static func read(_ bytes: [UInt8]) throws(AgreementError) -> (KeyChange, text: [UInt8], signatures: [[UInt8]]) {
        var problems = Problems()
        guard let lines = Line.read(bytes, bytesMax: Limits.cardBytesMax, problems: &problems) else { throw problems.error }
        guard lines[0].text == title else {
            problems.report(
                1, expected: "'\(title)'", found: Excerpt.of(lines[0].text),
                hint: lines[0].text.hasPrefix("HOTLINE KEY STATEMENT") ? "This station reads key statements of format 1 alone." : "This is not a key statement."
            )
            throw problems.error
        }
        let block = CardText.statements(lines, problems: &problems)
        var reader = TermsReader(Outline(), problems: problems)
        let found = reader.keyStatement(block)
        problems = reader.problems
        guard problems.isEmpty, let (change, signatures) = found else { throw problems.error }
        let text = write(change)
        let expected = file(text, signatures)
        guard expected == bytes else {
            let line = zip(expected, bytes).prefix { $0 == $1 }.count { $0.0 == 0x0A } + 1
            problems.report(
                line, expected: "the statement in its one form", found: "the same said in another way",
                hint: "Key statements are not edited by hand: make a new one."
            )
            throw problems.error
        }
        return (change, text, signatures)
    }
}

extension TermsReader {
    fileprivate mutating func keyStatement(_ block: Block) -> (KeyChange, signatures: [[UInt8]])? {
        allow(
            [
                "line", "agreement", "party", "version", "date", "reason", "authority", "light", "tls-pin", "next", "recovery", "root", "station",
                "recovery-key", "signature",
            ], in: block
        )
        let line = one("line", in: block, "the hash of the first agreement") { $0.word.flatMap(Self.hash(hex:)) }
        let agreement = one("agreement", in: block, "the hash of the agreement in force") { $0.word.flatMap(Self.hash(hex:)) }
        let party = one("party", in: block, "the number of a party") { Self.station($0.word) }
        let version = one("version", in: block, "a number from 1 to \(Limits.versionMax)") { values in
            values.word.flatMap { WholeNumber.value($0) }.flatMap { (1...Limits.versionMax).contains($0) ? $0 : nil }
        }
        let date = one("date", in: block, "a date that exists, in UTC, such as 2026-03-01T00:00:00Z") { $0.word.flatMap { Timestamp.time($0) } }
        let reason = one("reason", in: block, "'replaced' or 'stolen'") { $0.word.flatMap(KeyChange.Reason.init) }
        let authority = one("authority", in: block, "'root', 'next' or 'recovery'") { $0.word.flatMap(KeyChange.Authority.init) }
        let keys = readPartyKeys(block)
        guard let line, let agreement, let party, let version, let date, let reason, let authority, let keys else { return nil }
        let signers = authority == .recovery ? 2 : 1
        let recovery = recoveryKeys(block, count: authority == .recovery ? 2 : 0)
        let signatures = longValues("signature", in: block, bytes: CompositePublicKey.signatureSize, count: signers)
        guard let recovery, let signatures else { return nil }
        checkDistinct(KeyValue.all(of: nil, keys, block))
        let change = KeyChange(
            line: line, agreement: agreement, party: party, version: version, date: date, reason: reason, authority: authority, keys: keys,
            recoveryKeys: recovery
        )
        return (change, signatures)
    }

    private mutating func recoveryKeys(_ block: Block, count: Int) -> [CompositePublicKey]? {
        guard let values = longValues("recovery-key", in: block, bytes: CompositePublicKey.size, count: count) else { return nil }
        var keys: [CompositePublicKey] = []
        for value in values {
            do throws(SealError) { keys.append(try CompositePublicKey(value)) } catch {
                let fault = KeyFault(error)
                problems.report(block.line(of: "recovery-key"), expected: "'recovery-key' with \(fault.expected)", found: fault.found, hint: fault.hint)
                return nil
            }
        }
        return keys
    }

    /// Wrapped values of one key that stands so many times.
    private mutating func longValues(_ key: String, in block: Block, bytes: Int, count: Int) -> [[UInt8]]? {
        let fields = block.fields.filter { $0.key == key }
        let values = fields.compactMap { $0.values.isEmpty ? Wrapped.bytes($0.wrapped) : nil }.filter { $0.count == bytes }
        guard values.count == count, fields.count == count else {
            problems.report(
                block.line(of: key), expected: "'\(key)' \(count) times, and below each \(bytes) bytes in base64",
                found: "\(fields.count) of them, \(values.count) in order", hint: "Key statements are not edited by hand: get the file again."
            )
            return nil
        }
        return values
    }
}
