public import HotlineWire

/// A term for which each party has its own word, so that naming never blocks sending.
public struct Term: Hashable, Sendable {
    public struct Word: Hashable, Sendable {
        public var party: StationNumber
        public var language: LanguageTag
        public var text: String
        public init(party: StationNumber, language: LanguageTag, text: String) {
            self.party = party
            self.language = language
            self.text = text
        }
    }
    /// Counted from 1.
    public var number: UInt8
    /// A neutral name, unique among the terms.
    public var code: String
    /// At least one of every party, in that party's first language.
    public var words: [Word]

    public init(number: UInt8, code: String, words: [Word]) {
        self.number = number
        self.code = code
        self.words = words
    }

    public func word(of party: StationNumber, in language: LanguageTag) -> String? {
        words.first { $0.party == party && $0.language == language }?.text
    }
}
