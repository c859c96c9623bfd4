import HotlineSeal
import HotlineWire

/// Writes terms as the text of an agreement, with no signature below it yet.
enum TermsWriter {
    static func file(_ terms: Terms) -> [UInt8] {
        var page = Page()
        writeHeader(terms, &page)
        page.heading(.preamble)
        for line in terms.preamble { page.add(line) }
        writeParties(terms, &page)
        writePosts(terms, &page)
        writeChannels(terms, &page)
        writePrecedences(terms, &page)
        writeSchedule(terms, &page)
        writePhrases(terms, &page)
        writeForms(terms, &page)
        writeBearers(terms, &page)
        writeKeys(terms, &page)
        page.gap()
        page.add(Heading.signatures.rawValue)
        return page.bytes
    }

    private static func writeHeader(_ terms: Terms, _ page: inout Page) {
        page.add(Heading.title)
        page.gap()
        page.head("line", Statement.quote(terms.line))
        page.head("date", Timestamp.text(terms.date))
        page.head("version", String(terms.edition.version))
        switch terms.edition {
        case .first: break
        case .amendment(let amendment):
            page.head("first", "\(Timestamp.text(amendment.epoch)) \(amendment.first)")
            page.head("amends", amendment.previous.description)
        }
        page.head("suite", "1")
    }

    private static func writeParties(_ terms: Terms, _ page: inout Page) {
        page.heading(.parties)
        for party in terms.parties {
            page.gap()
            page.add("party \(party.number)")
            page.fields("name", party.names)
            page.field("mark", party.mark)
            page.field("languages", party.languages.map(\.text).joined(separator: " "))
            page.field("nonce", Base64.string(party.nonce))
        }
        page.heading(.languages)
        for language in terms.languages {
            page.head("language \(language.number)", "\(language.tag) \(Statement.quote(language.name))")
        }
    }

    private static func writePosts(_ terms: Terms, _ page: inout Page) {
        page.heading(.posts)
        for post in terms.posts {
            page.gap()
            page.head("post \(post.number)", post.code)
            page.field("party", post.party.description)
            page.field("counterparts", list(post.counterparts))
            page.field("succession", list(post.succession))
            if let rank = post.rank { page.field("rank", String(rank)) }
            page.fields("title", post.title)
            page.fields("address", post.address)
        }
    }

    private static func writeChannels(_ terms: Terms, _ page: inout Page) {
        page.heading(.channels)
        for channel in terms.channels {
            page.gap()
            page.head("channel \(channel.number)", channel.code)
            page.fields("title", channel.title)
            page.field("precedence", list(channel.precedences))
            switch channel.release {
            case .nobody: page.field("release", "none")
            case .roles(let roles, let proofFirst):
                page.field("release", roles.map(\.rawValue).joined(separator: " "))
                page.field("proof", proofFirst ? "first" : "may-follow")
            }
            switch channel.suspension {
            case .never: page.field("suspension", "never")
            case .allowed(let passing):
                page.field("suspension", "allowed")
                page.field("passes", list(passing))
            }
        }
    }

    private static func writePrecedences(_ terms: Terms, _ page: inout Page) {
        page.heading(.precedences)
        for precedence in Precedence.allCases {
            page.gap()
            page.add("precedence \(precedence)")
            page.field("receipt", SpanText.text(terms.deadlines[precedence].receipt))
            page.field("reply", SpanText.text(terms.deadlines[precedence].reply))
            guard precedence == .flash else { continue }
            page.field("words", String(terms.flash.wordsMax))
            page.field("bytes", String(terms.flash.bytesMax))
            page.field("quota", "\(terms.flash.burst) then 1 per \(SpanText.text(terms.flash.interval))")
        }
    }

    private static func writeSchedule(_ terms: Terms, _ page: inout Page) {
        page.heading(.lineTests)
        page.head("probe", "every \(SpanText.text(terms.tests.probe))")
        page.head("silence", "after \(SpanText.text(terms.tests.silence))")
        for test in terms.tests.tests {
            page.gap()
            page.add("test \(test.number)")
            page.field("party", test.party.description)
            page.field("every", SpanText.text(test.every))
            page.field("from", "\(TimeOfDay.text(test.from)) UTC")
            page.field("answer", SpanText.text(test.answer))
        }
        page.heading(.contacts)
        if terms.contacts.isEmpty { page.add("none") }
        for contact in terms.contacts {
            page.gap()
            page.add("contact \(contact.number)")
            page.field("posts", list(contact.posts))
            page.field("kind", contact.kind.rawValue)
            page.field("every", SpanText.text(contact.every))
            page.field("from", Timestamp.text(contact.from))
        }
    }

    private static func writePhrases(_ terms: Terms, _ page: inout Page) {
        page.heading(.holdingReplies)
        for reply in terms.holdingReplies {
            page.gap()
            page.add("reply \(reply.number)")
            page.fields("text", reply.text)
        }
        page.heading(.declineReasons)
        if terms.declineReasons.isEmpty { page.add("none") }
        for reason in terms.declineReasons {
            page.gap()
            page.head("reason \(reason.number)", reason.code)
            page.fields("text", reason.text)
        }
        page.heading(.glossary)
        if terms.glossary.isEmpty { page.add("none") }
        for term in terms.glossary {
            page.gap()
            page.head("term \(term.number)", term.code)
            for word in term.words { page.field("word", "\(word.party) \(word.language) \(Statement.quote(word.text))") }
        }
        page.heading(.phrasebook)
        if terms.phrasebook.isEmpty { page.add("none") }
        for signal in terms.phrasebook {
            page.gap()
            page.head("signal \(signal.number)", signal.codeWord)
            page.fields("text", signal.text)
        }
    }

    private static func writeForms(_ terms: Terms, _ page: inout Page) {
        page.heading(.forms)
        if terms.forms.isEmpty { page.add("none") }
        for form in terms.forms {
            page.gap()
            page.head("form \(form.number)", form.code)
            page.fields("title", form.title)
            for field in form.fields {
                page.field("field", "\(field.number) \(field.code) \(field.kind.rawValue) \(field.required ? "required" : "optional")")
                page.fields("label", field.label, prefix: "\(field.number) ")
                for (place, choice) in field.choices.enumerated() { page.fields("choice", choice, prefix: "\(field.number) \(place + 1) ") }
            }
        }
    }

    private static func writeBearers(_ terms: Terms, _ page: inout Page) {
        page.heading(.bearers)
        for channel in terms.channels { page.head("channel \(channel.number)", channel.bearers.map(\.rawValue).joined(separator: " ")) }
    }

    private static func writeKeys(_ terms: Terms, _ page: inout Page) {
        page.heading(.keys)
        for party in terms.parties {
            page.gap()
            page.add("keys \(party.number)")
            page.field("light", Base64.string(party.keys.light.bytes))
            page.field("tls-pin", Base64.string(party.keys.tlsPin))
            page.field("next", Base64.string(party.keys.next.bytes))
            if party.keys.recovery.isEmpty { page.field("recovery", "none") }
            for hash in party.keys.recovery { page.field("recovery", Base64.string(hash.bytes)) }
            page.wrapped("root", party.keys.root.bytes)
            page.wrapped("station", party.keys.station.bytes)
        }
    }

    private static func list(_ values: [some CustomStringConvertible]) -> String {
        values.isEmpty ? "none" : values.map(\.description).joined(separator: " ")
    }
}
