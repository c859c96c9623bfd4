import HotlineLine
import HotlineRecord
import HotlineSeal
import HotlineWire

/// What signers have said of their own records that is not what is held of them, or not yet: each may turn out to contradict what the
/// same station has signed before, or signs later. All of it is durable.
struct Statements: Sendable {
    /// Two roots of one size that one station has signed.
    private struct Contradiction: Hashable, Sendable {
        let part: GenerationSize
        let roots: Set<Hash>
    }
    private var statements: [StationNumber: [UnverifiedCheckpoint]] = [:]
    private var proved: [StationNumber: [Contradiction]] = [:]
    /// Sizes at which the past is still to be searched. Forgotten at a start.
    private var toSearch: [GenerationSize] = []

    var isEmpty: Bool { statements.isEmpty && proved.isEmpty }

    func kept(of signer: StationNumber) -> [UnverifiedCheckpoint] { statements[signer] ?? [] }

    /// Whether it says something new, and there is room for it.
    func mayKeep(_ checkpoint: UnverifiedCheckpoint) -> Bool {
        let all = kept(of: checkpoint.checkpoint.signer)
        return all.count < StationLimits.statements && !all.contains { $0.checkpoint.head == checkpoint.checkpoint.head }
    }

    mutating func keep(_ checkpoint: UnverifiedCheckpoint) {
        let head = checkpoint.checkpoint.head
        statements[checkpoint.checkpoint.signer, default: []].append(checkpoint)
        toSearch.append(GenerationSize(head.generation, head.size))
    }

    var needs: [Need] { toSearch.map { .signed($0) } }

    mutating func searched() { toSearch = [] }

    /// Whether this contradiction is not proved yet, and there is room for its proof.
    func isNews(_ fork: Fork) -> Bool {
        let all = proved[fork.first.checkpoint.signer] ?? []
        return all.count < StationLimits.proofs && !all.contains(Statements.contradiction(fork.first.unverified, fork.second.unverified))
    }

    mutating func noteProof(_ first: UnverifiedCheckpoint, _ second: UnverifiedCheckpoint) {
        proved[first.checkpoint.signer, default: []].append(Statements.contradiction(first, second))
    }

    private static func contradiction(_ first: UnverifiedCheckpoint, _ second: UnverifiedCheckpoint) -> Contradiction {
        let head = first.checkpoint.head
        return Contradiction(part: GenerationSize(head.generation, head.size), roots: [head.root, second.checkpoint.head.root])
    }
}

extension Statements {
    func encode(into encoder: inout Encoder) {
        let all = statements.sorted { $0.key < $1.key }.flatMap(\.value)
        encoder.put(varint: UInt64(all.count))
        for statement in all { encoder.put(prefixed: statement.encoded) }
        let proofs = proved.sorted { $0.key < $1.key }.flatMap(\.value)
        encoder.put(varint: UInt64(proofs.count))
        for proof in proofs {
            encoder.put(proof.part.generation)
            encoder.put(proof.part.size)
            let roots = proof.roots.sorted { $0 <= $1 }
            encoder.put(roots[0])
            encoder.put(roots[roots.count - 1])
        }
    }

    init(_ decoder: inout Decoder) throws(WireError) {
        for _ in 0..<(try decoder.count(of: "statements", max: Limits.stationsMax * StationLimits.statements)) {
            var inner = Decoder(try decoder.prefixed("statement", max: Limits.objectBytesMax))
            let statement = try UnverifiedCheckpoint(&inner)
            statements[statement.checkpoint.signer, default: []].append(statement)
        }
        for _ in 0..<(try decoder.count(of: "proofs", max: Limits.stationsMax * StationLimits.proofs)) {
            let part = GenerationSize(try decoder.generationID(), try decoder.recordSize())
            let proof = Contradiction(part: part, roots: [try decoder.hash(), try decoder.hash()])
            proved[part.generation.station, default: []].append(proof)
        }
    }
}

extension Station {
    /// Compares statements with what the same station has signed at their size long ago.
    mutating func compareStatements(_ loaded: Loaded, at now: Moment, into outcome: inout Outcome) {
        for (part, earlier) in loaded.signed.sorted(by: { ($0.key.generation, $0.key.size) < ($1.key.generation, $1.key.size) }) {
            for statement in statements.kept(of: part.generation.station) where statement.checkpoint.head.generation == part.generation {
                guard let signed = try? membership.keys.verify(statement).0 else { continue }
                noteContradictions(signed, with: earlier, at: now, into: &outcome)
            }
        }
        if !loaded.signed.isEmpty { statements.searched() }
    }

    /// - Returns: whether one of them contradicts it.
    @discardableResult
    mutating func noteContradictions(
        _ signed: SignedCheckpoint, with others: [UnverifiedCheckpoint], at now: Moment, into outcome: inout Outcome
    ) -> Bool {
        var isContradicted = false
        for other in others where other.checkpoint.head.size == signed.checkpoint.head.size {
            guard let verified = try? membership.keys.verify(other).0, let fork = Fork(verified, signed) else { continue }
            isContradicted = true
            note(fork, at: now, into: &outcome)
        }
        return isContradicted
    }

    mutating func note(_ fork: Fork, at now: Moment, into outcome: inout Outcome) {
        guard statements.isNews(fork) else { return }
        commit(.fork(fork.first.unverified, fork.second.unverified, at: now.wall), at: now, into: &outcome)
    }
}

extension Checkpoint {
    /// Whether it covers more than an earlier one of the same generation: of it, or of what is held of others.
    func says(moreThan earlier: Checkpoint) -> Bool {
        guard head.size == earlier.head.size else { return head.size > earlier.head.size }
        return !holds(lessThan: earlier) && held.contains { head in earlier.size(of: head.generation).map { $0 < head.size } ?? true }
    }

    /// Whether it holds less of some generation than the earlier one does. What is left out is not less.
    func holds(lessThan earlier: Checkpoint) -> Bool {
        held.contains { head in earlier.size(of: head.generation).map { head.size < $0 } ?? false }
    }

    private func size(of generation: GenerationID) -> RecordSize? { held.first { $0.generation == generation }?.size }
}
