/// A station of the line, 1 to 15, as the agreement numbers it. One party has one station.
public struct StationNumber: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let value: UInt8
    public init?(_ value: UInt8) {
        guard (1...15).contains(value) else { return nil }
        self.value = value
    }
    public static func < (a: StationNumber, b: StationNumber) -> Bool { a.value < b.value }
    public var description: String { String(value) }
}

/// The name of a generation: eight random bytes drawn at a start of the station.
public struct GenerationName: Hashable, Sendable, Comparable, CustomStringConvertible {
    public static let size = 8
    public let value: UInt64
    public init(_ value: UInt64) { self.value = value }
    public static func < (a: GenerationName, b: GenerationName) -> Bool { a.value < b.value }
    /// Sixteen hexadecimal digits.
    public var description: String { Hex.string(bytes) }
    /// Big-endian.
    public var bytes: [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - 8 * UInt64($0))) } }
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count == 16, let bytes = Hex.bytes(text) else { return nil }
        value = bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }
}

/// The place of an entry in its generation. The opening entry is number 0.
public struct EntryNumber: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let value: UInt64
    public init(_ value: UInt64) { self.value = value }
    public static func < (a: EntryNumber, b: EntryNumber) -> Bool { a.value < b.value }
    public var description: String { String(value) }
    /// The size of a generation whose last entry this is.
    public var sizeThrough: RecordSize { RecordSize(value + 1) }
}

/// How many entries a generation has. The next entry has this number.
public struct RecordSize: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let value: UInt64
    public init(_ value: UInt64) { self.value = value }
    public static let zero = RecordSize(0)
    public static func < (a: RecordSize, b: RecordSize) -> Bool { a.value < b.value }
    public var description: String { String(value) }
    public var next: EntryNumber { EntryNumber(value) }
}

/// One generation of one station's record.
public struct GenerationID: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let station: StationNumber
    public let name: GenerationName
    public init(station: StationNumber, name: GenerationName) {
        self.station = station
        self.name = name
    }
    public static func < (a: GenerationID, b: GenerationID) -> Bool {
        a.station == b.station ? a.name < b.name : a.station < b.station
    }
    /// `station/generation`, as in a checkpoint.
    public var description: String { "\(station)/\(name)" }
}

/// Names one entry for ever: its author, the generation and the number in it.
public struct EntryID: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let generation: GenerationID
    public let number: EntryNumber
    public init(_ generation: GenerationID, _ number: EntryNumber) {
        self.generation = generation
        self.number = number
    }
    public var author: StationNumber { generation.station }
    public static func < (a: EntryID, b: EntryID) -> Bool {
        a.generation == b.generation ? a.number < b.number : a.generation < b.generation
    }
    /// `station/generation/number`.
    public var description: String { "\(generation)/\(number)" }
}

/// The number of an epoch: the life of one end-to-end secret between two stations. The first is 1.
public struct EpochNumber: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let value: UInt64
    public init(_ value: UInt64) { self.value = value }
    public static func < (a: EpochNumber, b: EpochNumber) -> Bool { a.value < b.value }
    public var description: String { String(value) }
    /// What travels of it in a frame header.
    public var low: UInt8 { UInt8(truncatingIfNeeded: value) }
}

/// A bearer of this station, as the shell numbers them. Never travels.
public struct BearerID: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let value: UInt16
    public init(_ value: UInt16) { self.value = value }
    public static func < (a: BearerID, b: BearerID) -> Bool { a.value < b.value }
    public var description: String { String(value) }
}

extension Encoder {
    public mutating func put(_ station: StationNumber) { put(byte: station.value) }
    public mutating func put(_ name: GenerationName) { put(uint64: name.value) }
    public mutating func put(_ id: GenerationID) {
        put(id.station)
        put(id.name)
    }
    public mutating func put(_ number: EntryNumber) { put(varint: number.value) }
    public mutating func put(_ size: RecordSize) { put(varint: size.value) }
    public mutating func put(_ id: EntryID) {
        put(id.generation)
        put(id.number)
    }
    public mutating func put(_ epoch: EpochNumber) { put(varint: epoch.value) }
}

extension Decoder {
    public mutating func station() throws(WireError) -> StationNumber {
        let byte = try byte()
        guard let station = StationNumber(byte) else { throw .invalid(what: "station number", found: UInt64(byte)) }
        return station
    }
    public mutating func generationName() throws(WireError) -> GenerationName { GenerationName(try uint64()) }
    public mutating func generationID() throws(WireError) -> GenerationID {
        GenerationID(station: try station(), name: try generationName())
    }
    /// Numbers stay below 2^62 - 1, so that a size one above them is still a variable-length integer.
    public mutating func entryNumber() throws(WireError) -> EntryNumber {
        let value = try varint()
        guard value < VariableLengthInteger.max else { throw .invalid(what: "entry number", found: value) }
        return EntryNumber(value)
    }
    public mutating func recordSize() throws(WireError) -> RecordSize { RecordSize(try varint()) }
    public mutating func entryID() throws(WireError) -> EntryID { EntryID(try generationID(), try entryNumber()) }
    public mutating func epoch() throws(WireError) -> EpochNumber { EpochNumber(try varint()) }
}
