import HotlineWire

/// Reads the sections of an agreement into terms. What it cannot read it reports, and goes on.
struct TermsReader {
    let outline: Outline
    var problems: Problems

    /// The tags of LANGUAGES, in order.
    var languages: [LanguageTag] = []

    init(_ outline: Outline, problems: Problems) {
        self.outline = outline
        self.problems = problems
    }

    /// Nil where a problem was reported.
    mutating func terms() -> Terms? {
        let languages = readLanguages()
        self.languages = languages.map(\.value.tag)
        let header = readHeader()
        let keys = readKeys()
        let parties = readParties(keys: keys)
        let posts = readPosts()
        let bearers = readBearers()
        let channels = readChannels(bearers: bearers)
        let precedences = readPrecedences()
        let tests = readLineTests()
        let contacts = readContacts()
        let replies = readHoldingReplies()
        let reasons = readDeclineReasons()
        let glossary = readGlossary()
        let phrasebook = readPhrasebook()
        let forms = readForms()
        checkParties(parties, languages: languages)
        checkKeys(keys, parties: parties)
        checkPosts(posts)
        checkChannels(channels, bearers: bearers)
        checkContacts(contacts, posts: posts)
        guard problems.isEmpty, let header, let precedences, let tests else { return nil }
        return Terms(
            line: header.line, date: header.date, edition: header.edition, preamble: outline.preamble, parties: parties.map(\.value),
            languages: languages.map(\.value), posts: posts.map(\.value), channels: channels.map(\.value), deadlines: precedences.deadlines,
            flash: precedences.flash, tests: tests.value, contacts: contacts.map(\.value), holdingReplies: replies, declineReasons: reasons,
            glossary: glossary, phrasebook: phrasebook, forms: forms
        )
    }

    /// The numbers that the heads of a section declare, whether or not the rest of each block can be read: a fault in one
    /// block is then not told again at every place that refers to it.
    func declared(_ heading: Heading) -> Set<Int> {
        let heads = outline.sections[heading]?.blocks.map(\.head) ?? []
        return Set(
            heads.compactMap { head in
                guard case .word(let word)? = head.values.first else { return nil }
                return WholeNumber.value(word)
            }
        )
    }

    func isParty(_ number: StationNumber) -> Bool { declared(.parties).contains(Int(number.value)) }
}
