import Crypto
public import HotlineWire

/// Writes an export, piece by piece, so that a record of any length takes the memory of one entry.
///
/// What is claimed comes first (agreements, checkpoints, evidence, openings) and the entries that must bear it out come
/// after, so that a verifier knows at which sizes to look and reads the file once.
///
///     agreements → rosters → checkpoints → evidence → openings → (generation → entries)… → finish
///
/// The calls are made in this order; to leave it is a bug of ours and stops the program.
public struct ExportWriter<Failure: Error> {
    private let write: ([UInt8]) throws(Failure) -> Void
    private var hasher = SHA256()
    private var last: ExportSection?
    private var opened: [(id: GenerationID, size: RecordSize)] = []
    /// The generation whose entries are being written, and the number of the next one.
    private var current: (index: Int, next: UInt64)?

    /// - Parameters:
    ///   - agreements: the exact bytes of the first agreement, then of its amendments.
    ///   - rosters: exact bytes; may be empty.
    ///   - write: is given the bytes of the file, in order.
    public init(
        agreements: [[UInt8]], rosters: [[UInt8]] = [], _ write: @escaping ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        precondition(!agreements.isEmpty, "an export begins with the agreement")
        self.write = write
        try put(ExportSection.magic)
        for agreement in agreements { try put(.agreement, agreement) }
        for roster in rosters { try put(.roster, roster) }
    }

    /// Every checkpoint that shall count: of every signer the latest light and the latest full one of each generation, at
    /// least. Their heads lie within the entries that are exported.
    public mutating func append(_ checkpoint: UnverifiedCheckpoint) throws(Failure) {
        try put(.checkpoint, checkpoint.encoded)
    }

    public mutating func append(_ evidence: Evidence) throws(Failure) {
        try put(.evidence, evidence.first.encoded + evidence.second.encoded)
    }

    /// A generation, by its opening entry, and how many of its entries the export holds, this one included. The
    /// generations of a station stand oldest first.
    public mutating func open(_ opening: Entry, leaf: Hash, size: RecordSize) throws(Failure) {
        precondition(opening.id.number.value == 0 && size > .zero, "a generation begins with its opening entry")
        var encoder = Encoder(reserving: opening.content.count + 160)
        encoder.put(opening.id.generation)
        encoder.put(size)
        encoder.put(leaf)
        encoder.put(raw: opening.encoded)
        opened.append((opening.id.generation, size))
        try put(.opening, encoder.bytes)
    }

    /// The next entry: number 1 of the first generation opened, and so on to its last; then number 1 of the second.
    public mutating func append(_ entry: Entry, leaf: Hash) throws(Failure) {
        try beginGenerations(through: entry.id.generation)
        guard let (index, next) = current, opened[index].id == entry.id.generation, entry.id.number.value == next,
            entry.id.number < EntryNumber(opened[index].size.value)
        else { preconditionFailure("the entries of an export stand in order, as many as were announced") }
        current = (index, next + 1)
        try put(.entry, leaf.bytes + entry.encoded)
    }

    /// The end, with the digest of everything before it.
    public mutating func finish() throws(Failure) {
        try beginGenerations(through: nil)
        var encoder = Encoder()
        encoder.put(byte: ExportSection.end.rawValue)
        encoder.put(varint: UInt64(Hash.size))
        try put(encoder.bytes)
        last = .end
        try write(Array(hasher.finalize()))
    }

    /// Begins the generations that come next, up to the one given; a generation of its opening alone is begun and empty.
    private mutating func beginGenerations(through id: GenerationID?) throws(Failure) {
        while current.map({ opened[$0.index].id != id }) ?? true {
            if let (index, next) = current {
                precondition(next == opened[index].size.value, "an export holds as many entries as were announced")
            }
            let index = current.map { $0.index + 1 } ?? 0
            guard index < opened.count else { return }
            current = (index, 1)
            var encoder = Encoder()
            encoder.put(opened[index].id)
            try put(.generation, encoder.bytes)
        }
    }

    private mutating func put(_ section: ExportSection, _ body: [UInt8]) throws(Failure) {
        precondition(section.mayFollow(last), "the sections of an export stand in order")
        precondition(body.count <= section.bytesMax, "a section keeps to its limit")
        last = section
        var encoder = Encoder(reserving: body.count + 9)
        encoder.put(byte: section.rawValue)
        encoder.put(prefixed: body)
        try put(encoder.bytes)
    }

    private mutating func put(_ bytes: [UInt8]) throws(Failure) {
        hasher.update(data: bytes)
        try write(bytes)
    }
}
