import HotlineWire

/// The parts of an export, in the order in which they stand (docs/spec/record.md). Each is its number, a length and a body.
public enum ExportSection: UInt8, Hashable, Sendable, Comparable {
    /// The exact bytes of an agreement; the first agreement first, then its amendments.
    case agreement = 1
    /// A roster: its party's number and its bytes; opaque here.
    case roster = 2
    /// A signed checkpoint.
    case checkpoint = 3
    /// Two signed checkpoints that cannot both be true.
    case evidence = 4
    /// A generation: its name, how many of its entries follow, and its opening entry.
    case opening = 5
    /// The entries of the generation named begin here.
    case generation = 6
    /// The next entry of that generation: its leaf hash, then its canonical bytes.
    case entry = 7
    /// SHA-256 of everything before this body.
    case end = 8

    public static func < (a: ExportSection, b: ExportSection) -> Bool { a.rawValue < b.rawValue }

    /// The first bytes of every export.
    static let magic = Array("hotline/1 export\n".utf8)

    var bytesMax: Int {
        switch self {
        case .agreement: Limits.agreementBytesMax
        case .roster: Limits.agreementBytesMax
        case .checkpoint: ExportLimits.checkpointSectionBytesMax
        case .evidence: 2 * ExportLimits.checkpointSectionBytesMax
        case .opening, .entry: ExportLimits.entrySectionBytesMax
        case .generation: 1 + GenerationName.size
        case .end: Hash.size
        }
    }

    /// Whether this section may stand behind `last`; nil is the beginning of the file.
    func mayFollow(_ last: ExportSection?) -> Bool {
        switch (last, self) {
        case (nil, _): self == .agreement
        case (.end, _): false
        case (.entry, .generation): true
        case (_, .entry): last == .entry || last == .generation
        case (let last?, _): last <= self
        }
    }
}
