public import HotlineAgreement
public import HotlineRecord
public import HotlineWire

/// What the parties have stated about channels: of each party, channel and generation the last statement that counts (docs/spec/watch.md,
/// WAT-14). Which of several generations is the latest is asked anew each time: their openings may come in any order.
public struct ChannelStatements: Sendable {
    private struct Last: Hashable, Sendable {
        let entry: EntryID
        let at: WallTime
        let isSuspended: Bool
    }
    private struct Place: Hashable, Comparable, Sendable {
        let party: StationNumber
        let channel: UInt8
        static func < (a: Place, b: Place) -> Bool { (a.party, a.channel) < (b.party, b.channel) }
    }
    /// Of each place the last of every generation, in the order in which the generations came.
    private var lasts: [Place: [Last]] = [:]

    public init() {}

    /// Takes an entry in that has just become durable here; whatever it is.
    public mutating func apply(_ entry: Entry, at: WallTime, _ agreement: Agreement) {
        guard let statement = ChannelStatements.statement(entry, agreement) else { return }
        let last = Last(entry: entry.id, at: at, isSuspended: statement.change == .suspended)
        var list = lasts[Place(party: entry.id.author, channel: entry.header.channel)] ?? []
        if let place = list.firstIndex(where: { $0.entry.generation == entry.id.generation }) {
            guard list[place].entry.number < entry.id.number else { return }
            list[place] = last
        } else {
            if list.count >= WatchLimits.channelGenerations { list.removeFirst() }
            list.append(last)
        }
        lasts[Place(party: entry.id.author, channel: entry.header.channel)] = list
    }

    /// As they stand.
    ///
    /// - Parameter order: asked for only where a party has spoken in more than one generation.
    public func suspensions(_ order: () -> RecordOrder) -> Suspensions {
        var known: RecordOrder?
        var held: [StationNumber: [UInt8: Suspensions.Suspension]] = [:]
        for (place, list) in lasts {
            var latest = list[0]
            for last in list.dropFirst() {
                let order = known ?? order()
                known = order
                if order.comes(latest.entry.generation, before: last.entry.generation) { latest = last }
            }
            if latest.isSuspended { held[place.party, default: [:]][place.channel] = Suspensions.Suspension(entry: latest.entry, at: latest.at) }
        }
        return Suspensions(held)
    }

    /// What an entry states about a channel that may be suspended; nil for any other entry, and for one that says nothing that counts.
    public static func statement(_ entry: Entry, _ agreement: Agreement) -> ChannelStatement? {
        let header = entry.header
        guard EntryKind(rawValue: header.kind) == .channel, let channel = ChannelNumber(header.channel).flatMap({ agreement.channel($0) }),
            channel.suspension != .never, header.precedence == .immediate, !header.exercise, header.fromPost == 0, header.toPost == 0
        else { return nil }
        return try? ChannelStatement(content: entry.content)
    }
}

extension ChannelStatements {
    public func encode(into encoder: inout Encoder) {
        let all = lasts.sorted { $0.key < $1.key }.flatMap { place, list in list.map { (place.channel, $0) } }
        encoder.put(varint: UInt64(all.count))
        for (channel, last) in all {
            encoder.put(byte: channel)
            encoder.put(last.entry)
            encoder.put(uint64: UInt64(bitPattern: last.at.milliseconds))
            encoder.put(byte: last.isSuspended ? 1 : 0)
        }
    }

    public init(_ decoder: inout Decoder) throws(WireError) {
        let channels = Int(EntryHeader.channelMax) + 1
        for _ in 0..<(try decoder.count(of: "statements about channels", max: Limits.stationsMax * channels * WatchLimits.channelGenerations)) {
            let channel = try decoder.byte()
            let entry = try decoder.entryID()
            let at = WallTime(milliseconds: Int64(bitPattern: try decoder.uint64()))
            let isSuspended = try decoder.byte()
            guard isSuspended <= 1 else { throw .invalid(what: "state of a channel", found: UInt64(isSuspended)) }
            lasts[Place(party: entry.author, channel: channel), default: []].append(Last(entry: entry, at: at, isSuspended: isSuspended == 1))
        }
    }
}
