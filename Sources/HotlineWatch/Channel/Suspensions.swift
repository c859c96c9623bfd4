public import HotlineAgreement
public import HotlineRecord
public import HotlineWire

/// Which channels are suspended, by whom, and since when: the latest statement of each party about each channel counts. A channel
/// is suspended while any party has it suspended; a party resumes what it has suspended itself, and nobody else's.
public struct Suspensions: Sendable {
    /// By party and the channel's number.
    public private(set) var held: [StationNumber: [UInt8: Suspension]] = [:]
    /// The latest statement of each party about each channel that counted, so that an older one that comes late changes nothing.
    private var latest: [StationNumber: [UInt8: EntryID]] = [:]

    public struct Suspension: Hashable, Sendable {
        public let entry: EntryID
        /// When it became durable here, by our own clock.
        public let at: WallTime
    }

    public init() {}

    /// Who has a channel suspended, in order of station number.
    public func parties(suspending channel: UInt8) -> [(party: StationNumber, suspension: Suspension)] {
        held.sorted { $0.key < $1.key }.compactMap { party, channels in channels[channel].map { (party, $0) } }
    }

    /// Whether a letter of this precedence may be sent on a channel as it stands.
    public func passes(_ precedence: Precedence, on channel: Channel) -> Bool {
        parties(suspending: channel.number.value).isEmpty || channel.passesWhenSuspended(precedence)
    }

    /// Takes an entry in that has just become durable here; whatever it is.
    ///
    /// - Parameter order: whether a generation lies before another of the same record.
    public mutating func apply(_ entry: Entry, at: WallTime, _ agreement: Agreement, order: (GenerationID, GenerationID) -> Bool) {
        guard let statement = Suspensions.statement(entry, agreement) else { return }
        let (party, channel) = (entry.id.author, entry.header.channel)
        if let last = latest[party]?[channel] {
            guard last.generation == entry.id.generation ? last.number < entry.id.number : order(last.generation, entry.id.generation) else { return }
        }
        latest[party, default: [:]][channel] = entry.id
        switch statement.change {
        case .suspended:
            // One that is suspended already stays so since the first time.
            if held[party]?[channel] == nil { held[party, default: [:]][channel] = Suspension(entry: entry.id, at: at) }
        case .resumed: held[party]?[channel] = nil
        }
    }

    /// What an entry states about a channel that may be suspended; nil for any other entry, and for one that says nothing that counts.
    public static func statement(_ entry: Entry, _ agreement: Agreement) -> ChannelStatement? {
        guard EntryKind(rawValue: entry.header.kind) == .channel, let channel = ChannelNumber(entry.header.channel).flatMap({ agreement.channel($0) }),
            channel.suspension != .never
        else { return nil }
        return try? ChannelStatement(content: entry.content)
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

extension Suspensions {
    public func encode(into encoder: inout Encoder) {
        let all = latest.sorted { $0.key < $1.key }.flatMap { party, channels in channels.sorted { $0.key < $1.key }.map { (party, $0.key, $0.value) } }
        encoder.put(varint: UInt64(all.count))
        for (party, channel, entry) in all {
            encoder.put(party)
            encoder.put(byte: channel)
            encoder.put(entry)
            let suspension = held[party]?[channel]
            encoder.put(byte: suspension == nil ? 0 : 1)
            if let suspension {
                encoder.put(suspension.entry)
                encoder.put(uint64: UInt64(bitPattern: suspension.at.milliseconds))
            }
        }
    }

    public init(_ decoder: inout Decoder) throws(WireError) {
        self.init()
        for _ in 0..<(try decoder.count(of: "channels", max: Limits.stationsMax * (Int(EntryHeader.channelMax) + 1))) {
            let party = try decoder.station()
            let channel = try decoder.byte()
            latest[party, default: [:]][channel] = try decoder.entryID()
            let isHeld = try decoder.byte()
            guard isHeld <= 1 else { throw .invalid(what: "presence", found: UInt64(isHeld)) }
            guard isHeld == 1 else { continue }
            let entry = try decoder.entryID()
            let at = WallTime(milliseconds: Int64(bitPattern: try decoder.uint64()))
            held[party, default: [:]][channel] = Suspension(entry: entry, at: at)
        }
    }
}
