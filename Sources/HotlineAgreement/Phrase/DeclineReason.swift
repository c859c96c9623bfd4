/// Why a message or a contact is declined.
public struct DeclineReason: Hashable, Sendable {
    /// Counted from 1.
    public var number: UInt8
    /// A short name to type, unique among the reasons.
    public var code: String
    public var text: Wording
    public init(number: UInt8, code: String, text: Wording) {
        self.number = number
        self.code = code
        self.text = text
    }
}
