public import HotlineAgreement
public import HotlineWire

/// How far a letter has got on its addressee's side, by the word of that side's officers. Names posts and roles, never persons.
public enum Receipt: UInt8, Sendable, CaseIterable {
    /// In the hands of the watch.
    case taken = 1
    /// Before the principal.
    case laid = 2
}

/// What became of a letter. The first three are the addressee's word, the others the asker's.
public enum LetterOutcome: Hashable, Sendable {
    case answered(text: [UInt8])
    /// `reason` is the number of a decline reason of the agreement.
    case declined(reason: UInt8, text: [UInt8])
    /// Waiting for authority: until when, in claimed time, and of which post. Not final: an answer may follow.
    case notYet(until: UInt64?, awaiting: PostNumber?, text: [UInt8])
    case withdrawn(text: [UInt8])
    case lapsed

    /// Whether it ends the course of the letter.
    public var isFinal: Bool {
        switch self {
        case .answered, .declined, .withdrawn, .lapsed: true
        case .notYet: false
        }
    }

    /// Whether it is the asker's to state.
    public var isOfAsker: Bool {
        switch self {
        case .withdrawn, .lapsed: true
        case .answered, .declined, .notYet: false
        }
    }

    /// UTF-8 as it was typed; nothing else of it is checked. Empty where there is none.
    public var text: [UInt8] {
        switch self {
        case .answered(let text), .declined(_, let text), .notYet(_, _, let text), .withdrawn(let text): text
        case .lapsed: []
        }
    }
}

/// What is stated about one letter, in an entry of its own whose first reference is the letter (docs/spec/watch.md).
public enum Act: Hashable, Sendable {
    case receipt(Receipt)
    case holdingReply(UInt8)
    case outcome(LetterOutcome)

    public var kind: EntryKind {
        switch self {
        case .receipt: .receipt
        case .holdingReply: .holdingReply
        case .outcome: .outcome
        }
    }

    public var content: [UInt8] {
        var encoder = Encoder()
        switch self {
        case .receipt(let receipt): encoder.put(byte: receipt.rawValue)
        case .holdingReply(let number): encoder.put(byte: number)
        case .outcome(let outcome): encoder.put(outcome)
        }
        return encoder.bytes
    }

    /// Nil for a kind that states nothing about a letter.
    ///
    /// - Throws: where the content is not of its kind. The entry is kept all the same; it changes nothing.
    public init?(kind: UInt8, content: [UInt8]) throws(WireError) {
        var decoder = Decoder(content)
        switch EntryKind(rawValue: kind) {
        case .receipt:
            let byte = try decoder.byte()
            guard let receipt = Receipt(rawValue: byte) else { throw .invalid(what: "stage of a receipt", found: UInt64(byte)) }
            self = .receipt(receipt)
        case .holdingReply:
            self = .holdingReply(try decoder.byte())
        case .outcome:
            self = .outcome(try decoder.outcome())
        case .opening, .letter, .letterByTime, .declaration, .recovery, .inForce, .roster, .channel, .contactRequest, .contactStatement, .lightRelease, .release, .presence,
            nil:
            return nil
        }
        try decoder.finish()
    }
}

private enum OutcomeCode: UInt8 {
    case answered = 1
    case declined = 2
    case notYet = 3
    case withdrawn = 4
    case lapsed = 5
}

extension Encoder {
    fileprivate mutating func put(_ outcome: LetterOutcome) {
        switch outcome {
        case .answered:
            put(byte: OutcomeCode.answered.rawValue)
        case .declined(let reason, _):
            put(byte: OutcomeCode.declined.rawValue)
            put(byte: reason)
        case .notYet(let until, let awaiting, _):
            put(byte: OutcomeCode.notYet.rawValue)
            put(varint: until ?? 0)
            put(byte: awaiting?.value ?? 0)
        case .withdrawn:
            put(byte: OutcomeCode.withdrawn.rawValue)
        case .lapsed:
            put(byte: OutcomeCode.lapsed.rawValue)
        }
        put(raw: outcome.text)
    }
}

extension Decoder {
    fileprivate mutating func outcome() throws(WireError) -> LetterOutcome {
        let byte = try byte()
        switch OutcomeCode(rawValue: byte) {
        case .answered:
            guard !isAtEnd else { throw .truncated }
            return .answered(text: try text())
        case .declined: return .declined(reason: try self.byte(), text: try text())
        case .notYet:
            let until = try varint()
            let awaiting = try self.byte()
            return .notYet(until: until == 0 ? nil : until, awaiting: PostNumber(awaiting), text: try text())
        case .withdrawn: return .withdrawn(text: try text())
        case .lapsed: return .lapsed
        case nil: throw .invalid(what: "outcome", found: UInt64(byte))
        }
    }
}
