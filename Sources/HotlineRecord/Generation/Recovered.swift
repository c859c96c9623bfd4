public import HotlineWire

/// 'I have taken back this part of my record from that station; my own signature covers it.' Kind 3.
public struct Recovered: Hashable, Sendable {
    public static let kind: UInt8 = 3

    public let from: StationNumber
    /// The first number that came back.
    public let first: EntryNumber
    /// How the generation stands now.
    public let head: Head

    public init(from: StationNumber, first: EntryNumber, head: Head) {
        self.from = from
        self.first = first
        self.head = head
    }

    public var encoded: [UInt8] {
        var encoder = Encoder()
        encoder.put(from)
        encoder.put(first)
        encoder.put(head)
        return encoder.bytes
    }

    public init(_ content: [UInt8]) throws(WireError) {
        var decoder = Decoder(content)
        from = try decoder.station()
        first = try decoder.entryNumber()
        head = try decoder.head()
        guard first < head.size.next else { throw .invalid(what: "first number of a recovery", found: first.value) }
        try decoder.finish()
    }
}
