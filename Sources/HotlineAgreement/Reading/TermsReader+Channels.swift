import HotlineWire

extension TermsReader {
    mutating func readChannels(bearers: [Placed<(ChannelNumber, [BearerKind])>]) -> [Placed<Channel>] {
        var found: [Placed<Channel>] = []
        for entry in numbered(.channels, "channel", Limits.channelRange, code: true) {
            let block = entry.block
            allow(["title", "precedence", "release", "proof", "suspension", "passes"], in: block)
            let title = wording("title", in: block, bytesMax: Limits.titleBytesMax)
            let precedences = one("precedence", in: block, "precedences in order, the most urgent first: FLASH IMMEDIATE PRIORITY ROUTINE") {
                Self.precedences($0.words)
            }
            let release = readRelease(block)
            let suspension = readSuspension(block)
            guard let number = UInt8(exactly: entry.number).flatMap(ChannelNumber.init), let title, let precedences, let release,
                let suspension
            else { continue }
            let kinds = bearers.first { $0.value.0 == number }?.value.1 ?? []
            let channel = Channel(
                number: number, code: entry.code, title: title, precedences: precedences, release: release, suspension: suspension,
                bearers: kinds
            )
            found.append(Placed(value: channel, block: block))
        }
        return found
    }

    private mutating func readRelease(_ block: Block) -> ReleaseRule? {
        let names = OfficerRole.allCases.map(\.rawValue).joined(separator: ", ")
        let roles = one("release", in: block, "'none', or the roles that must sign: \(names)") { values -> [OfficerRole]? in
            guard let words = values.words, !words.isEmpty else { return nil }
            if words == ["none"] { return [] }
            let roles = words.compactMap { OfficerRole(rawValue: $0) }
            return roles.count == words.count && roles.count <= Limits.releaseRolesMax ? roles : nil
        }
        let proof = optional("proof", in: block, "'first' or 'may-follow'") { values -> Bool? in
            switch values.word {
            case "first": true
            case "may-follow": false
            default: nil
            }
        }
        guard let roles else { return nil }
        let says = block.fields.contains { $0.key == "proof" }
        if roles.isEmpty == says {
            problems.report(
                block.line(of: "proof"),
                expected: says ? "no 'proof' where the release is 'none'" : "a line 'proof' with 'first' or 'may-follow'",
                found: says ? "one" : "none",
                hint: "'first': the text is shown as authentic only after the officers' signatures are checked."
            )
        }
        return roles.isEmpty ? ReleaseRule.nobody : .roles(roles, proofFirst: proof ?? true)
    }

    private mutating func readSuspension(_ block: Block) -> SuspensionRule? {
        let allowed = one("suspension", in: block, "'never' or 'allowed'") { values -> Bool? in
            switch values.word {
            case "never": false
            case "allowed": true
            default: nil
            }
        }
        let passing = optional("passes", in: block, "'none', or precedences in order, the most urgent first") { values in
            values.word == "none" ? [] : Self.precedences(values.words)
        }
        guard let allowed else { return nil }
        let says = block.fields.contains { $0.key == "passes" }
        if allowed != says {
            problems.report(
                block.line(of: "passes"),
                expected: allowed ? "a line 'passes' with what still passes, or 'none'" : "no 'passes' where a channel is never suspended",
                found: says ? "one" : "none", hint: "While a channel is suspended, what it 'passes' goes on."
            )
        }
        return allowed ? .allowed(passing: passing ?? []) : .never
    }

    mutating func readBearers() -> [Placed<(ChannelNumber, [BearerKind])>] {
        var found: [Placed<(ChannelNumber, [BearerKind])>] = []
        let names = BearerKind.allCases.map(\.rawValue).joined(separator: ", ")
        for block in blocks(.bearers, ["channel"]) {
            allow([], in: block)
            guard let words = block.head.values.words,
                let number = words.first.flatMap({ WholeNumber.value($0) }).flatMap(UInt8.init(exactly:)),
                let channel = ChannelNumber(number), let kinds = Self.list(Array(words.dropFirst()), { BearerKind(rawValue: $0) }),
                !kinds.isEmpty
            else {
                problems.report(
                    block.line, expected: "'channel', its number and what may carry it: \(names)", found: block.head.values.shown,
                    hint: "Bearers are named by kind, once each, without addresses."
                )
                continue
            }
            found.append(Placed(value: (channel, kinds), block: block))
        }
        return found
    }
}
