public import HotlineSeal
public import HotlineWire

/// A state or organisation at one end of the line, with the keys of its one station.
public struct Party: Hashable, Sendable {
    public var number: StationNumber
    /// In every language of the line.
    public var names: Wording
    /// One to four Latin capitals, unique on the line: the `W` of the serial `W-1042`.
    public var mark: String
    /// The first is its own: what it writes is binding in it.
    public var languages: [LanguageTag]
    /// 32 random bytes that make the hash of this agreement unlike that of any other.
    public var nonce: [UInt8]
    public var keys: PartyKeys

    public init(number: StationNumber, names: Wording, mark: String, languages: [LanguageTag], nonce: [UInt8], keys: PartyKeys) {
        self.number = number
        self.names = names
        self.mark = mark
        self.languages = languages
        self.nonce = nonce
        self.keys = keys
    }

    public var name: String { names.first }

    public var stationKeys: StationPublicKeys { StationPublicKeys(number: number, station: keys.station, light: keys.light) }
}
