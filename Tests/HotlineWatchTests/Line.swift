import HotlineAgreement
import HotlineRecord
import HotlineSeal
import HotlineWatch
import HotlineWire
import Testing

/// Three parties and their signed agreement, made once; entries of each of them by hand.
struct Line: Sendable {
    let agreement: Agreement
    /// Of each party, by its place: the chief of staff and the watch.
    let chiefs: [Post]
    let watches: [Post]

    static func shared() throws -> Line { try made.get() }

    private static let made = Result { try make() }

    private static func make() throws -> Line {
        var cards: [IdentityCard] = []
        var roots: [CompositePrivateKey] = []
        for (index, name) in ["Washington", "Moscow"].enumerated() {
            let root = try CompositePrivateKey()
            let station = StationPrivateKeys(station: try CompositePrivateKey(), light: LightPrivateKey())
            let english = try #require(LanguageTag("en"))
            let identity = Identity(
                names: Wording([.init(english, name)]), mark: ["W", "M"][index], languages: [english],
                created: WallTime(milliseconds: 1_790_000_000_000), nonce: Digest.random(32),
                keys: PartyKeys(
                    root: try root.publicKey, station: try station.station.publicKey, light: try station.light.publicKey,
                    tlsPin: Digest.random(32), next: Digest.sha256([UInt8(index)])
                )
            )
            cards.append(try identity.signed(by: root))
            roots.append(root)
        }
        var parsed = try AgreementDraft.defenceStaffs(cards: cards, date: WallTime(milliseconds: 1_790_000_000_000), line: "A line").parsed()
        for (index, root) in roots.enumerated() { parsed = try parsed.adding(parsed.sign(with: root, as: try Line.station(index))) }
        let agreement = try parsed.verified()
        return Line(
            agreement: agreement, chiefs: try ["w-cgs", "m-cgs"].map { try #require(agreement.post(named: $0)) },
            watches: try ["w-watch", "m-watch"].map { try #require(agreement.post(named: $0)) }
        )
    }

    static func station(_ place: Int) throws -> StationNumber { try #require(StationNumber(UInt8(place + 1))) }
}

/// The records of the parties, as far as a test writes them.
struct Transcript {
    let line: Line
    private var sizes: [UInt64] = [1, 1]
    /// What each has had of the other when it writes.
    private var seen: [UInt64] = [0, 0]
    private(set) var entries: [Entry] = []

    init() throws { line = try .shared() }

    static func generation(_ place: Int) throws -> GenerationID {
        GenerationID(station: try Line.station(place), name: GenerationName(UInt64(place + 1)))
    }

    /// Everything that the other has written so far is here.
    mutating func see(_ place: Int) { seen[place] = sizes[1 - place] }

    /// It was restored from before it had anything.
    mutating func forget(_ place: Int) { seen[place] = 0 }

    @discardableResult
    mutating func letter(_ place: Int, _ precedence: Precedence = .routine, to post: UInt8? = nil, replyBy: UInt64? = nil, channel: UInt8 = 1) throws -> Entry {
        var content = Encoder()
        if let replyBy { content.put(varint: replyBy) }
        content.put(raw: Array("Are you there?".utf8))
        let header = EntryHeader(
            kind: (replyBy == nil ? EntryKind.letter : .letterByTime).rawValue, precedence: precedence, channel: channel,
            fromPost: line.chiefs[place].number.value, toPost: post ?? line.chiefs[1 - place].number.value, language: 1, claimedTime: 100
        )
        return try write(place, header, [], content.bytes)
    }

    @discardableResult
    mutating func act(_ place: Int, _ act: Act, about letter: Entry) throws -> Statement {
        try state(place, kind: act.kind, act.content, about: letter)
    }

    @discardableResult
    mutating func state(_ place: Int, kind: EntryKind, _ content: [UInt8], about letter: Entry) throws -> Statement {
        let header = letter.header
        let isOfAsker = kind == .outcome && [4, 5].contains(content.first)
        let carried = EntryHeader(
            kind: kind.rawValue, precedence: header.precedence, exercise: header.exercise, channel: header.channel,
            fromPost: isOfAsker ? header.fromPost : header.toPost, toPost: isOfAsker ? header.toPost : header.fromPost, claimedTime: 200
        )
        let entry = try write(place, carried, [letter.id], content)
        return try #require(Statement(entry, at: WallTime(milliseconds: 0)))
    }

    @discardableResult
    mutating func request(_ place: Int, _ medium: Medium = .voice, windows: [Window], to post: UInt8? = nil, replyBy: UInt64? = nil, channel: UInt8 = 1) throws -> Entry {
        let header = EntryHeader(
            kind: EntryKind.contactRequest.rawValue, precedence: .immediate, channel: channel, fromPost: line.chiefs[place].number.value,
            toPost: post ?? line.chiefs[1 - place].number.value, language: 1, claimedTime: 100
        )
        return try write(place, header, [], ContactRequest(medium: medium, replyBy: replyBy, windows: windows, subject: Array("Poland".utf8)).content)
    }

    @discardableResult
    mutating func step(_ place: Int, _ step: ContactStep, about request: Entry, object: EntryID? = nil) throws -> ContactStatement {
        let header = request.header
        let isTurned = request.id.author != (try Line.station(place))
        let carried = EntryHeader(
            kind: step.kind.rawValue, precedence: header.precedence, exercise: header.exercise, channel: header.channel,
            fromPost: isTurned ? header.toPost : header.fromPost, toPost: isTurned ? header.fromPost : header.toPost, claimedTime: 200
        )
        let entry = try write(place, carried, [request.id] + (object.map { [$0] } ?? []), step.content)
        return try #require(ContactStatement(entry, at: WallTime(milliseconds: Int64(entries.count))))
    }

    /// The contact that a request has come to, its statements in any order in which they may have come.
    func contacts(_ request: Entry) -> [Contact] {
        let statements = entries.compactMap { ContactStatement($0, at: WallTime(milliseconds: 0)) }.filter { $0.request == request.id }
        let first = request.id.author
        return [statements, statements.reversed(), statements.filter { $0.author == first } + statements.filter { $0.author != first }].map { came in
            Contact(request, at: WallTime(milliseconds: 0), came, in: RecordOrder([:])) { _ in line.agreement }
        }
    }

    private mutating func write(_ place: Int, _ header: EntryHeader, _ references: [EntryID], _ content: [UInt8]) throws -> Entry {
        let entry = Entry(
            id: EntryID(try Transcript.generation(place), EntryNumber(sizes[place])), agreement: line.agreement.hash, header: header,
            references: references, seen: [Entry.Seen(generation: try Transcript.generation(1 - place), size: RecordSize(seen[place]))], content: content
        )
        sizes[place] += 1
        entries.append(entry)
        return entry
    }

    /// The course of a letter, its statements in any order in which they may have come.
    func courses(_ letter: Entry) -> [Course] {
        let statements = entries.compactMap { Statement($0, at: WallTime(milliseconds: 0)) }.filter { $0.letter == letter.id }
        let first = letter.id.author
        let orders = [
            statements, statements.filter { $0.author == first } + statements.filter { $0.author != first },
            statements.filter { $0.author != first } + statements.filter { $0.author == first },
        ]
        return (orders + [statements.reversed()]).map { came in
            Course(letter, at: WallTime(milliseconds: 0), came, in: RecordOrder([:])) { _ in line.agreement }
        }
    }
}
