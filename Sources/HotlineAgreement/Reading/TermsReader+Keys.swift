import HotlineSeal
import HotlineWire

/// What identity cards and agreements read alike.
extension TermsReader {
    mutating func readMark(_ block: Block) -> String? {
        one("mark", in: block, "one to four Latin capitals") { values in
            values.word.flatMap { Capitals.isWord($0, lengthMax: Limits.markLengthMax) ? $0 : nil }
        }
    }

    mutating func readPartyLanguages(_ block: Block) -> [LanguageTag]? {
        one("languages", in: block, "language tags of BCP 47, the party's own first") { values -> [LanguageTag]? in
            let tags = Self.list(values.words) { LanguageTag($0) }
            return tags?.isEmpty == true ? nil : tags
        }
    }

    mutating func readPartyKeys(_ block: Block) -> PartyKeys? {
        let light = lightKey(block)
        let pin = one("tls-pin", in: block, "32 bytes in base64") { Self.shortValue($0.word) }
        let next = one("next", in: block, "a hash of 32 bytes in base64") { Self.shortValue($0.word).flatMap { Hash($0) } }
        let recovery = recoveryHashes(block)
        let root = compositeKey("root", block)
        let station = compositeKey("station", block)
        guard let light, let pin, let next, let recovery, let root, let station else { return nil }
        return PartyKeys(root: root, station: station, light: light, tlsPin: pin, next: next, recovery: recovery)
    }

    private mutating func recoveryHashes(_ block: Block) -> [Hash]? {
        let fields = block.fields.filter { $0.key == "recovery" }
        if fields.count == 1, fields[0].values == [.word("none")] { return [] }
        let hashes = fields.compactMap { Self.shortValue($0.values.word).flatMap { Hash($0) } }
        if hashes.count == fields.count, hashes.count == Limits.recoveryKeys { return hashes }
        problems.report(
            block.line(of: "recovery"),
            expected: "'recovery' with 'none', or three lines 'recovery' with a hash of 32 bytes in base64 each",
            found: fields.isEmpty ? "none" : "\(fields.count) of them, \(hashes.count) in order",
            hint: "Two of the three recovery keys are enough."
        )
        return nil
    }

    private mutating func lightKey(_ block: Block) -> LightPublicKey? {
        let bytes = one("light", in: block, "an Ed25519 key of 32 bytes in base64") { Self.shortValue($0.word) }
        guard let bytes else { return nil }
        do throws(SealError) { return try LightPublicKey(bytes) } catch {
            report(error, "light", block.line(of: "light"))
            return nil
        }
    }

    private mutating func compositeKey(_ key: String, _ block: Block) -> CompositePublicKey? {
        guard let bytes = longValue(key, in: block, bytes: CompositePublicKey.size) else { return nil }
        do throws(SealError) { return try CompositePublicKey(bytes) } catch {
            report(error, key, block.line(of: key))
            return nil
        }
    }

    /// A wrapped value of so many bytes.
    mutating func longValue(_ key: String, in block: Block, bytes: Int) -> [UInt8]? {
        let fields = block.fields.filter { $0.key == key }
        guard let field = fields.first else {
            problems.report(
                block.line, expected: "a line '\(key)' and its bytes below it", found: "none",
                hint: "Copy it from the party's identity card."
            )
            return nil
        }
        if fields.count > 1 { reportTwice(key, fields[1].line, field.line) }
        guard field.values.isEmpty, let value = Wrapped.bytes(field.wrapped), value.count == bytes else {
            problems.report(
                field.line, expected: "'\(key)' and below it \(bytes) bytes in base64, in indented lines of \(Wrapped.width) characters",
                found: field.values.isEmpty ? "other lines" : field.values.shown, hint: "Copy it again from the party's identity card."
            )
            return nil
        }
        return value
    }

    private mutating func report(_ error: SealError, _ key: String, _ line: Int) {
        let fault = KeyFault(error)
        problems.report(line, expected: "'\(key)' with \(fault.expected)", found: fault.found, hint: fault.hint)
    }

    /// 32 bytes in base64, not all of them zero.
    static func shortValue(_ word: String?) -> [UInt8]? {
        guard let word, let bytes = Base64.bytes(word), bytes.count == Limits.shortValueBytes, bytes.contains(where: { $0 != 0 }) else {
            return nil
        }
        return bytes
    }
}
