public import HotlineWire

/// What carries the terms of an agreement: the terms themselves, a parsed agreement, a verified one.
public protocol AgreedTerms {
    var terms: Terms { get }
}

extension Terms: AgreedTerms {
    public var terms: Terms { self }
}

extension AgreedTerms {
    public func party(_ number: StationNumber) -> Party? { terms.parties.first { $0.number == number } }
    public func post(_ number: PostNumber) -> Post? { terms.posts.first { $0.number == number } }
    public func channel(_ number: ChannelNumber) -> Channel? { terms.channels.first { $0.number == number } }
    public func channel(named code: some StringProtocol) -> Channel? { terms.channels.first { $0.code == code.lowercased() } }
    public func language(_ number: LanguageNumber) -> Language? { terms.languages.first { $0.number == number } }
    public func language(_ tag: LanguageTag) -> Language? { terms.languages.first { $0.tag == tag } }
    public func holdingReply(_ number: UInt8) -> HoldingReply? { terms.holdingReplies.first { $0.number == number } }
    public func declineReason(_ number: UInt8) -> DeclineReason? { terms.declineReasons.first { $0.number == number } }
    public func term(_ number: UInt8) -> Term? { terms.glossary.first { $0.number == number } }
    public func signal(_ number: UInt8) -> Signal? { terms.phrasebook.first { $0.number == number } }
    public func signal(named codeWord: some StringProtocol) -> Signal? { terms.phrasebook.first { $0.codeWord == codeWord.uppercased() } }
    public func form(_ number: UInt8) -> Form? { terms.forms.first { $0.number == number } }

    public func posts(of party: StationNumber) -> [Post] { terms.posts.filter { $0.party == party } }

    /// The post opposite at this party.
    public func counterpart(of post: Post, at party: StationNumber) -> Post? {
        post.counterparts.lazy.compactMap { self.post($0) }.first { $0.party == party }
    }

    /// The posts that a person may mean by a name, whatever its capitals: the one with this code or number, else those
    /// with this title in any language, else those whose code is this name behind their party's mark (`cgs` for `m-cgs`).
    public func posts(named name: some StringProtocol, of party: StationNumber? = nil) -> [Post] {
        let wanted = name.lowercased()
        let candidates = terms.posts.filter { party == nil || $0.party == party }
        let exact = candidates.filter { $0.code == wanted || $0.number.description == wanted }
        if !exact.isEmpty { return exact }
        let titled = candidates.filter { $0.title.versions.contains { $0.text.lowercased() == wanted } }
        if !titled.isEmpty { return titled }
        return candidates.filter { post in self.party(post.party).map { "\($0.mark.lowercased())-\(wanted)" == post.code } ?? false }
    }

    /// The one post meant by a name; nil where there is none or more than one.
    public func post(named name: some StringProtocol, of party: StationNumber? = nil) -> Post? {
        let found = posts(named: name, of: party)
        return found.count == 1 ? found[0] : nil
    }
}
