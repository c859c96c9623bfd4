public import HotlineWire

/// A post's place in the agreement, 1 to 255, as an entry names it; 0 there is 'no post'.
public struct PostNumber: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let value: UInt8
    public init?(_ value: UInt8) {
        guard value >= 1 else { return nil }
        self.value = value
    }
    public static func < (a: PostNumber, b: PostNumber) -> Bool { a.value < b.value }
    public var description: String { String(value) }
}

/// An office. Who holds it is never said.
public struct Post: Hashable, Sendable {
    public var number: PostNumber
    /// A short name to type, unique on the line: small Latin letters, digits and hyphens.
    public var code: String
    public var party: StationNumber
    /// The posts opposite, at most one of each other party.
    public var counterparts: [PostNumber]
    /// Who stands in, in order; posts of the same party.
    public var succession: [PostNumber]
    /// Its place in protocol among the posts of its party; 1 is the highest.
    public var rank: UInt8?
    /// In every language of the line.
    public var title: Wording
    /// How its holder is addressed, in every language of the line, written by its own side.
    public var address: Wording

    public init(
        number: PostNumber, code: String, party: StationNumber, counterparts: [PostNumber], succession: [PostNumber], rank: UInt8? = nil,
        title: Wording, address: Wording
    ) {
        self.number = number
        self.code = code
        self.party = party
        self.counterparts = counterparts
        self.succession = succession
        self.rank = rank
        self.title = title
        self.address = address
    }
}
