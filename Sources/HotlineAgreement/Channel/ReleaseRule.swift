/// Who must sign before a message leaves.
public enum ReleaseRule: Hashable, Sendable {
    case nobody
    /// As many different officers as there are roles, each of the role named. With `proofFirst` the receiver shows no
    /// text as authentic before it has verified their signatures.
    case roles([OfficerRole], proofFirst: Bool)

    /// Empty where nobody must.
    public var roles: [OfficerRole] {
        switch self {
        case .nobody: []
        case .roles(let roles, proofFirst: _): roles
        }
    }

    public var needsProofFirst: Bool {
        switch self {
        case .nobody: false
        case .roles(_, let proofFirst): proofFirst
        }
    }
}
