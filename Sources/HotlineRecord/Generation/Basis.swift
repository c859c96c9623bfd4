public import HotlineWire

/// What a generation of a record stands on, from its first entry to its last: the agreement in force for its author, and the
/// key statement by which its author's keys are others than that agreement lists.
///
/// A station changes neither while it runs, so that every entry of a generation can be read by what its opening says.
public struct Basis: Hashable, Sendable {
    /// AH.
    public let agreement: Hash
    /// The hash of the key statement; nil where the keys are those that the agreement lists.
    public let statement: Hash?

    public init(agreement: Hash, statement: Hash? = nil) {
        self.agreement = agreement
        self.statement = statement
    }
}

extension Encoder {
    mutating func put(_ basis: Basis) {
        put(basis.agreement)
        put(varint: basis.statement == nil ? 0 : 1)
        if let statement = basis.statement { put(statement) }
    }
}

extension Decoder {
    mutating func basis() throws(WireError) -> Basis {
        let agreement = try hash()
        return Basis(agreement: agreement, statement: try count(of: "key statement", max: 1) == 1 ? try hash() : nil)
    }
}
