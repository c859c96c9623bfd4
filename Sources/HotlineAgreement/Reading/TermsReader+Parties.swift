import HotlineSeal
import HotlineWire

extension TermsReader {
    mutating func readLanguages() -> [Placed<Language>] {
        var found: [Placed<Language>] = []
        for entry in languageHeads() {
            allow([], in: entry.block)
            guard let number = UInt8(exactly: entry.number).flatMap(LanguageNumber.init) else { continue }
            if let earlier = found.first(where: { $0.value.tag == entry.tag }) {
                problems.report(
                    entry.block.line, expected: "each language once", found: "'\(entry.tag)', which line \(earlier.block.line) has already",
                    hint: "Delete one of them."
                )
            }
            found.append(Placed(value: Language(number: number, tag: entry.tag, name: entry.name), block: entry.block))
        }
        return found
    }

    private struct LanguageHead {
        let number: Int
        let tag: LanguageTag
        let name: String
        let block: Block
    }

    private mutating func languageHeads() -> [LanguageHead] {
        var found: [LanguageHead] = []
        for block in blocks(.languages, ["language"]) {
            guard let (words, name) = block.head.values.wordsThenText, words.count == 2, let number = WholeNumber.value(words[0]),
                (1...Limits.languagesMax).contains(number), let tag = LanguageTag(words[1]), name.utf8.count <= Limits.titleBytesMax
            else {
                problems.report(
                    block.line,
                    expected:
                        "'language', a number from 1 to \(Limits.languagesMax), a tag of BCP 47 and the language's name in quotation marks",
                    found: block.head.values.shown, hint: "For example: language 2  ru  \"Русский\""
                )
                continue
            }
            if let last = found.last, number <= last.number {
                problems.report(
                    block.line, expected: "a number above \(last.number)", found: "'\(number)'",
                    hint: "Numbers rise, and each stands once; gaps may be left."
                )
            }
            found.append(LanguageHead(number: number, tag: tag, name: name, block: block))
        }
        return found
    }

    mutating func readParties(keys: [Placed<(StationNumber, PartyKeys)>]) -> [Placed<Party>] {
        var found: [Placed<Party>] = []
        for entry in numbered(.parties, "party", 1...15, code: false) {
            let block = entry.block
            allow(["name", "mark", "languages", "nonce"], in: block)
            let names = wording("name", in: block, bytesMax: Limits.titleBytesMax)
            let mark = readMark(block)
            let tags = readPartyLanguages(block)
            let nonce = one("nonce", in: block, "32 bytes in base64") { Self.shortValue($0.word) }
            guard let number = UInt8(exactly: entry.number).flatMap(StationNumber.init), let names, let mark, let tags, let nonce,
                let keys = keys.first(where: { $0.value.0 == number })?.value.1
            else { continue }
            found.append(
                Placed(value: Party(number: number, names: names, mark: mark, languages: tags, nonce: nonce, keys: keys), block: block)
            )
        }
        return found
    }

    mutating func readKeys() -> [Placed<(StationNumber, PartyKeys)>] {
        var found: [Placed<(StationNumber, PartyKeys)>] = []
        for entry in numbered(.keys, "keys", 1...15, code: false) {
            let block = entry.block
            allow(["light", "tls-pin", "next", "recovery", "root", "station"], in: block)
            guard let keys = readPartyKeys(block), let number = UInt8(exactly: entry.number).flatMap(StationNumber.init) else { continue }
            found.append(Placed(value: (number, keys), block: block))
        }
        return found
    }
}
