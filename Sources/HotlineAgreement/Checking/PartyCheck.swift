import HotlineSeal
import HotlineWire

extension TermsReader {
    /// Counts, marks, names and languages of the parties, and languages that nobody uses.
    mutating func checkParties(_ parties: [Placed<Party>], languages: [Placed<Language>]) {
        let count = declared(.parties).count
        if let section = outline.sections[.parties], !section.blocks.isEmpty, !Limits.partiesRange.contains(count) {
            problems.report(
                section.line, expected: "two to fifteen parties", found: "\(count)",
                hint: "A line has at least two ends, each with a station number of its own."
            )
        }
        for (place, party) in parties.enumerated() {
            for earlier in parties[..<place] where earlier.value.mark == party.value.mark {
                problems.report(
                    party.block.line(of: "mark"), expected: "a mark of its own",
                    found: "'\(party.value.mark)', the mark of party \(earlier.value.number)",
                    hint: "Serials such as \(party.value.mark)-1042 would name two stations."
                )
            }
            for earlier in parties[..<place] where earlier.value.names.shares(with: party.value.names) {
                problems.report(
                    party.block.line(of: "name"), expected: "a name of its own", found: "the name of party \(earlier.value.number)",
                    hint: "People tell parties apart by their names."
                )
            }
            for tag in party.value.languages where !self.languages.isEmpty && !self.languages.contains(tag) {
                problems.report(
                    party.block.line(of: "languages"), expected: "languages of the line", found: "'\(tag)'",
                    hint: "List the language under LANGUAGES, and every text in it."
                )
            }
        }
    }

    /// Every party has keys, and no secret or public value stands twice: a key that two have, or that one has for two
    /// purposes, lets one signature be passed off as another.
    mutating func checkKeys(_ keys: [Placed<(StationNumber, PartyKeys)>], parties: [Placed<Party>]) {
        let listed = declared(.keys)
        if let section = outline.sections[.keys] {
            for number in declared(.parties).subtracting(listed).sorted() {
                problems.report(
                    section.line, expected: "keys of party \(number)", found: "none", hint: "Copy them from the party's identity card."
                )
            }
        }
        for placed in keys where !isParty(placed.value.0) { reportNoParty(placed.block.line, placed.value.0) }
        var values: [KeyValue] = []
        for placed in keys { values += KeyValue.all(of: placed.value.0, placed.value.1, placed.block) }
        for party in parties {
            values.append(
                KeyValue(bytes: party.value.nonce, what: "nonce of party \(party.value.number)", line: party.block.line(of: "nonce")))
        }
        checkDistinct(values)
    }

    /// No value stands twice.
    mutating func checkDistinct(_ values: [KeyValue]) {
        var seen: [[UInt8]: KeyValue] = [:]
        for value in values {
            guard let earlier = seen[value.bytes] else {
                seen[value.bytes] = value
                continue
            }
            let (first, second) = earlier.line <= value.line ? (earlier, value) : (value, earlier)
            problems.report(
                second.line, expected: "a \(second.what) that stands nowhere else",
                found: "the value of the \(first.what) on line \(first.line)",
                hint: "One key has one purpose and one holder. Do not sign; ask the parties for new identity cards."
            )
        }
    }
}

/// A value that must stand once in an agreement: a key, half a key, a pin, a hash, a nonce.
struct KeyValue {
    let bytes: [UInt8]
    let what: String
    let line: Int

    /// `party` is nil on a card.
    static func all(of party: StationNumber?, _ keys: PartyKeys, _ block: Block) -> [KeyValue] {
        let owner = party.map { " of party \($0)" } ?? ""
        func value(_ bytes: [UInt8], _ what: String, _ key: String) -> KeyValue {
            KeyValue(bytes: bytes, what: what + owner, line: block.line(of: key))
        }
        let recovery = block.fields.filter { $0.key == "recovery" }
        return [
            value(keys.light.bytes, "light key", "light"),
            value(keys.tlsPin, "TLS pin", "tls-pin"),
            value(keys.next.bytes, "next identity", "next"),
            value(keys.root.classicalHalf, "Ed25519 half of the root key", "root"),
            value(keys.root.latticeHalf, "ML-DSA half of the root key", "root"),
            value(keys.station.classicalHalf, "Ed25519 half of the station key", "station"),
            value(keys.station.latticeHalf, "ML-DSA half of the station key", "station"),
        ] + zip(keys.recovery, recovery).map { KeyValue(bytes: $0.bytes, what: "recovery key" + owner, line: $1.line) }
    }
}
