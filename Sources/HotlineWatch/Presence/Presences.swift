public import HotlineAgreement
public import HotlineRecord
public import HotlineWire

/// Which posts are manned, by their own parties' last word, and which have been asked about since.
public struct Presences: Sendable {
    private var words = LatestWords()
    private var questions = LatestWords()

    public struct Standing: Hashable, Sendable {
        /// Nil where nothing was ever said.
        public internal(set) var presence: Presence?
        public internal(set) var entry: EntryID?
        /// When the word became durable here, by our own clock.
        public internal(set) var since: WallTime?
        /// Who has asked after that, and when it became durable here.
        public internal(set) var asked: [StationNumber: WallTime] = [:]
    }

    public init() {}

    /// Takes an entry in that has just become durable here; whatever it is.
    public mutating func apply(_ entry: Entry, at: WallTime, _ agreement: Agreement) {
        guard let (post, statement) = PresenceStatement.of(entry, agreement) else { return }
        switch statement {
        case .asked: questions.say(0, of: post.value, in: entry.id, at: at)
        case .said(let presence): words.say(Presences.value(presence), of: post.value, in: entry.id, at: at)
        }
    }

    /// As they stand, by post.
    ///
    /// - Parameter order: asked for only where a party has spoken in more than one generation.
    public func standings(_ order: () -> RecordOrder) -> [PostNumber: Standing] {
        var standings: [PostNumber: Standing] = [:]
        for (place, word) in words.latest(order) {
            guard let post = PostNumber(place.thing) else { continue }
            standings[post] = Standing(presence: Presences.presence(word.value), entry: word.entry, since: word.at)
        }
        for (place, word) in questions.latest(order) {
            guard let post = PostNumber(place.thing) else { continue }
            var standing = standings[post] ?? Standing()
            if standing.since.map({ $0 < word.at }) ?? true { standing.asked[place.party] = word.at }
            standings[post] = standing
        }
        return standings
    }

    private static func value(_ presence: Presence) -> UInt16 {
        switch presence {
        case .manned: 1
        case .unmanned: 2
        case .standIn(let post): 3 | UInt16(post?.value ?? 0) << 8
        case .standingBy: 4
        }
    }

    private static func presence(_ value: UInt16) -> Presence? {
        switch value & 0xFF {
        case 1: .manned
        case 2: .unmanned
        case 3: .standIn(PostNumber(UInt8(value >> 8)))
        case 4: .standingBy
        default: nil
        }
    }

    public func encode(into encoder: inout Encoder) {
        words.encode(into: &encoder)
        questions.encode(into: &encoder)
    }

    public init(_ decoder: inout Decoder) throws(WireError) {
        words = try LatestWords(&decoder)
        questions = try LatestWords(&decoder)
    }
}

extension Presences.Standing {
    /// Where a message to a post rings: at the post, unless it is unmanned or somebody stands in.
    public static func ringing(_ post: Post, _ standings: [PostNumber: Presences.Standing]) -> PostNumber {
        switch standings[post.number]?.presence {
        case .standIn(let other?): other
        case .standIn(nil), .unmanned: post.succession.first { standings[$0]?.presence != .unmanned } ?? post.number
        case .manned, .standingBy, nil: post.number
        }
    }
}
