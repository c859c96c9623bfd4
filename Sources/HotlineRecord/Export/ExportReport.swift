public import HotlineWire

/// What an export was found to hold, and what was wrong with it.
public struct ExportReport: Sendable {
    /// The line's name, from the agreements; nil where they were refused or not reached.
    public internal(set) var line: Hash?
    /// In the order of the export.
    public internal(set) var generations: [GenerationReport] = []
    /// The exact bytes of the rosters, unread.
    public internal(set) var rosters: [[UInt8]] = []
    /// Proofs that a signer has rewritten its record, as the export gives them in evidence.
    public internal(set) var forks: [Fork] = []
    public internal(set) var problems: [ExportProblem] = []
    /// Problems beyond those listed.
    public internal(set) var problemsOmitted = 0
    /// What authors of openings state, and the entries do not bear out: held against them, not against the export.
    public internal(set) var misstatements: [Misstatement] = []
    public internal(set) var misstatementsOmitted = 0
    public internal(set) var notes: [ExportNote] = []
    public internal(set) var notesOmitted = 0

    public init() {}

    /// Whether nothing was wrong. Says nothing about what is unsigned: see each generation.
    public var isSound: Bool { problems.isEmpty }

    public var entryCount: UInt64 { generations.reduce(0) { $0 + $1.size.value } }

    mutating func add(_ place: ExportPlace, _ fault: ExportProblem.Fault) { add(ExportProblem(place, fault)) }

    mutating func add(_ problem: ExportProblem) {
        if problems.count < ExportLimits.findingsMax { problems.append(problem) } else { problemsOmitted += 1 }
    }

    mutating func add(_ misstatement: Misstatement) {
        if misstatements.count < ExportLimits.findingsMax { misstatements.append(misstatement) } else { misstatementsOmitted += 1 }
    }

    mutating func note(_ place: ExportPlace, _ remark: ExportNote.Remark) {
        if notes.count < ExportLimits.findingsMax { notes.append(ExportNote(place, remark)) } else { notesOmitted += 1 }
    }

    mutating func add(_ fork: Fork) {
        if forks.count < ExportLimits.forksMax, !forks.contains(fork) { forks.append(fork) }
    }
}

/// One generation of one station's record, as an export holds it.
public struct GenerationReport: Hashable, Sendable {
    /// Author and name.
    public let id: GenerationID
    /// Entries that the export holds, the opening included.
    public internal(set) var size: RecordSize
    /// The root that these entries give; nil where an entry is missing among them.
    public internal(set) var root: Hash?
    /// The author's full signature covers the first so many. Only heads that the entries give count.
    public internal(set) var signedFull = RecordSize.zero
    /// The author's light or full signature covers the first so many.
    public internal(set) var signedProvisionally = RecordSize.zero
    /// What the others have signed to hold of it, by station number.
    public internal(set) var cosigned: [Cosignature] = []
    public internal(set) var predecessor = Predecessor.unknown

    public var author: StationNumber { id.station }
    public var unsigned: UInt64 { size.value - min(size.value, signedProvisionally.value) }

    public struct Cosignature: Hashable, Sendable {
        public let by: StationNumber
        public let full: RecordSize
        public internal(set) var provisionally: RecordSize

        public init(by: StationNumber, full: RecordSize, provisionally: RecordSize) {
            self.by = by
            self.full = full
            self.provisionally = provisionally
        }
    }

    /// What the opening states of the generation before it, and whether that is so.
    public enum Predecessor: Hashable, Sendable {
        /// The opening is missing or damaged.
        case unknown
        /// There is none: the record begins here.
        case first
        case agrees(Head)
        case differs(Head)
        /// The export does not hold the predecessor to that size.
        case notInExport(Head)
    }
}
