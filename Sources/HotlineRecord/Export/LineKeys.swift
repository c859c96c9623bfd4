public import HotlineSeal
public import HotlineWire

/// What whoever has read the agreement knows: the line's name, every agreement that was in force, and the keys that each lists.
public struct LineKeys: Sendable {
    public let line: Hash
    private let order: [Hash]
    private let keys: [[StationNumber: StationPublicKeys]]

    /// - Parameter agreements: the hash of each agreement and the keys it lists, the first agreement first.
    public init(line: Hash, agreements: [(agreement: Hash, keys: [StationPublicKeys])]) {
        self.line = line
        order = agreements.map(\.agreement)
        keys = agreements.map { Dictionary($0.keys.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first }) }
    }

    /// A line whose first agreement was never amended: that agreement's hash is the line's name.
    public init(line: Hash, keys: [StationPublicKeys]) {
        self.init(line: line, agreements: [(line, keys)])
    }

    /// The place of an agreement in their order, from 0; nil for one that was never in force.
    func place(of agreement: Hash) -> Int? { order.firstIndex(of: agreement) }

    func keys(of station: StationNumber, under agreement: Hash) -> StationPublicKeys? {
        place(of: agreement).flatMap { keys[$0][station] }
    }

    /// The checkpoint, if its signer signed it on this line with the keys of the agreement that it names.
    func verify(_ unverified: UnverifiedCheckpoint) throws(CheckpointRefusal) -> SignedCheckpoint {
        let checkpoint = unverified.checkpoint
        guard checkpoint.line == line else { throw .wrongLine(checkpoint.line) }
        guard place(of: checkpoint.agreement) != nil else { throw .unknownAgreement(checkpoint.agreement) }
        guard let keys = keys(of: checkpoint.signer, under: checkpoint.agreement) else { throw .unknownSigner(checkpoint.signer) }
        guard let signed = try? unverified.verified(by: keys) else { throw .signatureInvalid }
        return signed
    }
}

/// Why a checkpoint does not count.
public enum CheckpointRefusal: Error, Hashable, Sendable {
    /// It is of another line.
    case wrongLine(Hash)
    /// It names an agreement that was never in force on this line.
    case unknownAgreement(Hash)
    /// The agreement it names lists no such station.
    case unknownSigner(StationNumber)
    case signatureInvalid
}
