public import HotlineBearers

extension Configuration {
    /// A mail server, and who is written to.
    public struct Mail: Hashable, Sendable {
        public var server: TLSAddress
        /// TLS from the first byte (RFC 8314); else STARTTLS (RFC 3207), unless the server is on this machine.
        public var isImplicit: Bool
        public var from: String
        /// At least one, at most `toMax`.
        public var to: [String]
        /// A file of the form of netrc, `machine HOST login USER password PASSWORD`, which nobody else may read; nil where the server asks for
        /// none.
        public var credentials: String?
        /// Certificates to trust instead of those of the machine, in PEM; nil for those.
        public var authority: String?

        public init(server: TLSAddress, isImplicit: Bool, from: String, to: [String], credentials: String? = nil, authority: String? = nil) {
            self.server = server
            self.isImplicit = isImplicit
            self.from = from
            self.to = to
            self.credentials = credentials
            self.authority = authority
        }

        static let toMax = 8

        /// Only to such a server anything goes in the clear.
        var isOnThisMachine: Bool { !isImplicit && ["127.0.0.1", "::1"].contains(server.host) }

        /// Whether a text is a plain address of an Internet message: no name beside it, no quotes, nothing that another line could begin with.
        static func isAddress(_ text: String) -> Bool {
            let parts = text.split(separator: "@", omittingEmptySubsequences: false)
            let allowed = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.!#$%&'*+/=?^_`{|}~-")
            return text.utf8.count <= 254 && parts.count == 2 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(allowed.contains) } && !text.hasPrefix("-")
        }
    }
}
