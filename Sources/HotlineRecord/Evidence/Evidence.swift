/// Two checkpoints that are said to contradict each other, unverified: what a fork looks like to a third party before it
/// has checked it.
public struct Evidence: Hashable, Sendable {
    public let first: UnverifiedCheckpoint
    public let second: UnverifiedCheckpoint

    /// The one with the lower root comes first, so that one contradiction has one form.
    public init(_ one: UnverifiedCheckpoint, _ other: UnverifiedCheckpoint) {
        (first, second) = one.checkpoint.head.root <= other.checkpoint.head.root ? (one, other) : (other, one)
    }

    public init(_ fork: Fork) { self.init(fork.first.unverified, fork.second.unverified) }

    /// The fork, if its signer signed both on this line and they cannot both be true.
    public func verify(_ keys: LineKeys) throws(EvidenceError) -> Fork {
        let signed: (SignedCheckpoint, SignedCheckpoint)
        do throws(CheckpointRefusal) {
            signed = (try keys.verify(first).0, try keys.verify(second).0)
        } catch {
            throw .refused(error)
        }
        guard let fork = Fork(signed.0, signed.1) else { throw .noContradiction }
        return fork
    }
}

/// Why evidence proves nothing.
public enum EvidenceError: Error, Hashable, Sendable {
    /// The bytes are not evidence in its one form.
    case malformed
    case refused(CheckpointRefusal)
    /// The two are of different generations or sizes, or have one root.
    case noContradiction
}

extension Evidence {
    private static let title = "hotline/1 evidence"

    /// Evidence as a file that a third party needs nothing besides: the agreements, the first one first, and both checkpoints.
    public func text(agreements: [[UInt8]]) -> [UInt8] {
        var text = ProofText(title: Evidence.title)
        for agreement in agreements { text.put("agreement", base64: agreement) }
        text.put(first)
        text.put(second)
        return text.bytes
    }

    /// Reads such a file. Only the exact form that `text(agreements:)` writes is accepted.
    public static func read(_ bytes: [UInt8]) throws(EvidenceError) -> (agreements: [[UInt8]], evidence: Evidence) {
        guard var reader = ProofTextReader(bytes, title: title) else { throw .malformed }
        let agreements = reader.takeAll(base64: "agreement")
        guard let first = reader.takeCheckpoint(), let second = reader.takeCheckpoint() else { throw .malformed }
        let evidence = Evidence(first, second)
        guard !agreements.isEmpty, evidence.text(agreements: agreements) == bytes else { throw .malformed }
        return (agreements, evidence)
    }
}
