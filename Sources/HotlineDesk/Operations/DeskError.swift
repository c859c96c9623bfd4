/// Why the desk did not do what it was asked. One sentence of what went wrong and one of what to do; its class gives the
/// exit code of the command line.
public struct DeskError: Error, Codable, Hashable, Sendable {
    public enum Class: String, Codable, Sendable, CaseIterable {
        /// The command itself is wrong.
        case usage
        /// A file or bytes are not what they must be.
        case malformed
        /// Our own rules or the agreement's do not allow it.
        case refused
        /// There is no such thing.
        case notFound
        /// The station, a file or the network is not there.
        case unavailable
        /// A proof does not hold.
        case notVerified
        /// A fault of this program.
        case bug
    }
    public let `class`: Class
    public let what: String
    public let hint: String

    public init(_ class: Class, _ what: String, hint: String) {
        self.class = `class`
        self.what = what
        self.hint = hint
    }
}
