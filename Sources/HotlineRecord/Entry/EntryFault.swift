public import HotlineWire

extension Entry {
    /// What keeps everybody from holding this entry, whoever sent it; nil where nothing does. A record that held it could not be
    /// shown to anybody (docs/spec/entries.md, ENT-6 and ENT-10).
    public var fault: ExportProblem.Fault? { faults.first }

    var faults: [ExportProblem.Fault] {
        guard id.number == EntryNumber(0) else { return (header.kind == Opening.kind ? [.openingMisplaced] : []) + referenceFaults }
        do throws(ExportProblem.OpeningFault) { _ = try Opening(of: self) } catch { return [.openingInvalid(error)] }
        return referenceFaults
    }

    /// It speaks of what cannot have been there before it.
    var referenceFaults: [ExportProblem.Fault] {
        references.filter { $0.generation == id.generation && $0.number >= id.number }.map { .referenceNotEarlier($0) }
            + seen.filter { $0.generation.station == id.author }.map { _ in .seenItself }
    }
}

extension Entry {
    /// Whether a receiver of this generation may hold it, as far as the generation tells: what it says to people of its agreement is what
    /// the opening says to machines, and what its author has seen does not fall (ENT-10).
    public func mayFollow(in generation: Generation, on line: Hash) -> Bool {
        (header.kind != InForce.kind || (try? InForce(content))?.basis == generation.opening.basis(on: line)) && !generation.falls(with: self)
    }
}

extension Opening {
    /// Reads the opening entry of a generation.
    public init(of entry: Entry) throws(ExportProblem.OpeningFault) {
        guard entry.id.number == EntryNumber(0), entry.header.kind == Opening.kind else { throw .notAnOpening }
        let opening: Opening
        do throws(WireError) { opening = try Opening(entry.content) } catch { throw .malformed(error) }
        if let fault = opening.fault(of: entry.id.generation) { throw fault }
        self = opening
    }

    /// An opening goes on from another generation of its own station, and holds heads of the others alone.
    func fault(of generation: GenerationID) -> ExportProblem.OpeningFault? {
        if let predecessor, predecessor.generation.station != generation.station || predecessor.generation == generation { return .foreignPredecessor }
        return held.contains { $0.generation.station == generation.station } ? .holdsItself : nil
    }
}
