import HotlineAgreement
import HotlineRecord
import HotlineWatch
import HotlineWire
import Testing

@Suite("Vectors of contacts")
struct ContactVectors {
    /// A request or a statement of kind 12; nil for any other kind.
    static func told(_ kind: UInt8, _ content: [UInt8]) throws -> [String: String]? {
        switch EntryKind(rawValue: kind) {
        case .contactRequest:
            let request = try Ending.on(.malformed) { () throws(WireError) in try ContactRequest(content: content) }
            #expect(request.content == content, "written again as it was read")
            return [
                "says": "request", "medium": "\(request.medium)", "until": "\(request.replyBy ?? 0)", "windows": windows(request.windows),
                "text": Hex.string(request.subject),
            ]
        case .contactStatement:
            let step = try Ending.on(.malformed) { () throws(WireError) in try ContactStep(kind: kind, content: content) }
            guard let step else { return nil }
            #expect(step.content == content, "written again as it was read")
            return told(step)
        default: return nil
        }
    }

    private static func told(_ step: ContactStep) -> [String: String] {
        switch step {
        case .act: [:]
        case .accepted(let window): ["says": "accepted", "number": "\(window)"]
        case .proposed(let offered, let text): ["says": "proposed", "windows": windows(offered), "text": Hex.string(text)]
        case .opened: ["says": "opened"]
        case .said(let text): ["says": "said", "text": Hex.string(text)]
        case .closed: ["says": "closed"]
        case .held(let window): ["says": "held", "windows": windows([window])]
        case .missed(let party): ["says": "missed", "number": "\(party.value)"]
        case .minuted(let text): ["says": "minutes", "text": Hex.string(text)]
        case .confirmed: ["says": "confirmed"]
        }
    }

    private static func windows(_ windows: [Window]) -> String { windows.map { "\($0.from) \($0.length)" }.joined(separator: ", ") }

    @Test("contact", arguments: try Vector.all(.contact))
    func contact(_ vector: Vector) throws {
        let agreements = try vector.agreements().map { try Agreement.parse($0).verified() }
        let order = RecordOrder(try WatchVectors.predecessors(vector))
        let entries = try WatchVectors.entries(vector)
        let request = try #require(entries.first)
        let statements = entries.dropFirst().compactMap { ContactStatement($0, at: WatchVectors.never) }.filter { $0.request == request.id }
        // In whatever order they came.
        for came in [statements, statements.reversed()] {
            try vector.expect {
                let contact = Contact(request, at: WatchVectors.never, came, in: order) { hash in agreements.first { $0.hash == hash } ?? agreements[0] }
                return Self.told(contact, order).mapValues { $0.isEmpty ? "none" : $0 }
            }
        }
    }

    private static func told(_ contact: Contact, _ order: RecordOrder) -> [String: String] {
        let stages = order.sorted([contact.taken, contact.laid].compactMap { $0 }, \.id).map { $0.step == .act(.receipt(.taken)) ? "1" : "2" }
        var until = ""
        if case .act(.outcome(.notYet(let time, _, _)))? = contact.notYet?.step { until = "\(time ?? 0)" }
        let words = contact.words.sorted { $0.author < $1.author }.map { statement in
            switch statement.step {
            case .held(let window): "\(statement.author.value) held \(windows([window]))"
            case .missed(let party): "\(statement.author.value) missed by \(party.value)"
            default: "\(statement.author.value) says nothing"
            }
        }
        let void = contact.void.sorted { $0.statement.id < $1.statement.id }.map { void in
            "\(void.statement.id) \(void.breach == .repeated ? "again" : WatchVectors.reason(void.breach))\(void.isCrossed ? " crossed" : "")"
        }
        return [
            "standing": standing(contact), "stages": stages.joined(separator: " "), "until": until,
            "offers": contact.offers.sorted { $0.key < $1.key }.map { "\($0.value.id)" }.joined(separator: ", "),
            "agreed": windows(contact.agreed.map { [$0.window] } ?? []), "moved-from": windows(contact.agreed?.before.map { [$0] } ?? []),
            "opened": contact.opened.map { "\($0.author.value)" }.joined(separator: " "), "said": contact.said.map { "\($0.id)" }.joined(separator: ", "),
            "words": words.joined(separator: ", "),
            "minutes": contact.minutes.map { "\($0.statement.id)\($0.confirmation == nil ? "" : " agreed")" }.joined(separator: ", "),
            "void": void.joined(separator: ", "),
        ]
    }

    private static func standing(_ contact: Contact) -> String {
        func word(_ statement: ContactStatement) -> String {
            switch statement.step {
            case .act(.outcome(let outcome)): WatchVectors.word(outcome)
            case .accepted: "accepted"
            default: "no outcome"
            }
        }
        return switch contact.standing {
        case .requested: "requested"
        case .notYet: "not-yet"
        case .agreed: "agreed"
        case .inSession: "in-session"
        case .over: "over"
        case .ended(let statement, let late): ([word(statement)] + (late.map { ["\(word($0))-late"] } ?? [])).joined(separator: " ")
        }
    }
}
