/// A letter as an officer asks for it, in the agreement's own names.
public struct LetterOrder: Codable, Hashable, Sendable {
    /// A post's code or its title.
    public var to: String
    /// A post of one's own; nil for the addressee's counterpart.
    public var from: String?
    /// A channel's code; nil for the first on which one officer may send this precedence.
    public var channel: String?
    /// FLASH, IMMEDIATE, PRIORITY or ROUTINE.
    public var precedence: String
    /// A language tag; nil for the first language of one's own party.
    public var language: String?
    public var exercise: Bool
    /// Serials of the entries it speaks of.
    public var references: [String]
    /// By when an answer is asked for, RFC 3339; nil for the time that the agreement gives.
    public var replyBy: String?
    public var text: String

    public init(
        to: String, from: String? = nil, channel: String? = nil, precedence: String, language: String? = nil, exercise: Bool = false,
        references: [String] = [], replyBy: String? = nil, text: String
    ) {
        self.to = to
        self.from = from
        self.channel = channel
        self.precedence = precedence
        self.language = language
        self.exercise = exercise
        self.references = references
        self.replyBy = replyBy
        self.text = text
    }
}

/// Which letters to list.
public struct LetterQuery: Codable, Hashable, Sendable {
    public enum Direction: String, Codable, Sendable, CaseIterable {
        case received, sent, both
    }
    public var direction: Direction
    public var limit: Int

    public static let limitMax = 1000

    public init(direction: Direction = .received, limit: Int = 20) {
        self.direction = direction
        self.limit = limit
    }
}
