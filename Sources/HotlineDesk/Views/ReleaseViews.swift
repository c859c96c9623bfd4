/// What is proved of a statement that needs more than one officer.
public struct ReleaseView: Codable, Hashable, Sendable {
    /// What stands before everything else where nothing is proved: 'STATION ONLY: two-officer proof not received'; nil where it is released.
    public let warning: String?
    /// The officers who have released it, each with its role: 'w-1 (watch)'.
    public let officers: [String]
    /// 'provisionally' by their light keys, 'in full' by their composite ones; nil where nothing is proved.
    public let signed: String?
    /// Releases that do not count, in words.
    public let faults: [String]

    public init(warning: String?, officers: [String], signed: String?, faults: [String]) {
        self.warning = warning
        self.officers = officers
        self.signed = signed
        self.faults = faults
    }
}

/// A statement that waits for its officers' signatures. It is not sent, and the other side knows nothing of it.
public struct DraftView: Codable, Hashable, Sendable {
    public let number: UInt64
    /// RFC 3339, our own clock.
    public let at: String
    /// 'letter', 'answered', 'declined', 'not yet' or 'withdrawn'.
    public let kind: String
    /// The letter that it is about; nil for a letter.
    public let about: String?
    public let precedence: String
    public let exercise: Bool
    public let channel: String
    public let from: String?
    public let to: String?
    public let language: String?
    public let replyBy: String?
    public let references: [String]
    public let text: String
    /// The roles of which one officer each must sign.
    public let roles: [String]
    /// Who has signed, by code.
    public let signers: [String]
    /// Roles that no officer of the roster in force has signed for.
    public let missing: [String]
    /// The statement as it is signed, base64: what an officer's keys are put to.
    public let statement: String

    public init(
        number: UInt64, at: String, kind: String, about: String?, precedence: String, exercise: Bool, channel: String, from: String?, to: String?,
        language: String?, replyBy: String?, references: [String], text: String, roles: [String], signers: [String], missing: [String], statement: String
    ) {
        self.number = number
        self.at = at
        self.kind = kind
        self.about = about
        self.precedence = precedence
        self.exercise = exercise
        self.channel = channel
        self.from = from
        self.to = to
        self.language = language
        self.replyBy = replyBy
        self.references = references
        self.text = text
        self.roles = roles
        self.signers = signers
        self.missing = missing
        self.statement = statement
    }
}
