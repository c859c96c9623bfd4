public import HotlineRecord
import HotlineWire

/// What the secrets' store says of the record: the generation that was written last. The store is never in a backup, so a
/// record that ends with another generation is not the one that was written here last.
public enum StartMark {
    /// The cell in the secrets' store; no peer has the number 0.
    public static let key: [UInt8] = [0, UInt8(ascii: "g")]

    static func cell(_ generations: [GenerationID]) -> JournalCell {
        var encoder = Encoder()
        for generation in generations { encoder.put(generation.name) }
        return JournalCell(key: key, value: encoder.bytes)
    }

    /// Whether the record is that of a backup, or its secrets are another's.
    ///
    /// - Parameter mark: the value of the cell; nil where there is none.
    public static func isRestored(_ own: Book, mark: [UInt8]?) -> Bool {
        guard let mark else { return own.current != nil }
        guard let current = own.current?.id else { return true }
        var decoder = Decoder(mark)
        while !decoder.isAtEnd {
            guard let name = try? decoder.generationName() else { return true }
            if name == current.name { return false }
        }
        return true
    }
}
