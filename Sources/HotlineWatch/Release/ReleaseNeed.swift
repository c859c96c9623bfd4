public import HotlineAgreement
public import HotlineWire

/// What the agreement lets nobody say alone (docs/spec/watch.md, WAT-10, WAT-20).
public enum ReleaseNeed {
    /// The roles whose officers must have signed, one each; none where one officer's word is enough.
    ///
    /// - Parameters:
    ///   - isAboutContact: whether it states something about a request for a contact, and not about a letter.
    ///   - agreement: the one that the entry names.
    public static func roles(_ header: EntryHeader, _ content: [UInt8], isAboutContact: Bool = false, _ agreement: Agreement) -> [OfficerRole] {
        guard let channel = ChannelNumber(header.channel).flatMap({ agreement.channel($0) }), channel.release != .nobody,
            isWorded(header.kind, content, isAboutContact: isAboutContact)
        else { return [] }
        return channel.release.roles
    }

    /// Whether somebody has worded it. What cannot be read may hold anything.
    private static func isWorded(_ kind: UInt8, _ content: [UInt8], isAboutContact: Bool) -> Bool {
        switch EntryKind(rawValue: kind) {
        case .letter, .letterByTime, .contactRequest: return true
        case .outcome, .contactStatement:
            guard let step = try? ContactStep(kind: kind, content: content) else { return true }
            guard !isAboutContact, case .act(.outcome(let outcome)) = step else { return !step.text.isEmpty }
            return outcome.isWorded
        case .opening, .declaration, .recovery, .inForce, .roster, .receipt, .holdingReply, .channel, .lightRelease, .release, .presence, nil: return false
        }
    }
}

extension LetterOutcome {
    /// A lapse, and a 'not yet' or a withdrawal without words, need nobody's courage.
    var isWorded: Bool {
        switch self {
        case .answered, .declined: true
        case .notYet(_, _, let text), .withdrawn(let text): !text.isEmpty
        case .lapsed: false
        }
    }
}
