public import HotlineSeal
public import HotlineWire

/// What whoever has read the agreements knows: the line's name, every agreement that was in force, and the keys that each lists.
public struct LineKeys: Sendable {
    public let line: Hash
    private let order: [Hash]
    private let keys: [[StationNumber: StationPublicKeys]]

    /// - Parameter agreements: the hash of each agreement and the keys it lists, the first agreement first.
    public init(line: Hash, agreements: [(agreement: Hash, keys: [StationPublicKeys])]) {
        precondition(!agreements.isEmpty, "a line has an agreement")
        self.line = line
        order = agreements.map(\.agreement)
        keys = agreements.map { Dictionary($0.keys.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first }) }
    }

    /// A line whose first agreement was never amended: that agreement's hash is the line's name.
    public init(line: Hash, keys: [StationPublicKeys]) {
        self.init(line: line, agreements: [(line, keys)])
    }

    /// The stations that the last agreement lists, in order.
    public var stations: [StationNumber] { keys[keys.count - 1].keys.sorted() }

    /// What a station that has installed the same as we writes on.
    public func latest(of station: StationNumber) -> Basis { Basis(agreement: order[order.count - 1]) }

    /// What a generation stands on whose opening names nothing.
    public var first: Basis { Basis(agreement: line) }

    /// Whether what a generation stands on is known here.
    public func isKnown(_ basis: Basis) -> Bool { place(of: basis.agreement) != nil }

    /// The keys of a station for a generation on this basis; nil where what it names is not here.
    public func keys(of station: StationNumber, on basis: Basis) -> StationPublicKeys? {
        place(of: basis.agreement).flatMap { keys[$0][station] }
    }

    /// The key sets that a station may use whose record stands on this basis, as far as is known here: those of that basis
    /// and of every later one. The latest first, each once.
    public func keys(of station: StationNumber, from basis: Basis?) -> [StationPublicKeys] {
        let start = basis.map { place(of: $0.agreement) ?? order.count - 1 } ?? 0
        var found: [StationPublicKeys] = []
        for listed in keys[start...].reversed() {
            guard let keys = listed[station], !found.contains(keys) else { continue }
            found.append(keys)
        }
        return found
    }

    /// Whether one basis of a station comes before another; false where either is not known here.
    public func comes(_ basis: Basis, before other: Basis, of station: StationNumber) -> Bool {
        guard let first = place(of: basis.agreement), let second = place(of: other.agreement) else { return false }
        return first < second
    }

    /// The place of an agreement in their order, from 0; nil for one that was never in force.
    func place(of agreement: Hash) -> Int? { order.firstIndex(of: agreement) }

    /// The checkpoint, if its signer signed it on this line with keys that it had under the agreement that it names; and with which.
    func verify(_ unverified: UnverifiedCheckpoint) throws(CheckpointRefusal) -> (SignedCheckpoint, Basis) {
        let checkpoint = unverified.checkpoint
        guard checkpoint.line == line else { throw .wrongLine(checkpoint.line) }
        guard place(of: checkpoint.agreement) != nil else { throw .unknownAgreement(checkpoint.agreement) }
        let basis = Basis(agreement: checkpoint.agreement)
        guard let keys = keys(of: checkpoint.signer, on: basis) else { throw .unknownSigner(checkpoint.signer) }
        guard let signed = try? unverified.verified(by: keys) else { throw .signatureInvalid }
        return (signed, basis)
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
