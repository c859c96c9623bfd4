import HotlineSeal
import HotlineWatch
import HotlineWire

/// A draft as it waits. It lies in the secrets' store: that is in no backup, so that none comes back after it was released, and what is
/// taken out of it is erased from the medium.
struct StoredDraft: Hashable, Sendable {
    let number: UInt64
    let at: WallTime
    let statement: ReleasedStatement
    var signatures: [OfficerSignature] = []

    var release: ReleaseDraft { ReleaseDraft(statement: statement, signatures: signatures) }

    /// Where drafts lie; no peer has the number 0.
    static let prefix: [UInt8] = [0, UInt8(ascii: "d")]
    /// Where the last number lies that was given.
    static let counter: [UInt8] = [0, UInt8(ascii: "n")]
    /// Drafts at once: more wait than any watch can have in hand.
    static let draftsMax = 256
    private static let signaturesMax = 16

    static func key(_ number: UInt64) -> [UInt8] {
        var encoder = Encoder()
        encoder.put(raw: prefix)
        encoder.put(uint64: number)
        return encoder.bytes
    }

    var cell: JournalCell {
        var encoder = Encoder()
        encoder.put(varint: number)
        encoder.put(uint64: UInt64(bitPattern: at.milliseconds))
        statement.encode(into: &encoder)
        encoder.put(varint: UInt64(signatures.count))
        for signature in signatures {
            encoder.put(text: signature.officer)
            encoder.put(raw: signature.light)
            encoder.put(raw: signature.composite)
        }
        return JournalCell(key: StoredDraft.key(number), value: encoder.bytes)
    }

    /// Cells of drafts without their signatures; those that have none are left out.
    static func unsigned(_ cells: [JournalCell]) -> [JournalCell] {
        cells.compactMap { try? StoredDraft($0.value ?? []) }.filter { !$0.signatures.isEmpty }.map { StoredDraft(number: $0.number, at: $0.at, statement: $0.statement).cell }
    }

    init(number: UInt64, at: WallTime, statement: ReleasedStatement) {
        self.number = number
        self.at = at
        self.statement = statement
    }

    init(_ value: [UInt8]) throws(WireError) {
        var decoder = Decoder(value)
        number = try decoder.varint()
        at = WallTime(milliseconds: Int64(bitPattern: try decoder.uint64()))
        statement = try ReleasedStatement(&decoder)
        for _ in 0..<(try decoder.count(of: "signatures of a draft", max: StoredDraft.signaturesMax)) {
            signatures.append(
                OfficerSignature(
                    officer: try decoder.text("code of an officer", max: 32), light: try decoder.raw(LightPublicKey.signatureSize),
                    composite: try decoder.raw(CompositePublicKey.signatureSize)
                )
            )
        }
        try decoder.finish()
    }
}
