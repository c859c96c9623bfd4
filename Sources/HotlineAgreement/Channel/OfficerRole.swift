/// What an officer does, day and night. The agreement names roles; each party's roster says who has them.
public enum OfficerRole: String, Hashable, Sendable, CaseIterable {
    case watch, translator, releaser, principal, custodian, auditor
}
