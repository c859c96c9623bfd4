public import HotlineAgreement
public import HotlineRecord
public import HotlineWire

/// Whether a post is manned, by its own party's word; never by whom.
public enum Presence: Hashable, Sendable {
    case manned
    case unmanned
    /// By another post of its succession, where that is said.
    case standIn(PostNumber?)
    /// At the machine, and waiting.
    case standingBy
}

/// What a party states about one of its posts, or asks about one of another party: kind 15 (docs/spec/watch.md). The post stands in the
/// entry's header: the one that is spoken of as `from post`, the one that is asked about as `to post`.
public enum PresenceStatement: Hashable, Sendable {
    case asked
    case said(Presence)

    public var content: [UInt8] {
        switch self {
        case .asked: [0]
        case .said(.manned): [1]
        case .said(.unmanned): [2]
        case .said(.standIn(let post)): [3, post?.value ?? 0]
        case .said(.standingBy): [4]
        }
    }

    /// - Throws: where the content is not of its kind. The entry is kept all the same; it changes nothing.
    public init(content: [UInt8]) throws(WireError) {
        var decoder = Decoder(content)
        let byte = try decoder.byte()
        switch byte {
        case 0: self = .asked
        case 1: self = .said(.manned)
        case 2: self = .said(.unmanned)
        case 3: self = .said(.standIn(PostNumber(try decoder.byte())))
        case 4: self = .said(.standingBy)
        default: throw .invalid(what: "presence of a post", found: UInt64(byte))
        }
        try decoder.finish()
    }

    /// What an entry says that counts; nil for any other.
    public static func of(_ entry: Entry, _ agreement: Agreement) -> (post: PostNumber, statement: PresenceStatement)? {
        let header = entry.header
        guard EntryKind(rawValue: header.kind) == .presence, header.precedence == .immediate, !header.exercise, header.channel == 0, header.language == 0,
            let statement = try? PresenceStatement(content: entry.content)
        else { return nil }
        let isOwn = statement != .asked
        guard isOwn ? header.toPost == 0 : header.fromPost == 0, let post = PostNumber(isOwn ? header.fromPost : header.toPost).flatMap({ agreement.post($0) }),
            (post.party == entry.id.author) == isOwn
        else { return nil }
        if case .said(.standIn(let other?)) = statement, !post.succession.contains(other) { return nil }
        return (post.number, statement)
    }

    /// The header of an entry that says it of a post.
    public func header(_ post: PostNumber, now: UInt64) -> EntryHeader {
        EntryHeader(
            kind: EntryKind.presence.rawValue, precedence: .immediate, channel: 0, fromPost: self == .asked ? 0 : post.value, toPost: self == .asked ? post.value : 0,
            claimedTime: now
        )
    }
}

/// What an officer hands in about a post, before it is checked.
public struct PresenceDraft: Hashable, Sendable {
    public var post: PostNumber
    public var statement: PresenceStatement

    public init(post: PostNumber, statement: PresenceStatement) {
        self.post = post
        self.statement = statement
    }

    /// - Returns: the header of the entry.
    /// - Throws: the first rule that it breaks.
    public func check(from me: StationNumber, _ agreement: Agreement, now: UInt64) throws(Refusal) -> EntryHeader {
        guard let place = agreement.post(post) else { throw .unknownPost(post) }
        switch statement {
        case .asked: guard place.party != me else { throw .ownPost(place.code) }
        case .said(let presence):
            guard place.party == me else { throw .foreignSender(place.code) }
            if case .standIn(let other?) = presence, !place.succession.contains(other) {
                throw .noStandIn(post: place.code, instead: place.succession.compactMap { agreement.post($0)?.code })
            }
        }
        return statement.header(post, now: now)
    }
}
