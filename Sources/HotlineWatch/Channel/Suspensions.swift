public import HotlineAgreement
public import HotlineWire

/// Which channels are suspended, by whom, and since when. A channel is suspended while any party has it suspended; a party resumes what
/// it has suspended itself, and nobody else's.
public struct Suspensions: Sendable {
    /// By party and the channel's number.
    private let held: [StationNumber: [UInt8: Suspension]]

    public struct Suspension: Hashable, Sendable {
        public let entry: EntryID
        /// When it became durable here, by our own clock.
        public let at: WallTime
    }

    public init(_ held: [StationNumber: [UInt8: Suspension]] = [:]) { self.held = held }

    /// Who has a channel suspended, in order of station number.
    public func parties(suspending channel: UInt8) -> [(party: StationNumber, suspension: Suspension)] {
        held.sorted { $0.key < $1.key }.compactMap { party, channels in channels[channel].map { (party, $0) } }
    }

    /// Whether a letter of this precedence may be sent on a channel as it stands.
    public func passes(_ precedence: Precedence, on channel: Channel) -> Bool {
        parties(suspending: channel.number.value).isEmpty || channel.passesWhenSuspended(precedence)
    }

    /// Whether our own station may state it.
    ///
    /// - Returns: the header of the entry and its content.
    /// - Throws: the first rule that it breaks.
    public func check(_ draft: ChannelDraft, from me: StationNumber, _ agreement: Agreement, now: UInt64) throws(Refusal) -> (EntryHeader, [UInt8]) {
        guard let number = ChannelNumber(draft.channel), let channel = agreement.channel(number) else { throw .channel(.unknown(draft.channel)) }
        guard channel.suspension != .never else { throw .channel(.neverSuspended(channel.code)) }
        let isSuspended = held[me]?[draft.channel] != nil
        switch draft.change {
        case .suspended:
            guard !isSuspended else { throw .channel(.suspendedAlready(channel.code)) }
            guard !draft.reason.isEmpty else { throw .channel(.noReason) }
        case .resumed:
            guard isSuspended else { throw .channel(.notSuspendedByUs(channel.code)) }
        }
        if !draft.reason.isEmpty {
            guard let language = LanguageNumber(draft.language) else { throw .noLanguage }
            guard agreement.language(language) != nil else { throw .unknownLanguage(language) }
            try TextRules.check(draft.reason)
        }
        let header = EntryHeader(
            kind: EntryKind.channel.rawValue, precedence: .immediate, channel: draft.channel, language: draft.reason.isEmpty ? 0 : draft.language, claimedTime: now
        )
        return (header, ChannelStatement(draft.change, reason: Array(draft.reason.utf8)).content)
    }
}

/// Why nothing was stated about a channel.
public enum ChannelRefusal: Hashable, Sendable {
    case unknown(UInt8)
    case neverSuspended(String)
    case suspendedAlready(String)
    case notSuspendedByUs(String)
    /// A suspension says why.
    case noReason
}
