/// What an officer drafts for release by two: a letter or a request for a contact, or what becomes of one.
public enum DraftOrder: Codable, Hashable, Sendable {
    case letter(LetterOrder)
    case act(ActOrder)
    case request(ContactOrder)
    case step(ContactStepOrder)
}

/// An officer's signatures under a draft, base64. The keys never come to the desk.
public struct SignatureOrder: Codable, Hashable, Sendable {
    public var draft: UInt64
    /// The officer's code in the roster.
    public var officer: String
    public var light: String
    public var composite: String

    public init(draft: UInt64, officer: String, light: String, composite: String) {
        self.draft = draft
        self.officer = officer
        self.light = light
        self.composite = composite
    }
}

/// A roster that the root key has signed: the content of its entry, base64.
public struct RosterOrder: Codable, Hashable, Sendable {
    public var content: String
    public init(content: String) { self.content = content }
}
