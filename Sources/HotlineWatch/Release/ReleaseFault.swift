public import HotlineAgreement
public import HotlineWire

/// Why an attestation proves nothing. It is kept and shown as what it is (docs/spec/watch.md, WAT-34).
public enum ReleaseFault: Hashable, Sendable {
    /// Its content is not of its kind.
    case unreadable
    /// Somebody else's word about the statement.
    case notItsAuthor
    /// It carries another precedence, channel or mark than the statement, or goes between other posts.
    case otherHandling
    /// The author had no roster in force when it wrote the statement.
    case noRoster
    case otherRoster(found: UInt64, inForce: UInt64)
    case officers(found: Int, needed: Int)
    case sameOfficer(String)
    case unknownOfficer(String)
    case wrongRole(String, OfficerRole)
    case notSigned(String)
    /// The release id was named for another statement before.
    case usedBefore(EntryID)
}
