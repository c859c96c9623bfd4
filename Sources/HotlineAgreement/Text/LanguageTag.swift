/// A language as BCP 47 (RFC 5646) names it: language, then perhaps script, then perhaps region, in the capitals that
/// §2.1.1 recommends: `en`, `ru`, `zh-Hant`, `pt-BR`, `sr-Cyrl-RS`.
public struct LanguageTag: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let text: String

    /// Nil for anything but the form above: one language has one form.
    public init?(_ text: some StringProtocol) {
        var parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Array($0.utf8) }[...]
        guard let language = parts.popFirst(), (2...3).contains(language.count), language.allSatisfy(LanguageTag.isSmall) else {
            return nil
        }
        if let script = parts.first, script.count == 4 {
            guard LanguageTag.isCapital(script[0]), script[1...].allSatisfy(LanguageTag.isSmall) else { return nil }
            parts.removeFirst()
        }
        if let region = parts.popFirst() {
            guard
                region.count == 2 && region.allSatisfy(LanguageTag.isCapital) || region.count == 3 && region.allSatisfy(LanguageTag.isDigit)
            else { return nil }
        }
        guard parts.isEmpty else { return nil }
        self.text = String(text)
    }

    /// The language without script and region.
    public var language: String { String(text.prefix { $0 != "-" }) }

    public var description: String { text }
    public static func < (a: LanguageTag, b: LanguageTag) -> Bool { a.text < b.text }

    private static func isSmall(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
    private static func isCapital(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    static let english = known("en")
    static let russian = known("ru")

    private static func known(_ text: String) -> LanguageTag {
        guard let tag = LanguageTag(text) else { preconditionFailure("'\(text)' is a language tag") }
        return tag
    }
}
