public import HotlineWire

/// 'These are all my entries so far in this generation, and I durably hold these of yours.'
///
/// The signed bytes are a checkpoint of C2SP tlog-checkpoint: origin, size, root, then one extension line for the
/// agreement in force and one for each head held.
public struct Checkpoint: Hashable, Sendable {
    public let line: Hash
    /// AH: the agreement in force for the signer.
    public let agreement: Hash
    /// The signer's own head.
    public let head: Head
    /// Heads held of the other members, in order of station and generation.
    public let held: [Head]

    public init(line: Hash, agreement: Hash, head: Head, held: [Head]) {
        self.line = line
        self.agreement = agreement
        self.head = head
        self.held = held.sorted { $0.generation < $1.generation }
    }

    public var signer: StationNumber { head.generation.station }

    /// The exact text that is signed, UTF-8, each line ended by a line feed.
    public var text: [UInt8] {
        var text = "\(Checkpoint.origin)/\(line)/\(head.generation)\n\(head.size)\n\(Base64.string(head.root.bytes))\n"
        text += "agreement \(agreement)\n"
        for head in held { text += "holds \(head.generation) \(head.size) \(Base64.string(head.root.bytes))\n" }
        return Array(text.utf8)
    }

    private static let origin = "hotline/1"

    /// Reads a text back. Only the exact form that `text` writes is accepted.
    public init(text bytes: [UInt8]) throws(CheckpointError) {
        guard bytes.count <= Limits.checkpointTextBytesMax, let string = String(validating: bytes, as: UTF8.self) else { throw .malformed }
        var lines = string.split(separator: "\n", omittingEmptySubsequences: false)[...]
        guard lines.popLast() == "", lines.count >= 4 else { throw .malformed }
        let origin = lines[0].split(separator: "/", omittingEmptySubsequences: false)
        guard origin.count == 5, "\(origin[0])/\(origin[1])" == Checkpoint.origin, let line = Checkpoint.hash(hex: origin[2]),
            let head = Checkpoint.generation("\(origin[3])/\(origin[4])"),
            let size = Checkpoint.size(lines[1]), let root = Checkpoint.hash(base64: lines[2]),
            lines[3].hasPrefix("agreement "), let agreement = Checkpoint.hash(hex: lines[3].dropFirst("agreement ".count))
        else { throw .malformed }
        var held: [Head] = []
        for line in lines[4...] {
            let words = line.split(separator: " ", omittingEmptySubsequences: false)
            guard words.count == 4, words[0] == "holds", let generation = Checkpoint.generation(words[1]), let size = Checkpoint.size(words[2]),
                let root = Checkpoint.hash(base64: words[3])
            else { throw .malformed }
            if let last = held.last, last.generation >= generation { throw .malformed }
            // The signer's own head is the second line; another one of it here would mean nothing.
            if generation.station == head.station { throw .malformed }
            held.append(Head(generation: generation, size: size, root: root))
        }
        self.init(
            line: line, agreement: agreement, head: Head(generation: head, size: size, root: root), held: held
        )
        guard text == bytes, ([self.head] + self.held).allSatisfy({ $0.size > .zero || $0.root == Frontier().root }) else { throw .malformed }
    }

    private static func generation(_ text: some StringProtocol) -> GenerationID? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let value = UInt8(parts[0]), let station = StationNumber(value), let name = GenerationName(parts[1]) else {
            return nil
        }
        return GenerationID(station: station, name: name)
    }

    /// Sizes stay within what the canonical encoding can hold, or a text from a peer could not be encoded again.
    private static func size(_ text: some StringProtocol) -> RecordSize? {
        guard let value = UInt64(text), value <= VariableLengthInteger.max else { return nil }
        return RecordSize(value)
    }

    private static func hash(hex text: some StringProtocol) -> Hash? { Hex.bytes(text).flatMap { Hash($0) } }
    private static func hash(base64 text: some StringProtocol) -> Hash? { Base64.bytes(text).flatMap { Hash($0) } }
}

public enum CheckpointError: Error, Hashable, Sendable {
    /// The bytes are not a checkpoint's text in its one form.
    case malformed
}
