/// One thing that a sealed frame carries. A frame carries any mix of them (docs/spec/frames.md).
public enum Item: Hashable, Sendable {
    /// From here on in frames under this salt, `alias` means `generation`.
    case name(alias: UInt8, generation: GenerationID)
    /// 'Answer this, so that I know that you are there now.'
    case probe(challenge: UInt32)
    /// The answer to a probe, and the generation that the answering station writes now.
    case echo(challenge: UInt32, current: UInt8)
    case acknowledgement(AcknowledgementItem)
    /// 'Your salt has this alias with me, and I know the first `declared` of your names under it.'
    case known(salt: StartSalt, alias: UInt8, declared: Int)
    case checkpoint(CheckpointItem)
    /// A signed checkpoint with its text written out: what a fork is proved with.
    case statement(text: [UInt8], signature: [UInt8])
    case offers([UInt8])
    case accepts([UInt8])
    case confirmation([UInt8])
    /// A part of an object too long for one frame. `object` is counted by the sender under its salt.
    case fragment(FragmentItem)
    /// 'Of this object of yours I hold so many bytes from its start.'
    case held(object: UInt64, bytes: Int)
    case entry(EntryItem)
    /// 'What do you hold of my record that does not lie before the generation I write now?' From this place on, the latest
    /// first.
    case ask(current: GenerationID, from: UInt64)
    case holdings(HoldingsItem)
    /// 'Give me back of this generation of mine': its checkpoints, or entries from a number on.
    case fetch(GenerationID, from: EntryNumber, entries: Bool)
    /// One entry of the receiver's own record: its canonical bytes.
    case returned([UInt8])
    /// 'I hold more of your record than I have told.'
    case more
}

/// A page of what the sender holds of the receiver's record.
public struct HoldingsItem: Hashable, Sendable {
    public struct Holding: Hashable, Sendable {
        public let generation: GenerationID
        public let size: RecordSize
        /// How much of it the latest full and light checkpoint of the receiver cover that the sender holds.
        public let signedFull: RecordSize
        public let signedLight: RecordSize
        public init(generation: GenerationID, size: RecordSize, signedFull: RecordSize, signedLight: RecordSize) {
            self.generation = generation
            self.size = size
            self.signedFull = signedFull
            self.signedLight = signedLight
        }
    }
    /// How many generations there are to tell of, and the place of the first one here.
    public let total: UInt64
    public let from: UInt64
    public let holdings: [Holding]

    public init(total: UInt64, from: UInt64, holdings: [Holding]) {
        self.total = total
        self.from = from
        self.holdings = holdings
    }
}

/// 'Of this generation of yours I durably hold the first `size` entries, and these beyond.'
public struct AcknowledgementItem: Hashable, Sendable {
    /// A run of entries held beyond the first `size`.
    public struct Range: Hashable, Sendable {
        /// Entries that are lacking before this run, counted from the end of the run before.
        public let gap: UInt64
        public let count: UInt64
        public init(gap: UInt64, count: UInt64) {
            self.gap = gap
            self.count = count
        }
    }
    /// The generation in which the receiver holds them: acknowledgements count for that one alone.
    public let receiver: UInt8
    public let author: UInt8
    /// True where every earlier generation of the author is complete as its successor's opening entry states.
    public let chainComplete: Bool
    public let size: RecordSize
    public let beyond: [Range]

    public init(receiver: UInt8, author: UInt8, chainComplete: Bool, size: RecordSize, beyond: [Range]) {
        self.receiver = receiver
        self.author = author
        self.chainComplete = chainComplete
        self.size = size
        self.beyond = beyond
    }
}

/// Light is provisional, full counts for ever.
public enum CheckpointStrength: UInt8, Hashable, Sendable, CaseIterable, Comparable {
    case light = 0
    case full = 1
    public static func < (a: CheckpointStrength, b: CheckpointStrength) -> Bool { a.rawValue < b.rawValue }
    /// Bytes of a signature of this strength: Ed25519 (RFC 8032), or ML-DSA-65 (FIPS 204) and Ed25519.
    public var signatureBytes: Int {
        switch self {
        case .light: 64
        case .full: 3309 + 64
        }
    }
}

/// A checkpoint as it travels: sizes alone. The receiver rebuilds the signed text from the heads it has computed itself.
public struct CheckpointItem: Hashable, Sendable {
    public struct Held: Hashable, Sendable {
        public let generation: UInt8
        public let size: RecordSize
        public init(generation: UInt8, size: RecordSize) {
            self.generation = generation
            self.size = size
        }
    }
    public let strength: CheckpointStrength
    public let generation: UInt8
    public let size: RecordSize
    public let held: [Held]
    public let signature: [UInt8]

    public init(strength: CheckpointStrength, generation: UInt8, size: RecordSize, held: [Held], signature: [UInt8]) {
        self.strength = strength
        self.generation = generation
        self.size = size
        self.held = held
        self.signature = signature
    }
}

public struct FragmentItem: Hashable, Sendable {
    public let object: UInt64
    public let offset: Int
    public let total: Int
    public let bytes: [UInt8]
    public init(object: UInt64, offset: Int, total: Int, bytes: [UInt8]) {
        self.object = object
        self.offset = offset
        self.total = total
        self.bytes = bytes
    }
}

/// An entry as it travels: what both ends can compute is left out, generations are aliases.
public struct EntryItem: Hashable, Sendable {
    public struct Reference: Hashable, Sendable {
        public let generation: UInt8
        public let number: EntryNumber
        public init(generation: UInt8, number: EntryNumber) {
            self.generation = generation
            self.number = number
        }
    }
    public let generation: UInt8
    public let number: EntryNumber
    public let header: EntryHeader
    public let references: [Reference]
    public let seen: [CheckpointItem.Held]
    public let content: [UInt8]

    public init(
        generation: UInt8, number: EntryNumber, header: EntryHeader, references: [Reference], seen: [CheckpointItem.Held], content: [UInt8]
    ) {
        self.generation = generation
        self.number = number
        self.header = header
        self.references = references
        self.seen = seen
        self.content = content
    }
}

/// The short fields of an entry, the same in its leaf and on the way.
public struct EntryHeader: Hashable, Sendable {
    /// What the entry states. Its meaning is the watch's; an unknown kind is kept all the same.
    public let kind: UInt8
    public let precedence: Precedence
    /// Marked EXERCISE wherever it is shown.
    public let exercise: Bool
    /// The channel's place in the agreement, 0 to 31.
    public let channel: UInt8
    /// The post's place in the agreement, counted from 1; 0 is 'no post'.
    public let fromPost: UInt8
    public let toPost: UInt8
    /// The language's place in the agreement, counted from 1; 0 is 'no language'.
    public let language: UInt8
    /// Whole seconds since the date of the first agreement, as the author's clock says; 0 is 'no clock'.
    public let claimedTime: UInt64

    public static let channelMax: UInt8 = 31

    public init(
        kind: UInt8, precedence: Precedence, exercise: Bool = false, channel: UInt8 = 0, fromPost: UInt8 = 0, toPost: UInt8 = 0,
        language: UInt8 = 0, claimedTime: UInt64 = 0
    ) {
        precondition(channel <= EntryHeader.channelMax, "a channel's place has five bits")
        self.kind = kind
        self.precedence = precedence
        self.exercise = exercise
        self.channel = channel
        self.fromPost = fromPost
        self.toPost = toPost
        self.language = language
        self.claimedTime = claimedTime
    }
}

extension Encoder {
    public mutating func put(_ header: EntryHeader) {
        put(byte: header.kind)
        put(byte: header.precedence.rawValue << 6 | (header.exercise ? 0x20 : 0) | header.channel)
        put(byte: header.fromPost)
        put(byte: header.toPost)
        put(byte: header.language)
        put(varint: header.claimedTime)
    }
}

extension Decoder {
    public mutating func entryHeader() throws(WireError) -> EntryHeader {
        let kind = try byte()
        let handling = try byte()
        guard let precedence = Precedence(rawValue: handling >> 6) else { throw .invalid(what: "precedence", found: UInt64(handling >> 6)) }
        return EntryHeader(
            kind: kind, precedence: precedence, exercise: handling & 0x20 != 0, channel: handling & 0x1F, fromPost: try byte(),
            toPost: try byte(), language: try byte(), claimedTime: try varint()
        )
    }
}
