/// A language of the line: its place in the agreement, counted from 1, as an entry names it; 0 there is 'no language'.
public struct LanguageNumber: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let value: UInt8
    public init?(_ value: UInt8) {
        guard value >= 1 else { return nil }
        self.value = value
    }
    public static func < (a: LanguageNumber, b: LanguageNumber) -> Bool { a.value < b.value }
    public var description: String { String(value) }
}

public struct Language: Hashable, Sendable {
    public var number: LanguageNumber
    public var tag: LanguageTag
    /// The language's name for itself.
    public var name: String
    public init(number: LanguageNumber, tag: LanguageTag, name: String) {
        self.number = number
        self.tag = tag
        self.name = name
    }
}
