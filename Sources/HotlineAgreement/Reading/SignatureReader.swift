import HotlineSeal
import HotlineWire

/// Reads what stands below `SIGNATURES`. No signature covers these lines, so they have one form alone.
enum SignatureReader {
    /// `lines` begins with the heading itself.
    static func read(_ lines: [Line], parties: Set<Int>, problems: inout Problems) -> [AgreementSignature] {
        var found: [AgreementSignature] = []
        var rest = lines.dropFirst()
        while let blank = rest.popFirst() {
            guard blank.isBlank, let head = rest.popFirst(), let signer = signer(head.text) else {
                problems.report(
                    blank.isBlank ? blank.number + 1 : blank.number, expected: "a blank line, then 'signature' and the number of a party",
                    found: Excerpt.of(blank.isBlank ? "" : blank.text), hint: "Below SIGNATURES nothing may be changed by hand."
                )
                return found
            }
            if !parties.contains(Int(signer.value)) {
                problems.report(
                    head.number, expected: "a party that PARTIES lists", found: "party \(signer)", hint: "Only the parties sign.")
            }
            if let last = found.last, signer <= last.signer {
                problems.report(
                    head.number, expected: "a signer above \(last.signer)", found: "\(signer)",
                    hint: "Signatures stand in the order of the parties, each once."
                )
            }
            let body = rest.prefix { !$0.isBlank }
            rest = rest.dropFirst(body.count)
            let unindented = body.map { Line(number: $0.number, text: String($0.text.dropFirst(2)), start: $0.start) }
            guard body.allSatisfy({ $0.text.hasPrefix("  ") }), let bytes = Wrapped.bytes(unindented),
                bytes.count == CompositePublicKey.signatureSize
            else {
                problems.report(
                    head.number, expected: "below it a signature of \(CompositePublicKey.signatureSize) bytes in base64, two blanks in",
                    found: "other lines", hint: "Sign the text again, or copy the signature again."
                )
                continue
            }
            found.append(AgreementSignature(signer: signer, bytes: bytes))
        }
        return found
    }

    private static func signer(_ text: String) -> StationNumber? {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 2, words[0] == "signature" else { return nil }
        return TermsReader.station(String(words[1]))
    }
}
