/// A contact of two posts: what was asked for, and how it stands.
public struct ContactView: Codable, Hashable, Sendable {
    /// Of the request.
    public let serial: String
    public let id: String
    /// Whether we have asked; else they have asked us.
    public let isOwn: Bool
    /// 'text', 'voice', 'visit' or 'other'.
    public let medium: String
    public let precedence: String
    public let exercise: Bool
    public let channel: String
    public let from: String?
    public let to: String?
    /// Their codes in the agreement.
    public let fromPost: String?
    public let toPost: String?
    /// With controls as escapes.
    public let subject: String
    public let language: String?
    /// RFC 3339, as the asker's clock claims; nil where it had none.
    public let claimedAt: String?
    /// RFC 3339: by when an answer is asked for.
    public let replyBy: String?
    /// How it stands: 'requested', 'not yet', 'agreed', 'in session', 'held', 'missed by …', 'closed', 'declined', 'withdrawn', 'lapsed', with
    /// 'accepted late' or 'declined late' where that crossed it.
    public let standing: String
    /// The reason, whose authority is awaited, or whose word it is.
    public let detail: String?
    public let agreed: WindowView?
    /// The window from which it was moved.
    public let movedFrom: WindowView?
    /// What each side offers and the other has not accepted.
    public let offers: [OfferView]
    public let stages: [StageView]
    public let session: [SaidView]
    public let minutes: [MinutesView]
    /// Statements that change nothing, in words.
    public let void: [String]

    public struct WindowView: Codable, Hashable, Sendable {
        /// RFC 3339.
        public let from: String
        public let to: String
        public init(from: String, to: String) {
            self.from = from
            self.to = to
        }
    }
    public struct OfferView: Codable, Hashable, Sendable {
        public let party: String
        public let isOwn: Bool
        public let serial: String
        /// As 'accept' counts them, from 1.
        public let windows: [WindowView]
        public init(party: String, isOwn: Bool, serial: String, windows: [WindowView]) {
            self.party = party
            self.isOwn = isOwn
            self.serial = serial
            self.windows = windows
        }
    }
    public struct SaidView: Codable, Hashable, Sendable {
        public let serial: String
        public let party: String
        public let isOwn: Bool
        /// RFC 3339, our own clock.
        public let at: String
        public let language: String?
        public let text: String
        public init(serial: String, party: String, isOwn: Bool, at: String, language: String?, text: String) {
            self.serial = serial
            self.party = party
            self.isOwn = isOwn
            self.at = at
            self.language = language
            self.text = text
        }
    }
    public struct MinutesView: Codable, Hashable, Sendable {
        public let serial: String
        public let party: String
        public let text: String
        /// The entry that confirms them; nil where the other side has not.
        public let confirmedIn: String?
        public init(serial: String, party: String, text: String, confirmedIn: String?) {
            self.serial = serial
            self.party = party
            self.text = text
            self.confirmedIn = confirmedIn
        }
    }

    public init(
        serial: String, id: String, isOwn: Bool, medium: String, precedence: String, exercise: Bool, channel: String, from: String?, to: String?,
        fromPost: String?, toPost: String?, subject: String, language: String?, claimedAt: String?, replyBy: String?, standing: String, detail: String?,
        agreed: WindowView?, movedFrom: WindowView?, offers: [OfferView], stages: [StageView], session: [SaidView], minutes: [MinutesView], void: [String]
    ) {
        self.serial = serial
        self.id = id
        self.isOwn = isOwn
        self.medium = medium
        self.precedence = precedence
        self.exercise = exercise
        self.channel = channel
        self.from = from
        self.to = to
        self.fromPost = fromPost
        self.toPost = toPost
        self.subject = subject
        self.language = language
        self.claimedAt = claimedAt
        self.replyBy = replyBy
        self.standing = standing
        self.detail = detail
        self.agreed = agreed
        self.movedFrom = movedFrom
        self.offers = offers
        self.stages = stages
        self.session = session
        self.minutes = minutes
        self.void = void
    }
}
