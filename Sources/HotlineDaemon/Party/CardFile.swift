import HotlineAgreement
public import HotlineDesk
import HotlineSeal
import HotlineWire

/// An identity card in a file: our own, or one that somebody has carried here.
public struct CardFile: Sendable {
    public let path: String
    public init(_ path: String) { self.path = path }

    /// What the card says, for people to read to each other.
    ///
    /// - Throws: `notFound`, `malformed`; `notVerified` where the card was not signed by its own root key.
    public func show() throws(DeskError) -> CardView { CardView(try load(), path: path) }

    func load() throws(DeskError) -> IdentityCard {
        let bytes = try LocalFile(path).read(bytesMax: PartyLimits.cardBytesMax)
        do throws(AgreementError) { return try IdentityCard.parse(bytes) } catch { throw DeskError(error, file: path, kind: .card) }
    }
}

/// An identity card as people see it.
public struct CardView: Codable, Hashable, Sendable {
    public let path: String
    /// In the party's own language.
    public let name: String
    public let names: [WordingView]
    public let mark: String
    public let languages: [String]
    /// RFC 3339.
    public let created: String
    /// Hexadecimal SHA-256 of the signed text.
    public let hash: String
    /// Sixteen words in four groups of four, to be read aloud over the telephone: the same on both sides, or it is not the same card.
    public let words: [[String]]

    init(_ card: IdentityCard, path: String) {
        self.path = path
        let identity = card.identity
        name = identity.names.first
        names = WordingView.all(of: identity.names)
        mark = identity.mark
        languages = identity.languages.map(\.text)
        created = Timestamp.text(identity.created)
        hash = card.hash.description
        words = card.fingerprint.groups
    }
}

/// One text in one language.
public struct WordingView: Codable, Hashable, Sendable {
    public let language: String
    public let text: String

    static func all(of wording: Wording) -> [WordingView] { wording.versions.map { WordingView(language: $0.language.text, text: $0.text) } }
}
