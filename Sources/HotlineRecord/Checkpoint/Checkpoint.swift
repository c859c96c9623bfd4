public import HotlineWire

/// 'These are all my entries so far in this generation, and I durably hold these of yours.'
///
/// The signed bytes are a checkpoint of C2SP tlog-checkpoint: origin, size, root, then one extension line for the
/// agreement in force and one for each head held.
public struct Checkpoint: Hashable, Sendable {
    public let line: Hash
    /// AH: the agreement in force for the signer.
    public let agreement: Hash
    /// The signer's own head.
    public let head: Head
    /// Heads held of the other members, in order of station and generation.
    public let held: [Head]

    public init(line: Hash, agreement: Hash, head: Head, held: [Head]) {
        self.line = line
        self.agreement = agreement
        self.head = head
        self.held = held.sorted { $0.generation < $1.generation }
    }

    public var signer: StationNumber { head.generation.station }
}

public enum CheckpointError: Error, Hashable, Sendable {
    /// The bytes are not a checkpoint's text in its one form.
    case malformed
}
