import HotlineAgreement
import HotlineRecord
import HotlineWatch
import HotlineWire
import Testing

@Suite("Vectors of the watch")
struct WatchVectors {
    static let never = WallTime(milliseconds: 0)

    @Test("statement", arguments: try Vector.all(.statement))
    func statement(_ vector: Vector) throws {
        let (kind, content) = (try #require(vector.body.first), Array(vector.body.dropFirst()))
        try vector.expect {
            if let told = try ContactVectors.told(kind, content) { return told }
            if let told = try PresenceVectors.told(kind, content) { return told }
            if EntryKind(rawValue: kind)?.isLetter ?? false { return try Self.letter(kind, content) }
            if EntryKind(rawValue: kind) == .channel {
                let statement = try Ending.on(.malformed) { () throws(WireError) in try ChannelStatement(content: content) }
                #expect(statement.content == content, "\(vector.name): written again as it was read")
                return ["says": statement.change == .suspended ? "suspended" : "resumed", "text": Hex.string(statement.reason)]
            }
            let act = try Ending.on(.malformed) { () throws(WireError) in try Act(kind: kind, content: content) }
            guard let act else { throw Ending(.malformed, "a kind that states nothing about a letter or a channel") }
            #expect(act.kind.rawValue == kind && act.content == content, "\(vector.name): written again as it was read")
            return Self.told(act)
        }
    }

    /// What makes a letter unreadable is its text, or the time before it: the letter itself stays one.
    private static func letter(_ kind: UInt8, _ content: [UInt8]) throws -> [String: String] {
        let id = EntryID(GenerationID(station: try #require(StationNumber(1)), name: GenerationName(1)), EntryNumber(1))
        let entry = Entry(id: id, agreement: Hash.zero, header: EntryHeader(kind: kind, precedence: .routine), references: [], seen: [], content: content)
        let until = Letter.replyBy(entry)
        try Ending.unless(kind == EntryKind.letter.rawValue || until != nil, .malformed, "no time by which an answer is asked for")
        let text = try #require(Letter.text(entry))
        try Ending.unless(String(validating: text, as: UTF8.self) != nil, .malformed, "it is not UTF-8")
        var told = ["says": "letter", "text": Hex.string(text)]
        if let until { told["until"] = "\(until)" }
        return told
    }

    private static func told(_ act: Act) -> [String: String] {
        switch act {
        case .receipt(let receipt): return ["says": "receipt", "number": "\(receipt.rawValue)"]
        case .holdingReply(let number): return ["says": "holding-reply", "number": "\(number)"]
        case .outcome(let outcome):
            var told = ["says": word(outcome)]
            switch outcome {
            case .declined(let reason, _): told["number"] = "\(reason)"
            case .notYet(let until, let awaiting, _): (told["until"], told["post"]) = ("\(until ?? 0)", "\(awaiting?.value ?? 0)")
            case .lapsed: return told
            case .answered, .withdrawn: break
            }
            told["text"] = Hex.string(outcome.text)
            return told
        }
    }

    static func word(_ outcome: LetterOutcome) -> String {
        switch outcome {
        case .answered: "answered"
        case .declined: "declined"
        case .notYet: "not-yet"
        case .withdrawn: "withdrawn"
        case .lapsed: "lapsed"
        }
    }

    @Test("course", arguments: try Vector.all(.course))
    func course(_ vector: Vector) throws {
        let agreements = try vector.agreements().map { try Agreement.parse($0).verified() }
        let order = RecordOrder(try Self.predecessors(vector))
        let entries = try Self.entries(vector)
        let letter = try #require(entries.first)
        let statements = entries.dropFirst().compactMap { Statement($0, at: Self.never) }.filter { $0.letter == letter.id }
        let between = SeenBetween { generation, from, to in
            entries.filter { $0.id.generation == generation && (from..<to).contains($0.id.number.value) }
        }
        let shown = Dictionary(uniqueKeysWithValues: statements.filter { $0.author == letter.id.author }.map { ($0.id, between.heads(letter.id, $0.id)) })
        // In whatever order they came.
        for came in [statements, statements.reversed()] {
            try vector.expect {
                let course = Course(letter, at: Self.never, came, in: order, shown: shown) { hash in agreements.first { $0.hash == hash } ?? agreements[0] }
                let stages = order.sorted([course.taken, course.laid].compactMap { $0 }, \.id).map { $0.act == .receipt(.taken) ? "1" : "2" }
                let breaches = course.breaches.sorted { $0.statement.id < $1.statement.id }.map { "\($0.statement.id) \(Self.reason($0.breach))" }
                return [
                    "standing": Self.standing(course), "stages": stages.isEmpty ? "none" : stages.joined(separator: " "),
                    "until": Self.until(course), "breaches": breaches.isEmpty ? "none" : breaches.joined(separator: ", "),
                ]
            }
        }
    }

    @Test("channels", arguments: try Vector.all(.channels))
    func channels(_ vector: Vector) throws {
        let agreements = try vector.agreements().map { try Agreement.parse($0).verified() }
        let order = RecordOrder(try Self.predecessors(vector))
        let entries = try Self.entries(vector)
        let last = try #require(agreements.last)
        // In whatever order they came.
        for came in [entries, entries.reversed()] {
            try vector.expect {
                var statements = ChannelStatements()
                for entry in came {
                    let agreement = try #require(agreements.first { $0.hash == entry.agreement })
                    statements.apply(entry, at: Self.never, agreement)
                }
                let suspensions = statements.suspensions { order }
                let suspended = (0...EntryHeader.channelMax).flatMap { channel in
                    suspensions.parties(suspending: channel).map { "\(channel) by \($0.party.value)" }
                }
                let passes = last.channels.filter { !suspensions.parties(suspending: $0.number.value).isEmpty }.map { channel in
                    let passing = channel.precedences.filter { suspensions.passes($0, on: channel) }.map(\.description)
                    return "\(channel.number.value) \(passing.isEmpty ? "none" : passing.joined(separator: " "))"
                }
                return [
                    "suspended": suspended.isEmpty ? "none" : suspended.joined(separator: ", "),
                    "passes": passes.isEmpty ? "none" : passes.joined(separator: ", "),
                ]
            }
        }
    }

    static func entries(_ vector: Vector) throws -> [Entry] {
        var decoder = Decoder(vector.body)
        var entries: [Entry] = []
        while !decoder.isAtEnd { entries.append(try Entry(try decoder.prefixed("entry", max: 263_168))) }
        return entries
    }

    /// Lines `generation: 2/fedcba9876543210 2/0011223344556677`: one, and the one that its opening states before it, or `none`.
    static func predecessors(_ vector: Vector) throws -> [GenerationID: GenerationID] {
        func generation(_ text: Substring) throws -> GenerationID {
            let parts = text.split(separator: "/")
            let station = try #require(UInt8(parts[0]).flatMap { StationNumber($0) })
            return GenerationID(station: station, name: try #require(GenerationName(parts[1])))
        }
        var found: [GenerationID: GenerationID] = [:]
        for line in vector.all("generation") {
            let parts = line.split(separator: " ")
            if parts[1] != "none" { found[try generation(parts[0])] = try generation(parts[1]) }
        }
        return found
    }

    private static func standing(_ course: Course) -> String {
        func word(_ statement: Statement) -> String {
            guard case .outcome(let outcome) = statement.act else { return "no outcome" }
            return Self.word(outcome)
        }
        return switch course.standing {
        case .open: "open"
        case .notYet: "not-yet"
        case .ended(let statement, let late): ([word(statement)] + (late.map { ["\(word($0))-late"] } ?? [])).joined(separator: " ")
        }
    }

    private static func until(_ course: Course) -> String {
        guard case .outcome(.notYet(let until, _, _)) = course.notYet?.act else { return "none" }
        return "\(until ?? 0)"
    }

    static func reason(_ breach: Breach) -> String {
        switch breach {
        case .unreadable: "unreadable"
        case .noAddressee: "no-addressee"
        case .notTheAddressee, .notTheAsker: "other-side"
        case .otherHandling: "other-handling"
        case .repeated: "stage-again"
        case .contradicts: "contradicts"
        case .afterFinal, .endedBefore: "after-final"
        case .endedAfterAnswer: "had-seen"
        case .unknownReply: "unknown-reply"
        case .unknownReason: "unknown-reason"
        case .notOfTheContact: "other-side"
        case .answersNoLetter: "answers-no-letter"
        case .staleOffer: "stale-offer"
        case .noSuchWindow: "no-window"
        case .notAgreed: "not-agreed"
        case .agreedBefore: "agreed-before"
        case .notText: "no-text"
        case .noSession: "no-session"
        case .noSuchMinutes: "no-minutes"
        }
    }
}
