/// A line of the local log: who did what at this station.
public struct LogView: Codable, Hashable, Sendable {
    public let number: UInt64
    /// RFC 3339, our own clock.
    public let at: String
    public let who: String
    public let what: String
    public let about: String?
    public let detail: String?

    public init(number: UInt64, at: String, who: String, what: String, about: String?, detail: String?) {
        self.number = number
        self.at = at
        self.who = who
        self.what = what
        self.about = about
        self.detail = detail
    }
}

/// That every line of the local log follows the one before it.
public struct LogVerificationView: Codable, Hashable, Sendable {
    public let lines: UInt64
    /// Of the last line, 64 hex digits: it holds all lines before it.
    public let hash: String
    /// Whether the last line is not whole: a station that was killed while it wrote.
    public let isTorn: Bool

    public init(lines: UInt64, hash: String, isTorn: Bool) {
        self.lines = lines
        self.hash = hash
        self.isTorn = isTorn
    }
}
