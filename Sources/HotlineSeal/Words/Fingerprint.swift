public import HotlineWire

/// A hash as sixteen words that two people read to each other: the first 16 bytes of it, 128 bits, in the PGP word list.
///
///     stairway souvenir flytrap recipe
///     adrift upcoming artist positive
///     spearhead Pandora spaniel stupendous
///     tonic concurrent transit Wichita
public struct Fingerprint: Hashable, Sendable, CustomStringConvertible {
    public static let wordCount = 16
    private static let groupSize = 4

    /// Sixteen words, by turns of two and of three syllables.
    public let words: [String]

    public init(_ hash: Hash) {
        words = hash.bytes.prefix(Fingerprint.wordCount).enumerated().map { WordList.list(at: $0.offset)[Int($0.element)] }
    }

    /// Reads words back as somebody said or typed them: capitals, commas, hyphens, slashes and line breaks do not matter.
    ///
    /// - Throws: the first word that cannot stand at its place.
    public init(_ text: some StringProtocol) throws(FingerprintError) {
        let spoken = text.split { !$0.isLetter }
        for (place, word) in spoken.prefix(Fingerprint.wordCount).enumerated() {
            guard WordList.byte(of: word, at: place) == nil else { continue }
            guard WordList.byte(of: word, at: place + 1) == nil else {
                throw .outOfTurn(word: String(word), place: place + 1)
            }
            throw .unknown(word: String(word), place: place + 1)
        }
        guard spoken.count == Fingerprint.wordCount else { throw .count(found: spoken.count) }
        words = spoken.enumerated().map { place, word in
            WordList.byte(of: word, at: place).map { WordList.list(at: place)[Int($0)] } ?? String(word)
        }
    }

    /// Four groups of four words.
    public var groups: [[String]] {
        stride(from: 0, to: words.count, by: Fingerprint.groupSize).map { Array(words[$0..<$0 + Fingerprint.groupSize]) }
    }

    /// The groups on one line each.
    public var description: String { groups.map { $0.joined(separator: " ") }.joined(separator: "\n") }

    /// The places, counted from 1, at which the two differ; empty where they are the same.
    public func differences(from other: Fingerprint) -> [Int] {
        zip(words, other.words).enumerated().compactMap { $0.element.0 == $0.element.1 ? nil : $0.offset + 1 }
    }
}

/// Why words are not a fingerprint. Places count from 1.
public enum FingerprintError: Error, Hashable, Sendable {
    /// The word is in neither list.
    case unknown(word: String, place: Int)
    /// A word of two syllables where one of three belongs, or the reverse: one was left out, said twice or swapped.
    case outOfTurn(word: String, place: Int)
    case count(found: Int)
}
