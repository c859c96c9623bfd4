import HotlineWire

/// The text of a checkpoint. A start reads as many of them as the journal holds, so this works on bytes and not on characters.
extension Checkpoint {
    private static let origin = Array("hotline/1".utf8)
    private static let agreementWord = Array("agreement ".utf8)
    private static let holdsWord = Array("holds ".utf8)

    /// The exact text that is signed, UTF-8, each line ended by a line feed.
    public var text: [UInt8] {
        var text = Checkpoint.origin
        text.reserveCapacity(256 + 96 * held.count)
        text += [slash] + Hex.text(line.bytes) + [slash]
        Checkpoint.write(head, into: &text, separator: lineFeed)
        text += Checkpoint.agreementWord + Hex.text(agreement.bytes) + [lineFeed]
        for head in held {
            text += Checkpoint.holdsWord
            Checkpoint.write(head, into: &text, separator: space)
        }
        return text
    }

    /// Generation, size and root, a line feed after them.
    private static func write(_ head: Head, into text: inout [UInt8], separator: UInt8) {
        text += "\(head.generation.station.value)".utf8
        text += [slash] + Hex.text(head.generation.name.bytes) + [separator]
        text += "\(head.size.value)".utf8
        text += [separator] + Base64.text(head.root.bytes) + [lineFeed]
    }

    /// Reads a text back. Only the exact form that `text` writes is accepted.
    public init(text bytes: [UInt8]) throws(CheckpointError) {
        guard bytes.count <= Limits.checkpointTextBytesMax, bytes.last == lineFeed else { throw .malformed }
        let lines = bytes.dropLast().split(separator: lineFeed, omittingEmptySubsequences: false)
        guard lines.count >= 4 else { throw .malformed }
        let origin = lines[0].split(separator: slash, omittingEmptySubsequences: false)
        guard origin.count == 5, let line = Checkpoint.hash(hex: origin[2]), let head = Checkpoint.generation(origin[3], origin[4]),
            let size = Checkpoint.size(lines[1]), let root = Checkpoint.hash(base64: lines[2]),
            lines[3].starts(with: Checkpoint.agreementWord), let agreement = Checkpoint.hash(hex: lines[3].dropFirst(Checkpoint.agreementWord.count))
        else { throw .malformed }
        var held: [Head] = []
        for line in lines[4...] {
            let words = line.split(separator: space, omittingEmptySubsequences: false)
            guard words.count == 4 else { throw .malformed }
            let parts = words[1].split(separator: slash, omittingEmptySubsequences: false)
            guard parts.count == 2, let generation = Checkpoint.generation(parts[0], parts[1]), let size = Checkpoint.size(words[2]),
                let root = Checkpoint.hash(base64: words[3])
            else { throw .malformed }
            if let last = held.last, last.generation >= generation { throw .malformed }
            // The signer's own head is the second line; another one of it here would mean nothing.
            if generation.station == head.station { throw .malformed }
            held.append(Head(generation: generation, size: size, root: root))
        }
        self.init(line: line, agreement: agreement, head: Head(generation: head, size: size, root: root), held: held)
        // Whatever else the text may have said, or have said otherwise, does not come back.
        guard text == bytes, ([self.head] + self.held).allSatisfy({ $0.size > .zero || $0.root == Frontier().root }) else { throw .malformed }
    }

    private static func generation(_ station: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> GenerationID? {
        guard let value = number(station).flatMap(UInt8.init(exactly:)), let station = StationNumber(value), name.count == 2 * GenerationName.size,
            let bytes = Hex.bytes(text: name)
        else { return nil }
        return GenerationID(station: station, name: GenerationName(bytes.reduce(0) { $0 << 8 | UInt64($1) }))
    }

    /// Sizes stay within what the canonical encoding can hold, or a text from a peer could not be encoded again.
    private static func size(_ text: ArraySlice<UInt8>) -> RecordSize? {
        guard let value = number(text), value <= VariableLengthInteger.max else { return nil }
        return RecordSize(value)
    }

    private static func number(_ text: ArraySlice<UInt8>) -> UInt64? {
        guard (1...19).contains(text.count), text.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
        return text.reduce(0) { $0 * 10 + UInt64($1 - UInt8(ascii: "0")) }
    }

    private static func hash(hex text: ArraySlice<UInt8>) -> Hash? { Hex.bytes(text: text).flatMap { Hash($0) } }
    private static func hash(base64 text: ArraySlice<UInt8>) -> Hash? { Base64.bytes(text: text).flatMap { Hash($0) } }
}

private let lineFeed = UInt8(ascii: "\n")
private let slash = UInt8(ascii: "/")
private let space = UInt8(ascii: " ")
