public import HotlineSeal
public import HotlineWire

/// What whoever has read the agreements and the key statements of a line knows: its name, and for each station, in order, every
/// basis that its record can stand on and the keys that sign there.
public struct LineKeys: Sendable {
    public let line: Hash
    private let order: [Hash]
    private let steps: [StationNumber: [Step]]

    private struct Step: Sendable {
        let basis: Basis
        let keys: StationPublicKeys
        /// Whether the keys before these were stolen.
        let isAfterTheft: Bool
    }

    /// A key statement, in what it changes.
    public struct Replacement: Sendable {
        /// The hash of the statement.
        public let statement: Hash
        /// The agreement whose keys it replaces.
        public let agreement: Hash
        public let keys: StationPublicKeys
        /// Whether the keys before these were stolen: nothing new is taken from them.
        public let isAfterTheft: Bool

        public init(statement: Hash, agreement: Hash, keys: StationPublicKeys, isAfterTheft: Bool) {
            self.statement = statement
            self.agreement = agreement
            self.keys = keys
            self.isAfterTheft = isAfterTheft
        }
    }

    /// - Parameters:
    ///   - agreements: the hash of each agreement and the keys it lists, the first agreement first.
    ///   - replacements: of each station in order of version.
    public init(line: Hash, agreements: [(agreement: Hash, keys: [StationPublicKeys])], replacements: [Replacement] = []) {
        precondition(!agreements.isEmpty, "a line has an agreement")
        self.line = line
        order = agreements.map(\.agreement)
        var steps: [StationNumber: [Step]] = [:]
        for (agreement, keys) in agreements {
            for listed in keys {
                steps[listed.number, default: []].append(Step(basis: Basis(agreement: agreement), keys: listed, isAfterTheft: false))
            }
            for change in replacements where change.agreement == agreement {
                steps[change.keys.number, default: []].append(
                    Step(
                        basis: Basis(agreement: agreement, statement: change.statement), keys: change.keys, isAfterTheft: change.isAfterTheft
                    )
                )
            }
        }
        self.steps = steps
    }

    /// A line whose first agreement was never amended: that agreement's hash is the line's name.
    public init(line: Hash, keys: [StationPublicKeys]) {
        self.init(line: line, agreements: [(line, keys)])
    }

    /// The stations of the line, in order.
    public var stations: [StationNumber] { steps.keys.sorted() }

    /// What a station that has installed the same as we writes on.
    public func latest(of station: StationNumber) -> Basis { steps[station]?.last?.basis ?? Basis(agreement: order[order.count - 1]) }

    /// What a generation stands on whose opening names nothing.
    public var first: Basis { Basis(agreement: line) }

    public func isKnown(agreement: Hash) -> Bool { order.contains(agreement) }

    /// The keys of a station for a generation on this basis; nil where what it names is not here.
    public func keys(of station: StationNumber, on basis: Basis) -> StationPublicKeys? {
        steps[station]?.first { $0.basis == basis }?.keys
    }

    /// The key sets that a station may speak with whose record stands on this basis, as far as is known here: those of that basis
    /// and of every later one, and none from before a theft. The latest first, each once.
    public func keys(of station: StationNumber, from basis: Basis?) -> [StationPublicKeys] {
        guard let all = steps[station], !all.isEmpty else { return [] }
        let start = basis.map { basis in all.firstIndex { $0.basis == basis } ?? all.count - 1 } ?? 0
        let safe = all.lastIndex(where: \.isAfterTheft) ?? 0
        return all[max(start, safe)...].reversed().reduce(into: []) { found, step in if !found.contains(step.keys) { found.append(step.keys) } }
    }

    /// Whether one basis of a station comes before another; false where either is not known here.
    public func comes(_ basis: Basis, before other: Basis, of station: StationNumber) -> Bool {
        guard let all = steps[station], let first = all.firstIndex(where: { $0.basis == basis }),
            let second = all.firstIndex(where: { $0.basis == other })
        else { return false }
        return first < second
    }

    /// Whether the keys of this basis were stolen later, as far as is known here.
    public func isStolen(_ basis: Basis, of station: StationNumber) -> Bool {
        guard let all = steps[station], let place = all.firstIndex(where: { $0.basis == basis }) else { return false }
        return all[(place + 1)...].contains(where: \.isAfterTheft)
    }

    /// The last statement of a station that its keys were stolen; nil where it made none.
    public func lastTheft(of station: StationNumber) -> Hash? { steps[station]?.last(where: \.isAfterTheft)?.basis.statement }

    /// The checkpoint, if its signer signed it on this line with keys that it had under the agreement that it names; and with which.
    public func verify(_ unverified: UnverifiedCheckpoint) throws(CheckpointRefusal) -> (SignedCheckpoint, Basis) {
        let checkpoint = unverified.checkpoint
        guard checkpoint.line == line else { throw .wrongLine(checkpoint.line) }
        guard isKnown(agreement: checkpoint.agreement) else { throw .unknownAgreement(checkpoint.agreement) }
        let candidates = (steps[checkpoint.signer] ?? []).filter { $0.basis.agreement == checkpoint.agreement }
        guard !candidates.isEmpty else { throw .unknownSigner(checkpoint.signer) }
        for step in candidates { if let signed = try? unverified.verified(by: step.keys) { return (signed, step.basis) } }
        throw .signatureInvalid
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
