public import HotlineRecord
public import HotlineSeal
public import HotlineWire

extension LineAgreements {
    /// The root key of a party that is in force on a basis of its record; nil where that is not installed here. One that was replaced signs
    /// nothing any more (AGR-53).
    public func root(of party: StationNumber, on basis: Basis) -> CompositePublicKey? {
        guard let agreement = agreement(basis.agreement) else { return nil }
        guard let statement = basis.statement else { return agreement.rootKey(of: party) }
        guard let change = self.statement(statement)?.change, change.party == party, change.agreement == agreement.hash else { return nil }
        return change.keys.root
    }
}
