import HotlineWire

/// The form of texts that prove something to a third party and may be printed: a title, then `name value` lines.
/// Bytes are base64; what does not fit on a line goes on in lines that begin with a space. A checkpoint stands as it was
/// signed, each line behind `| `.
struct ProofText {
    /// Symbols of base64 on one line, so that a page holds it.
    static let columns = 72
    private(set) var bytes: [UInt8] = []

    init(title: String) { put(line: title) }

    mutating func put(_ name: String, _ value: String) { put(line: "\(name) \(value)") }

    mutating func put(_ name: String, base64 value: [UInt8]) {
        let symbols = Array(Base64.string(value).utf8)
        bytes += Array(name.utf8)
        for start in stride(from: 0, to: max(symbols.count, 1), by: ProofText.columns) {
            bytes.append(UInt8(ascii: " "))
            bytes += symbols[start..<min(start + ProofText.columns, symbols.count)]
            bytes.append(UInt8(ascii: "\n"))
        }
    }

    mutating func put(_ checkpoint: UnverifiedCheckpoint) {
        put("checkpoint", checkpoint.strength == .light ? "light" : "full")
        for line in checkpoint.checkpoint.text.split(separator: UInt8(ascii: "\n")) {
            bytes += Array("| ".utf8) + line + [UInt8(ascii: "\n")]
        }
        put("signature", base64: checkpoint.signature)
    }

    private mutating func put(line: String) { bytes += Array(line.utf8) + [UInt8(ascii: "\n")] }
}

/// Reads such a text, forgivingly: whoever reads writes the result again and compares, so that one value has one form.
struct ProofTextReader {
    private var lines: ArraySlice<ArraySlice<UInt8>>

    /// Nil where the text is too long or has another title.
    init?(_ bytes: [UInt8], title: String) {
        guard bytes.count <= ExportLimits.proofTextBytesMax else { return nil }
        lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)[...]
        guard lines.popFirst().map(Array.init) == Array(title.utf8) else { return nil }
    }

    mutating func take(_ name: String) -> String? {
        let prefix = Array("\(name) ".utf8)
        guard let line = lines.first, line.starts(with: prefix) else { return nil }
        lines.removeFirst()
        return String(validating: line.dropFirst(prefix.count), as: UTF8.self)
    }

    mutating func take(base64 name: String) -> [UInt8]? {
        guard var text = take(name) else { return nil }
        var symbols = Array(text.utf8)
        while let line = lines.first, line.first == UInt8(ascii: " ") {
            symbols += line.dropFirst()
            lines.removeFirst()
        }
        text = String(decoding: symbols, as: UTF8.self)
        return Base64.bytes(text)
    }

    mutating func takeAll(base64 name: String) -> [[UInt8]] {
        var values: [[UInt8]] = []
        while let value = take(base64: name) { values.append(value) }
        return values
    }

    mutating func takeCheckpoint() -> UnverifiedCheckpoint? {
        let strength: CheckpointStrength
        switch take("checkpoint") {
        case "light": strength = .light
        case "full": strength = .full
        default: return nil
        }
        var text: [UInt8] = []
        while let line = lines.first, line.starts(with: Array("| ".utf8)) {
            text += line.dropFirst(2) + [UInt8(ascii: "\n")]
            lines.removeFirst()
        }
        guard let checkpoint = try? Checkpoint(text: text), let signature = take(base64: "signature"),
            signature.count == strength.signatureBytes
        else { return nil }
        return UnverifiedCheckpoint(checkpoint: checkpoint, strength: strength, signature: signature)
    }
}
