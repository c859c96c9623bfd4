import HotlineWire

/// Where statements stand in the text of an agreement that could be read, to tell what is wrong with one of them.
struct TextPlaces {
    private let lines: [Substring]

    init(_ text: [UInt8]) { lines = String(decoding: text, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false) }

    /// The line of a statement of the header, counted from 1; 0 where there is none.
    func header(_ key: String) -> Int {
        let header = lines.prefix { $0 != Heading.preamble.rawValue }
        return header.firstIndex { $0.hasPrefix("\(key) ") }.map { $0 + 1 } ?? 0
    }

    func heading(_ heading: Heading) -> Int { lines.lastIndex { $0 == heading.rawValue }.map { $0 + 1 } ?? 0 }

    /// The line where the keys of a party begin.
    func keys(of party: StationNumber) -> Int {
        let wanted = ["keys", party.description]
        return lines.lastIndex { $0.split(separator: " ").map(String.init) == wanted }.map { $0 + 1 } ?? 0
    }
}
