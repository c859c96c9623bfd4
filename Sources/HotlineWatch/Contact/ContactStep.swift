public import HotlineWire

/// What is stated about a request for a contact: what is stated about letters too (kinds 7 to 9), or kind 12.
public enum ContactStep: Hashable, Sendable {
    case act(Act)
    /// A window of what the other side offers last, by its place there; the entry's second reference is that offer.
    case accepted(window: UInt8)
    /// Other windows than those asked for or agreed.
    case proposed([Window], text: [UInt8])
    /// The author's post is at the machine for the text session.
    case opened
    /// A text in the session.
    case said(text: [UInt8])
    /// The session is over.
    case closed
    case held(Window)
    /// By whom.
    case missed(by: StationNumber)
    case minuted(text: [UInt8])
    /// The minutes that the second reference names are the author's word too.
    case confirmed

    public var kind: EntryKind {
        if case .act(let act) = self { act.kind } else { .contactStatement }
    }

    /// UTF-8 as it was typed; empty where there is none.
    public var text: [UInt8] {
        switch self {
        case .act(.outcome(let outcome)): outcome.text
        case .proposed(_, let text), .said(let text), .minuted(let text): text
        case .act, .accepted, .opened, .closed, .held, .missed, .confirmed: []
        }
    }

    public var content: [UInt8] {
        if case .act(let act) = self { return act.content }
        var encoder = Encoder()
        encoder.put(byte: code.rawValue)
        switch self {
        case .accepted(let window): encoder.put(byte: window)
        case .proposed(let windows, let text):
            encoder.put(windows)
            encoder.put(raw: text)
        case .said(let text), .minuted(let text): encoder.put(raw: text)
        case .held(let window): encoder.put(window)
        case .missed(let party): encoder.put(party)
        case .act, .opened, .closed, .confirmed: break
        }
        return encoder.bytes
    }

    /// Nil for a kind that states nothing about a request.
    ///
    /// - Throws: where the content is not of its kind. The entry is kept all the same; it changes nothing.
    public init?(kind: UInt8, content: [UInt8]) throws(WireError) {
        guard EntryKind(rawValue: kind) == .contactStatement else {
            guard let act = try Act(kind: kind, content: content) else { return nil }
            self = .act(act)
            return
        }
        var decoder = Decoder(content)
        let byte = try decoder.byte()
        switch Code(rawValue: byte) {
        case .accepted: self = .accepted(window: try decoder.byte())
        case .proposed: self = .proposed(try decoder.windows(), text: try decoder.text())
        case .opened: self = .opened
        case .said: self = .said(text: try decoder.text())
        case .closed: self = .closed
        case .held: self = .held(try decoder.window())
        case .missed: self = .missed(by: try decoder.station())
        case .minuted: self = .minuted(text: try decoder.text())
        case .confirmed: self = .confirmed
        case nil: throw .invalid(what: "statement about a contact", found: UInt64(byte))
        }
        try decoder.finish()
    }

    private enum Code: UInt8 {
        case accepted = 1
        case proposed = 2
        case opened = 3
        case said = 4
        case closed = 5
        case held = 6
        case missed = 7
        case minuted = 8
        case confirmed = 9
    }

    private var code: Code {
        switch self {
        case .act: preconditionFailure("what is stated about letters too has a kind of its own")
        case .accepted: .accepted
        case .proposed: .proposed
        case .opened: .opened
        case .said: .said
        case .closed: .closed
        case .held: .held
        case .missed: .missed
        case .minuted: .minuted
        case .confirmed: .confirmed
        }
    }

    /// What the watch keeps in memory of it; nil where it needs nothing of it.
    var withoutText: ContactStep? {
        switch self {
        case .act(.outcome(.answered)), .said, .minuted, .confirmed: nil
        case .act(.outcome(.declined(let reason, _))): .act(.outcome(.declined(reason: reason, text: [])))
        case .act(.outcome(.notYet(let until, let awaiting, _))): .act(.outcome(.notYet(until: until, awaiting: awaiting, text: [])))
        case .act(.outcome(.withdrawn)): .act(.outcome(.withdrawn(text: [])))
        case .proposed(let windows, _): .proposed(windows, text: [])
        case .act(.receipt), .act(.holdingReply), .act(.outcome(.lapsed)), .accepted, .opened, .closed, .held, .missed: self
        }
    }
}

extension Encoder {
    mutating func put(_ window: Window) {
        put(varint: window.from)
        put(varint: window.length)
    }
}
