public import HotlineWire

/// In the station's snapshot: letters in order of their names.
extension Duty {
    public func encode(into encoder: inout Encoder) {
        encoder.put(varint: UInt64(open.count))
        for letter in open.values.sorted(by: { $0.id < $1.id }) { letter.encode(into: &encoder) }
        encoder.put(varint: UInt64(unwatched.count))
        for (party, count) in unwatched.sorted(by: { $0.key < $1.key }) {
            encoder.put(party)
            encoder.put(varint: count)
        }
        encoder.put(varint: UInt64(quotas.count))
        for (party, quota) in quotas.sorted(by: { $0.key < $1.key }) {
            encoder.put(party)
            encoder.put(uint64: UInt64(bitPattern: quota.level.nanoseconds))
            encoder.put(quota.at)
        }
    }

    public init(_ decoder: inout Decoder) throws(WireError) {
        self.init()
        for _ in 0..<(try decoder.count(of: "open letters", max: WatchLimits.openMax * Limits.stationsMax)) {
            let letter = try OpenLetter(&decoder)
            restore(letter)
        }
        for _ in 0..<(try decoder.count(of: "parties", max: Limits.stationsMax)) {
            let party = try decoder.station()
            restore(unwatched: try decoder.varint(), of: party)
        }
        for _ in 0..<(try decoder.count(of: "quotas", max: Limits.stationsMax)) {
            let party = try decoder.station()
            let level = Span(nanoseconds: Int64(bitPattern: try decoder.uint64()))
            restore(FlashQuota(level: level, at: try decoder.wall()), of: party)
        }
    }
}

extension OpenLetter {
    fileprivate func encode(into encoder: inout Encoder) {
        encoder.put(id)
        encoder.put(addressee)
        encoder.put(EntryHeader(kind: 0, precedence: precedence, exercise: exercise, channel: channel, fromPost: fromPost, toPost: toPost))
        encoder.put(at)
        encoder.put(byte: isOverQuota ? 1 : 0)
        encoder.put(optional: replyBy) { $0.put(varint: $1) }
        for time in [takenAt, laidAt, repliedAt] { encoder.put(optional: time) { $0.put($1) } }
        encoder.put(optional: notYet) { encoder, until in encoder.put(varint: until ?? 0) }
    }

    fileprivate init(_ decoder: inout Decoder) throws(WireError) {
        id = try decoder.entryID()
        addressee = try decoder.station()
        let header = try decoder.entryHeader()
        (precedence, exercise, channel) = (header.precedence, header.exercise, header.channel)
        (fromPost, toPost) = (header.fromPost, header.toPost)
        at = try decoder.wall()
        let quota = try decoder.byte()
        guard quota <= 1 else { throw .invalid(what: "quota", found: UInt64(quota)) }
        isOverQuota = quota == 1
        replyBy = try decoder.optional { (decoder) throws(WireError) in try decoder.varint() }
        takenAt = try decoder.optional { (decoder) throws(WireError) in try decoder.wall() }
        laidAt = try decoder.optional { (decoder) throws(WireError) in try decoder.wall() }
        repliedAt = try decoder.optional { (decoder) throws(WireError) in try decoder.wall() }
        notYet = try decoder.optional { (decoder) throws(WireError) in
            let until = try decoder.varint()
            return until == 0 ? nil : until
        }
    }
}

extension Encoder {
    fileprivate mutating func put(_ time: WallTime) { put(uint64: UInt64(bitPattern: time.milliseconds)) }

    fileprivate mutating func put<Value>(optional value: Value?, _ body: (inout Encoder, Value) -> Void) {
        put(byte: value == nil ? 0 : 1)
        if let value { body(&self, value) }
    }
}

extension Decoder {
    fileprivate mutating func wall() throws(WireError) -> WallTime { WallTime(milliseconds: Int64(bitPattern: try uint64())) }

    fileprivate mutating func optional<Value>(_ body: (inout Decoder) throws(WireError) -> Value) throws(WireError) -> Value? {
        let byte = try byte()
        guard byte <= 1 else { throw .invalid(what: "presence", found: UInt64(byte)) }
        return byte == 1 ? try body(&self) : nil
    }
}
