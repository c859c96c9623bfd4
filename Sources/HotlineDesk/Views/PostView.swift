/// A post, and whether it is manned by its own party's word.
public struct PostView: Codable, Hashable, Sendable {
    public let code: String
    public let title: String
    public let party: String
    public let isOwn: Bool
    /// Codes of the posts opposite.
    public let counterparts: [String]
    /// 'manned', 'unmanned', 'manned by a stand-in', 'standing by at the machine', or 'not said'.
    public let presence: String
    /// The code of the post that stands in, where that is said.
    public let standIn: String?
    /// RFC 3339, our own clock.
    public let since: String?
    /// The entry that states it.
    public let serial: String?
    /// Who has asked since then, each with when (RFC 3339, our own clock).
    public let asked: [Question]
    /// The code of the post at which a message to it rings now.
    public let rings: String

    public struct Question: Codable, Hashable, Sendable {
        public let party: String
        public let at: String
        public init(party: String, at: String) {
            self.party = party
            self.at = at
        }
    }

    public init(
        code: String, title: String, party: String, isOwn: Bool, counterparts: [String], presence: String, standIn: String?, since: String?, serial: String?,
        asked: [Question], rings: String
    ) {
        self.code = code
        self.title = title
        self.party = party
        self.isOwn = isOwn
        self.counterparts = counterparts
        self.presence = presence
        self.standIn = standIn
        self.since = since
        self.serial = serial
        self.asked = asked
        self.rings = rings
    }
}
