import HotlineAgreement
import HotlineRecord
import HotlineSeal
import HotlineWire

/// What a record holds, and the proofs that are made of it for third parties.
enum RecordFuzz {
    static func entry(_ bytes: [UInt8]) {
        guard let entry = try? Entry(bytes) else { return }
        check(entry.encoded == bytes, "an entry has one form")
        _ = entry.leafHash(line: Parties.shared.agreement.hash, blind: Parties.blinds.blind(of: entry.id.number))
    }

    static func opening(_ bytes: [UInt8]) {
        guard let opening = try? Opening(bytes) else { return }
        check(opening.encoded == bytes, "an opening has one form")
    }

    static func checkpoint(_ bytes: [UInt8]) {
        guard let checkpoint = try? Checkpoint(text: bytes) else { return }
        check(checkpoint.text == bytes, "a checkpoint has one text")
    }

    static func export(_ bytes: [UInt8]) {
        var position = 0
        let report = ExportVerifier.verify(parties: { _ in Parties.shared.lineKeys }) {
            let end = min(bytes.count, position + 997)
            defer { position = end }
            return Array(bytes[position..<end])
        }
        _ = report.isSound
    }

    static func disclosure(_ bytes: [UInt8]) {
        guard let disclosure = try? Disclosure(text: bytes) else { return }
        check(disclosure.text == bytes, "a disclosure has one text")
        _ = try? disclosure.verify(Parties.shared.lineKeys)
    }

    static func evidence(_ bytes: [UInt8]) {
        guard let (agreements, evidence) = try? Evidence.read(bytes) else { return }
        check(evidence.text(agreements: agreements) == bytes, "evidence has one text")
        _ = try? evidence.verify(Parties.shared.lineKeys)
    }
}
