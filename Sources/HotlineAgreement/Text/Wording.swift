/// One text in several languages, in the order in which they were written.
public struct Wording: Hashable, Sendable {
    public struct Version: Hashable, Sendable {
        public let language: LanguageTag
        public let text: String
        public init(_ language: LanguageTag, _ text: String) {
            self.language = language
            self.text = text
        }
    }

    public let versions: [Version]

    /// - Precondition: there is at least one version.
    public init(_ versions: [Version]) {
        precondition(!versions.isEmpty, "a wording is in at least one language")
        self.versions = versions
    }

    public subscript(language: LanguageTag) -> String? { versions.first { $0.language == language }?.text }

    /// The text in this language, else in the first.
    public func text(in language: LanguageTag) -> String { self[language] ?? first }

    /// The text in the language that was written first.
    public var first: String { versions[0].text }

    var languages: [LanguageTag] { versions.map(\.language) }
}
