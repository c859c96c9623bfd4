/// Why bytes are not a value of this format. Every case is a fault of the bytes, never of the environment.
public enum WireError: Error, Hashable, Sendable {
    /// The bytes end before the value does.
    case truncated
    /// Bytes are left after the value.
    case trailing(count: Int)
    /// The value is written in a longer form than the shortest one (RFC 9000 §16 read strictly).
    case nonCanonical
    /// A length or a count above its limit.
    case tooLarge(what: String, found: Int, max: Int)
    /// A value outside the set that the format allows.
    case invalid(what: String, found: UInt64)
    /// Text that is not UTF-8.
    case notUTF8
}
