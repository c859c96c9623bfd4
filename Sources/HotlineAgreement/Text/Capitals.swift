/// Words of Latin capitals alone: a party's mark, a signal's code word.
enum Capitals {
    static func isWord(_ text: some StringProtocol, lengthMax: Int) -> Bool {
        (1...lengthMax).contains(text.utf8.count) && text.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    }
}
