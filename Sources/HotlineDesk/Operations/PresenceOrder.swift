/// What an officer says about a post, in the agreement's own names.
public struct PresenceOrder: Codable, Hashable, Sendable {
    public enum Statement: Codable, Hashable, Sendable {
        /// Asks the other side whether its post is manned.
        case ask
        case manned
        case unmanned
        /// By a post of its succession, where that is said.
        case standIn(by: String?)
        /// At the machine, and waiting.
        case standingBy
    }
    /// A post's code or its title: one of the other side to ask about, else one of our own.
    public var post: String
    public var statement: Statement

    public init(post: String, statement: Statement) {
        self.post = post
        self.statement = statement
    }
}
