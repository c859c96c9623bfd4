import HotlineAgreement
import HotlineSeal
import HotlineWire

/// An agreement on one page, for people and for `--json`.
public struct AgreementView: Codable, Hashable, Sendable {
    /// The name of the line.
    public let line: String
    /// RFC 3339.
    public let date: String
    /// 1 for the first agreement of a line.
    public let version: Int
    /// Hexadecimal SHA-256 of the text that is signed.
    public let hash: String
    /// The same as sixteen words in four groups of four: what the parties read to each other before they sign.
    public let words: [[String]]
    /// LH: the hash of the first agreement, which names the line.
    public let lineHash: String
    public let lineWords: [[String]]
    public let languages: [String]
    public let parties: [PartyView]
    public let posts: [PostView]
    public let channels: [ChannelView]
    public let deadlines: [DeadlineView]
    public let lineTests: LineTestsView
    public let contacts: Int
    public let holdingReplies: Int
    public let declineReasons: Int
    public let glossary: Int
    public let signals: [String]
    public let forms: [String]
    /// Whether every party's signature is there and holds: it can be installed.
    public let isSignedByAll: Bool

    public struct PartyView: Codable, Hashable, Sendable {
        public enum Signature: String, Codable, Sendable, CaseIterable {
            case signed, missing
            /// There is one, and it is not by this party's root key over this text.
            case wrong
        }
        public let station: Int
        public let mark: String
        public let name: String
        public let names: [WordingView]
        public let languages: [String]
        public let signature: Signature
    }

    public struct PostView: Codable, Hashable, Sendable {
        public let code: String
        /// The mark of its party.
        public let party: String
        public let titles: [WordingView]
        public let addresses: [WordingView]
        /// Codes of the posts opposite, and of those who stand in, in order.
        public let counterparts: [String]
        public let succession: [String]
    }

    public struct ChannelView: Codable, Hashable, Sendable {
        public let code: String
        public let titles: [WordingView]
        public let precedences: [String]
        /// Roles that must sign before a message leaves; none where nobody must.
        public let release: [String]
        public let canBeSuspended: Bool
        public let bearers: [String]
    }

    public struct DeadlineView: Codable, Hashable, Sendable {
        public let precedence: String
        /// Seconds until the watch has taken a message.
        public let receipt: Int
        /// Seconds until it has an outcome.
        public let reply: Int
    }

    public struct LineTestsView: Codable, Hashable, Sendable {
        /// Seconds between two probes of a bearer.
        public let probe: Int
        /// Seconds after which a line that has not answered counts as down.
        public let silence: Int
        /// Tests by hand in a day.
        public let tests: Int
    }

    init(_ agreement: ParsedAgreement) {
        let terms = agreement.terms
        line = terms.line
        date = Timestamp.text(terms.date)
        version = terms.edition.version
        hash = agreement.hash.description
        words = Fingerprint(agreement.hash).groups
        lineHash = agreement.line.description
        lineWords = Fingerprint(agreement.line).groups
        languages = terms.languages.map(\.tag.text)
        parties = terms.parties.map { PartyView($0, in: agreement) }
        posts = terms.posts.map { PostView($0, in: terms) }
        channels = terms.channels.map(ChannelView.init)
        deadlines = Precedence.allCases.map { precedence in
            let deadlines = terms.deadlines[precedence]
            return DeadlineView(precedence: precedence.description, receipt: deadlines.receipt.wholeSeconds, reply: deadlines.reply.wholeSeconds)
        }
        lineTests = LineTestsView(probe: terms.tests.probe.wholeSeconds, silence: terms.tests.silence.wholeSeconds, tests: terms.tests.tests.count)
        contacts = terms.contacts.count
        holdingReplies = terms.holdingReplies.count
        declineReasons = terms.declineReasons.count
        glossary = terms.glossary.count
        signals = terms.phrasebook.map(\.codeWord)
        forms = terms.forms.map(\.code)
        isSignedByAll = parties.allSatisfy { $0.signature == .signed }
    }
}

extension AgreementView.PartyView {
    fileprivate init(_ party: Party, in agreement: ParsedAgreement) {
        station = Int(party.number.value)
        mark = party.mark
        name = party.name
        names = WordingView.all(of: party.names)
        languages = party.languages.map(\.text)
        let signature = agreement.signatures.first { $0.signer == party.number }
        self.signature = signature.map { agreement.isSound($0) ? .signed : .wrong } ?? .missing
    }
}

extension AgreementView.PostView {
    fileprivate init(_ post: Post, in terms: Terms) {
        code = post.code
        party = terms.party(post.party)?.mark ?? ""
        titles = WordingView.all(of: post.title)
        addresses = WordingView.all(of: post.address)
        counterparts = post.counterparts.compactMap { terms.post($0)?.code }
        succession = post.succession.compactMap { terms.post($0)?.code }
    }
}

extension AgreementView.ChannelView {
    fileprivate init(_ channel: Channel) {
        code = channel.code
        titles = WordingView.all(of: channel.title)
        precedences = channel.precedences.map(\.description)
        release = channel.release.roles.map(\.rawValue)
        canBeSuspended =
            switch channel.suspension {
            case .never: false
            case .allowed: true
            }
        bearers = channel.bearers.map(\.rawValue)
    }
}

extension Span {
    var wholeSeconds: Int { Int(nanoseconds / 1_000_000_000) }
}

/// What a check of an agreement found.
public enum AgreementCheck: Codable, Hashable, Sendable {
    case sound(AgreementView)
    /// In order of line, at most twenty.
    case faulty([ProblemView])
}

/// One mistake in a text.
public struct ProblemView: Codable, Hashable, Sendable {
    /// Counted from 1; 0 speaks of the whole file.
    public let line: Int
    public let expected: String
    public let found: String
    public let hint: String

    init(_ problem: Problem) {
        line = problem.line
        expected = problem.expected
        found = problem.found
        hint = problem.hint
    }
}

/// An agreement after we have signed it.
public struct SigningView: Codable, Hashable, Sendable {
    public let path: String
    /// Whether our signature was there before.
    public let hadSigned: Bool
    public let agreement: AgreementView
}
