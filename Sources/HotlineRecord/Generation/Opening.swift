public import HotlineWire

/// What the opening entry of a generation, number 0, states: kind 0.
public struct Opening: Hashable, Sendable {
    public static let kind: UInt8 = 0

    /// The generation before this one and its head when this one began; nil for the first of a record.
    public let predecessor: Head?
    /// Every head that the station holds of the other members.
    public let held: [Head]
    public let blinds: BlindSecret
    /// How many entries the author's record had before this generation: the base of the serials that people see.
    public let serialBase: UInt64
    /// What the generation stands on; nil is the first agreement, with the keys that it lists.
    public let basis: Basis?

    public init(predecessor: Head?, held: [Head], blinds: BlindSecret, serialBase: UInt64, basis: Basis? = nil) {
        self.predecessor = predecessor
        self.held = held
        self.blinds = blinds
        self.serialBase = serialBase
        self.basis = basis
    }

    /// What the generation stands on, on a line of this name.
    public func basis(on line: Hash) -> Basis { basis ?? Basis(agreement: line) }

    /// Whether it says what it stands on in the one form: what goes without saying is not said.
    public func isCanonical(on line: Hash) -> Bool { basis != Basis(agreement: line) }

    public var encoded: [UInt8] {
        var encoder = Encoder()
        encoder.put(raw: blinds.bytes)
        encoder.put(varint: serialBase)
        encoder.put(varint: predecessor == nil ? 0 : 1)
        if let predecessor { encoder.put(predecessor) }
        encoder.put(varint: UInt64(held.count))
        for head in held { encoder.put(head) }
        if let basis { encoder.put(basis) }
        return encoder.bytes
    }

    public init(_ content: [UInt8]) throws(WireError) {
        var decoder = Decoder(content)
        guard let blinds = BlindSecret(try decoder.raw(BlindSecret.size)) else { throw .truncated }
        self.blinds = blinds
        serialBase = try decoder.varint()
        predecessor = try decoder.count(of: "predecessor", max: 1) == 1 ? try decoder.head() : nil
        var held: [Head] = []
        for _ in 0..<(try decoder.count(of: "heads", max: Opening.heldMax)) {
            let head = try decoder.head()
            if let last = held.last, last.generation >= head.generation { throw .nonCanonical }
            held.append(head)
        }
        self.held = held
        basis = decoder.isAtEnd ? nil : try decoder.basis()
        try decoder.finish()
    }

    /// Heads of one member that an opening entry states: of the generation it writes, and of others that can still grow.
    public static let heldPerMember = 4
    /// Heads of others that one opening entry may state: of fourteen members.
    public static let heldMax = 14 * heldPerMember
}

/// The state of a generation at one size: its RFC 6962 Merkle root.
public struct Head: Hashable, Sendable {
    public let generation: GenerationID
    public let size: RecordSize
    public let root: Hash
    public init(generation: GenerationID, size: RecordSize, root: Hash) {
        self.generation = generation
        self.size = size
        self.root = root
    }
}

extension Encoder {
    public mutating func put(_ head: Head) {
        put(head.generation)
        put(head.size)
        put(head.root)
    }
}

extension Decoder {
    public mutating func head() throws(WireError) -> Head {
        Head(generation: try generationID(), size: try recordSize(), root: try hash())
    }
}
