/// An answer that the agreement authorises in advance, so that nobody has to dare to give it.
public struct HoldingReply: Hashable, Sendable {
    /// Counted from 1.
    public var number: UInt8
    public var text: Wording
    public init(number: UInt8, text: Wording) {
        self.number = number
        self.text = text
    }
}
