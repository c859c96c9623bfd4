import HotlineDaemon

/// An agreement as a page.
struct AgreementPage {
    let agreement: AgreementView
    let terminal: Terminal

    var lines: [String] {
        heading + [""] + parties + [""] + posts + [""] + channels + [""] + deadlines + [""] + rest
    }

    private var heading: [String] {
        [
            field("line", agreement.line), field("version", "\(agreement.version), of \(Times(isLocal: false).full(agreement.date))"),
            field("languages", agreement.languages.joined(separator: ", ")), field("hash", agreement.hash),
        ] + WordsPage.lines(agreement.words)
            + (agreement.lineHash == agreement.hash ? [] : [field("line hash", agreement.lineHash)] + WordsPage.lines(agreement.lineWords))
    }

    private var parties: [String] {
        var table = Table(.init(title: "PARTY", gives: true), .init(title: "MARK"), .init(title: "STATION", isNumber: true), .init(title: "SIGNATURE"))
        for party in agreement.parties {
            let signature: Table.Cell =
                switch party.signature {
                case .signed: .init("signed")
                case .missing: .init("missing")
                case .wrong: .init("WRONG", isAlarm: true)
                }
            table.add(.init(party.name), .init(party.mark), .init("\(party.station)"), signature)
        }
        return table.lines(terminal)
    }

    private var posts: [String] {
        var table = Table(
            .init(title: "POST"), .init(title: "TITLE", gives: true), .init(title: "ADDRESSED AS", gives: true), .init(title: "COUNTERPARTS")
        )
        for post in agreement.posts {
            table.add(
                .init(post.code), .init(post.titles.first?.text ?? "-"), .init(post.addresses.first?.text ?? "-"),
                .init(post.counterparts.joined(separator: ", "))
            )
        }
        return table.lines(terminal)
    }

    private var channels: [String] {
        var table = Table(
            .init(title: "CHANNEL"), .init(title: "TITLE", gives: true), .init(title: "RELEASED BY", goes: 2), .init(title: "BEARERS", goes: 1), .init(title: "PRECEDENCES")
        )
        for channel in agreement.channels {
            table.add(
                .init(channel.code), .init(channel.titles.first?.text ?? "-"),
                .init(channel.release.isEmpty ? "one officer" : channel.release.joined(separator: ", ")),
                .init(channel.bearers.joined(separator: ", ")), .init(channel.precedences.joined(separator: ", "))
            )
        }
        return table.lines(terminal)
    }

    private var deadlines: [String] {
        var table = Table(.init(title: "PRECEDENCE"), .init(title: "RECEIPT WITHIN", isNumber: true), .init(title: "OUTCOME WITHIN", isNumber: true))
        for deadline in agreement.deadlines {
            table.add(.init(deadline.precedence, isAlarm: deadline.precedence == "FLASH"), .init(span(deadline.receipt)), .init(span(deadline.reply)))
        }
        return table.lines(terminal)
    }

    private var rest: [String] {
        let tests = agreement.lineTests
        return [
            field("line tests", "a probe every \(span(tests.probe)), down after \(span(tests.silence)), \(tests.tests) by hand a day"),
            field("contacts", "\(agreement.contacts)"), field("holding", "\(agreement.holdingReplies) replies, \(agreement.declineReasons) reasons to decline"),
            field("glossary", "\(agreement.glossary) terms"), field("signals", agreement.signals.isEmpty ? "none" : agreement.signals.joined(separator: ", ")),
            field("forms", agreement.forms.isEmpty ? "none" : agreement.forms.joined(separator: ", ")),
        ]
    }

    private func field(_ name: String, _ value: String) -> String { Cells.pad(name, to: 11) + Plain.line(value) }

    private func span(_ seconds: Int) -> String {
        if seconds > 0, seconds % 3600 == 0 { return "\(seconds / 3600) h" }
        if seconds > 0, seconds % 60 == 0 { return "\(seconds / 60) min" }
        return "\(seconds) s"
    }
}
