extension String {
    /// Equal for texts that differ in capitals alone, or in how an accent is written: upper case, then lower case, and Swift compares what is
    /// canonically equivalent as the same (docs/spec/agreement.md, AGR-18).
    var alike: String { uppercased().lowercased() }
}

extension Wording {
    /// Whether one of its texts is alike in both.
    func shares(with other: Wording) -> Bool {
        versions.contains { version in other.versions.contains { $0.language == version.language && $0.text.alike == version.text.alike } }
    }
}

/// Words of Latin capitals alone: a party's mark, a signal's code word.
enum Capitals {
    static func isWord(_ text: some StringProtocol, lengthMax: Int) -> Bool {
        (1...lengthMax).contains(text.utf8.count) && text.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    }
}
