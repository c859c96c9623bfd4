import HotlineWire

/// Puts the default terms between defence staffs together.
struct DefenceComposition {
    let identities: [Identity]
    let staffs: [DefenceStaff]
    let date: WallTime

    func terms(line: String?) -> Terms {
        Terms(
            line: line ?? lineName,
            date: date, preamble: preamble, parties: parties, languages: lineLanguages, posts: posts, channels: channels,
            deadlines: DeadlineTable(
                flash: Deadlines(receipt: .seconds(2 * 60), reply: .seconds(10 * 60)),
                immediate: Deadlines(receipt: .seconds(5 * 60), reply: .seconds(30 * 60)),
                priority: Deadlines(receipt: .seconds(30 * 60), reply: .seconds(3 * 3600)),
                routine: Deadlines(receipt: .seconds(2 * 3600), reply: .seconds(24 * 3600))
            ),
            flash: FlashLimits(wordsMax: Limits.flashWordsMax, bytesMax: Limits.flashBytesMax, burst: 3, interval: .seconds(5 * 60)),
            tests: lineTests, contacts: contacts,
            holdingReplies: numbered(\.holdingReplies).map { HoldingReply(number: $0, text: $1) },
            declineReasons: numbered(\.declineReasons).map {
                DeclineReason(number: $0, code: DraftWords.reasonCodes[Int($0) - 1], text: $1)
            },
            glossary: glossary,
            phrasebook: numbered(\.signals).map { Signal(number: $0, codeWord: DraftWords.codeWords[Int($0) - 1], text: $1) },
            forms: [
                form(1, "incident", DraftWords.incidentFields, \.incident), form(2, "activity", DraftWords.activityFields, \.activity),
            ]
        )
    }

    // MARK: Languages

    /// English, then each party's first language.
    private var tags: [LanguageTag] {
        var tags = [LanguageTag.english]
        for tag in identities.map(\.languages[0]) where !tags.contains(tag) { tags.append(tag) }
        return tags
    }

    /// The parties' names; their marks, where the names are too many for a line.
    private var lineName: String {
        let names = identities.map { $0.names.text(in: .english) }.joined(separator: " – ")
        return names.utf8.count <= Limits.titleBytesMax ? names : identities.map(\.mark).joined(separator: " – ")
    }

    private var lineLanguages: [Language] {
        tags.enumerated().compactMap { place, tag in
            LanguageNumber(UInt8(place + 1)).map { Language(number: $0, tag: tag, name: LanguageName.own(of: tag)) }
        }
    }

    private func wording(_ text: (LanguageTag) -> String) -> Wording { Wording(tags.map { Wording.Version($0, text($0)) }) }

    private func numbered(_ list: KeyPath<DraftWords, [String]>) -> [(UInt8, Wording)] {
        DraftWords.english[keyPath: list].indices.map { place in
            (UInt8(place + 1), wording { DraftWords.words(in: $0)[keyPath: list][place] })
        }
    }

    private var preamble: [String] {
        let written = tags.filter { DraftWords.has($0) }
        var lines: [String] = []
        for tag in written {
            if !lines.isEmpty { lines += [""] }
            if written.count > 1 { lines += [LanguageName.own(of: tag), ""] }
            lines += DraftWords.words(in: tag).preamble
        }
        return lines
    }

    // MARK: Parties and posts

    private var stations: [StationNumber] { identities.indices.compactMap { StationNumber(UInt8($0 + 1)) } }

    private var parties: [Party] {
        zip(stations, identities).map { number, identity in
            Party(
                number: number, names: wording { identity.names[$0] ?? identity.names.text(in: .english) }, mark: identity.mark,
                languages: identity.languages.filter { tags.contains($0) }, nonce: identity.nonce, keys: identity.keys
            )
        }
    }

    /// Minister, chief and watch of each party in turn; each opposite the same of every other.
    private var posts: [Post] {
        var posts: [Post] = []
        for (party, staff) in zip(stations, staffs) {
            let mark = identities[Int(party.value) - 1].mark.lowercased()
            for (rank, office) in [staff.minister, staff.chief, staff.watch].enumerated() {
                guard let number = post(rank, of: party) else { continue }
                posts.append(
                    Post(
                        number: number, code: "\(mark)-\(office.code)", party: party,
                        counterparts: stations.filter { $0 != party }.compactMap { post(rank, of: $0) },
                        succession: DefenceComposition.succession[rank].compactMap { post($0, of: party) }, rank: UInt8(rank + 1),
                        title: wording { office.title.text(in: $0) }, address: wording { office.address.text(in: $0) }
                    )
                )
            }
        }
        return posts
    }

    /// The chief and the watch stand in for the minister, the watch for the chief; what the watch leaves lying goes to the chief.
    private static let succession = [[1, 2], [2], [1]]

    private func post(_ rank: Int, of party: StationNumber) -> PostNumber? { PostNumber((party.value - 1) * 3 + UInt8(rank) + 1) }

    // MARK: Channels and schedule

    private var channels: [Channel] {
        let slow: [Precedence] = [.priority, .routine]
        let all = Precedence.allCases
        let bearers = BearerKind.allCases
        let rules: [(precedences: [Precedence], release: ReleaseRule, suspension: SuspensionRule)] = [
            (slow, .nobody, .never),
            (all, .nobody, .allowed(passing: [.flash, .immediate])),
            (all, .nobody, .allowed(passing: [.flash])),
            (all, .roles([.watch, .releaser], proofFirst: true), .allowed(passing: [.flash])),
        ]
        return zip(rules.indices, rules).compactMap { place, rule in
            guard let number = ChannelNumber(UInt8(place)) else { return nil }
            return Channel(
                number: number, code: DraftWords.channelCodes[place], title: wording { DraftWords.words(in: $0).channels[place] },
                precedences: rule.precedences, release: rule.release, suspension: rule.suspension, bearers: bearers
            )
        }
    }

    /// An hour of the day for each party in turn.
    private var lineTests: LineTests {
        let hours = (stations.count...24).first { 24 % $0 == 0 } ?? 24
        let tests = zip(stations.indices, stations).map { place, party in
            LineTest(
                number: UInt8(place + 1), party: party, every: .seconds(Int64(hours) * 3600), from: .seconds(Int64(place) * 3600),
                answer: .seconds(10 * 60)
            )
        }
        return LineTests(probe: .seconds(10), silence: .seconds(2 * 60), tests: tests)
    }

    /// The chiefs of every two parties, once a week at noon, from a week after the date.
    private var contacts: [RegularContact] {
        let day: Int64 = 86_400_000
        let noon = WallTime(milliseconds: date.milliseconds / day * day + 7 * day + day / 2)
        var contacts: [RegularContact] = []
        for (place, first) in stations.enumerated() {
            for second in stations[(place + 1)...] {
                guard let one = post(1, of: first), let other = post(1, of: second) else { continue }
                contacts.append(
                    RegularContact(
                        number: UInt8(contacts.count + 1), posts: [one, other], kind: .session, every: .seconds(7 * 86_400), from: noon
                    )
                )
            }
        }
        return contacts
    }

    // MARK: Words

    private var glossary: [Term] {
        DraftWords.termCodes.enumerated().map { place, code in
            let words = zip(stations, identities).map { party, identity in
                Term.Word(
                    party: party, language: identity.languages[0], text: DraftWords.words(in: identity.languages[0]).terms[place]
                )
            }
            return Term(number: UInt8(place + 1), code: code, words: words)
        }
    }

    private func form(_ number: UInt8, _ code: String, _ fields: [DraftField], _ words: KeyPath<DraftWords, DraftForm>) -> Form {
        let built = fields.enumerated().map { place, field in
            FormField(
                number: UInt8(place + 1), code: field.code, kind: field.kind, required: field.required,
                label: wording { DraftWords.words(in: $0)[keyPath: words].labels[place] },
                choices: DraftWords.english[keyPath: words].choices[place].indices.map { choice in
                    wording { DraftWords.words(in: $0)[keyPath: words].choices[place][choice] }
                }
            )
        }
        return Form(number: number, code: code, title: wording { DraftWords.words(in: $0)[keyPath: words].title }, fields: built)
    }
}
