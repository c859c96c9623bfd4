import HotlineAgreement
public import HotlineDesk
import HotlineRecord
import HotlineSeal
import HotlineWire

extension StationRecord {
    /// Generations, heads and checkpoints, as the store has them.
    public func show() throws(DeskError) -> RecordView {
        let words = FindingWords(parties: agreed.agreement.terms.parties)
        let checkpoints = try reader.checkpoints(of: stations)
        let evidence = try reader.evidence()
        var generations: [GenerationView] = []
        for generation in try reader.generations(of: stations) { generations.append(try view(generation, checkpoints, words)) }
        return RecordView(
            line: agreed.agreement.terms.line, lineWords: Fingerprint(agreed.agreement.line).groups, generations: generations,
            checkpoints: checkpoints.map { CheckpointView($0, words) }, forks: evidence.forks.count, conflicts: evidence.conflicts.count
        )
    }

    private func view(_ generation: StoredGeneration, _ checkpoints: [StoredCheckpoint], _ words: FindingWords) throws(DeskError) -> GenerationView {
        let mark = words.mark(generation.id.station)
        func size(by signer: StationNumber, _ strengths: [CheckpointStrength]) -> UInt64 {
            checkpoints.filter { strengths.contains($0.unverified.strength) && $0.unverified.checkpoint.signer == signer }
                .flatMap { [$0.head] + $0.unverified.checkpoint.held }.filter { $0.generation == generation.id }.map(\.size.value).max() ?? 0
        }
        let others = stations.filter { $0 != generation.id.station }
        return GenerationView(
            party: agreed.agreement.party(generation.id.station)?.name ?? "station \(generation.id.station)", mark: mark,
            station: Int(generation.id.station.value), generation: generation.id.name.description, entries: generation.size.value,
            firstSerial: "\(mark)-\(generation.serials.lowerBound)", lastSerial: "\(mark)-\(generation.serials.upperBound)",
            root: try reader.root(generation.id, generation.size).description, openedAt: generation.at.text,
            signedInFull: size(by: generation.id.station, [.full]), signedProvisionally: size(by: generation.id.station, [.light, .full]),
            cosigned: others.map { other in
                CosignatureView(mark: words.mark(other), inFull: size(by: other, [.full]), provisionally: size(by: other, [.light, .full]))
            }.filter { $0.provisionally > 0 },
            predecessor: generation.opening.predecessor == nil ? "first" : nil
        )
    }
}

extension CheckpointView {
    init(_ checkpoint: StoredCheckpoint, _ words: FindingWords) {
        let head = checkpoint.head
        signer = words.mark(head.generation.station)
        generation = head.generation.name.description
        switch checkpoint.unverified.strength {
        case .light: strength = "provisionally"
        case .full: strength = "in full"
        }
        size = head.size.value
        root = head.root.description
        at = checkpoint.at.text
        holds = checkpoint.unverified.checkpoint.held.map {
            HeldView(mark: words.mark($0.generation.station), generation: $0.generation.name.description, size: $0.size.value)
        }
    }
}
