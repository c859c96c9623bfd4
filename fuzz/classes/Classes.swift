import HotlineAgreement
import HotlineLine
import HotlineRecord
import HotlineSeal
import HotlineWire

/// How one reading of bytes ends, in the classes of vectors/README.md; where that is well, with what was read.
enum Classes {
    /// The word for one case. A kind that is not known here ends the process: a run that skips cases would prove nothing.
    static func of(_ bytes: [UInt8], as kind: String) -> String {
        guard let read = readers[kind] else { fatalError("no kind \(kind)") }
        return read(bytes)
    }

    private static let readers: [String: @Sendable ([UInt8]) -> String] = [
        "integer": { wire($0) { decoder throws(WireError) in "\(try decoder.varint())" } },
        "field": { wire($0) { decoder throws(WireError) in Hex.string(try decoder.prefixed("field", max: 1_024)) } },
        "text": { wire($0) { decoder throws(WireError) in Hex.string(Array(try decoder.text("text", max: 1_024).utf8)) } },
        "generation": { wire($0) { decoder throws(WireError) in "\(try decoder.generationID())" } },
        "entry-name": { wire($0) { decoder throws(WireError) in "\(try decoder.entryID())" } },
        "head": { wire($0) { decoder throws(WireError) in written(try decoder.head()) } },
        "hexadecimal": { bytes in characters(bytes).flatMap(Hex.bytes).map { good(Hex.string($0)) } ?? "malformed" },
        "base64": { bytes in characters(bytes).flatMap(Base64.bytes).map { good(Hex.string($0)) } ?? "malformed" },
        "entry": { form($0) { bytes throws(WireError) in "\(try Entry(bytes).leafHash(line: line, blind: blinds.blind(of: try Entry(bytes).id.number)))" } },
        "opening": opening,
        "holdable": { bytes in (try? Entry(bytes)).map { $0.fault == nil ? "good" : "malformed" } ?? "malformed" },
        "declaration": { form($0) { bytes throws(WireError) in "\(try Declaration(bytes).known.count)" } },
        "recovered": { form($0) { bytes throws(WireError) in "\(try Recovered(bytes).first)" } },
        "in-force": { form($0) { bytes throws(WireError) in "\(try InForce(bytes).version) \(try InForce(bytes).keysVersion)" } },
        "roster": roster,
        "checkpoint-text": { bytes in (try? Checkpoint(text: bytes)).map { "good \($0.signer) \($0.head.size)" } ?? "malformed" },
        "checkpoint": {
            wire($0) { decoder throws(WireError) in
                _ = try UnverifiedCheckpoint(&decoder)
                return ""
            }
        },
        "plaintext": { bytes in (try? Item.decode(bytes)).map { "good \($0.count)" } ?? "violation" },
        "fragmented": { bytes in (try? Item.decodeOne(bytes)) == nil ? "violation" : "good" },
        "offers": { form($0) { bytes throws(WireError) in epochs(try SignedOffers(bytes).offers.map(\.epoch)) } },
        "accepts": { form($0) { bytes throws(WireError) in epochs(try SignedAccepts(bytes).accepts.map(\.epoch)) } },
        "confirmations": { form($0) { bytes throws(WireError) in epochs(try Confirmations(decoding: bytes).confirmations.map(\.epoch)) } },
        "frame": frame,
        "agreement": { bytes in (try? Agreement.parse(bytes)).map { "good \($0.hash)" } ?? "malformed" },
        "key-statement": { bytes in (try? UnverifiedKeyStatement(bytes)).map { "good \($0.hash)" } ?? "malformed" },
        "card": { bytes in (try? UnverifiedCard(bytes)) == nil ? "malformed" : "good" },
        "light-key": { bytes in (try? LightPublicKey(bytes)) == nil ? "malformed" : "good" },
        "light-signature": lightSignature,
        "composite-signature": compositeSignature,
        "disclosure": disclosure,
        "evidence": evidence,
        "export": export,
    ]

    private static let line = Digest.sha256([])
    private static let blinds: BlindSecret = {
        guard let secret = BlindSecret([UInt8](repeating: 7, count: 32)) else { fatalError("a blind secret has 32 bytes") }
        return secret
    }()

    private static func wire(_ bytes: [UInt8], _ take: (inout Decoder) throws(WireError) -> String) -> String {
        form(bytes) { bytes throws(WireError) in
            var decoder = Decoder(bytes)
            let value = try take(&decoder)
            try decoder.finish()
            return value
        }
    }

    private static func form(_ bytes: [UInt8], _ read: ([UInt8]) throws(WireError) -> String) -> String {
        do throws(WireError) {
            return good(try read(bytes))
        } catch { return "malformed" }
    }

    private static func good(_ value: String) -> String { value.isEmpty ? "good" : "good \(value)" }
    private static func characters(_ bytes: [UInt8]) -> String? { String(validating: bytes, as: UTF8.self) }
    private static func written(_ head: Head) -> String { "\(head.generation) \(head.size) \(Base64.string(head.root.bytes))" }
    private static func epochs(_ numbers: [EpochNumber]) -> String { numbers.map { "\($0)" }.joined(separator: " ") }

    private static func opening(_ bytes: [UInt8]) -> String {
        guard let entry = try? Entry(bytes), let opening = try? Opening(of: entry) else { return "malformed" }
        return "good \(Hex.string(opening.blinds.bytes))"
    }

    private static func roster(_ bytes: [UInt8]) -> String {
        guard let party = StationNumber(2), let roster = try? UnverifiedRoster(bytes, of: party) else { return "malformed" }
        return "good \(roster.version) \(roster.officers.count)"
    }

    /// The key, the signature and the message, one behind the other.
    private static func lightSignature(_ bytes: [UInt8]) -> String {
        guard bytes.count >= 96, let key = try? LightPublicKey(Array(bytes[..<32])) else { return "malformed" }
        return key.verifies(Array(bytes[32..<96]), over: Array(bytes[96...])) ? "good" : "unverified"
    }

    private static func compositeSignature(_ bytes: [UInt8]) -> String {
        let size = CompositePublicKey.size
        let end = size + CompositePublicKey.signatureSize
        guard bytes.count >= end, let key = try? CompositePublicKey(Array(bytes[..<size])) else { return "malformed" }
        return key.verifies(Array(bytes[size..<end]), over: Array(bytes[end...])) ? "good" : "unverified"
    }

    /// Between stations 1 and 2 where no epoch is known: nothing sealed opens.
    private static func frame(_ bytes: [UInt8]) -> String {
        guard case .handshake(let part)? = try? UnverifiedFrame(bytes, max: 65_536), part.from == StationNumber(1), part.to == StationNumber(2) else {
            return "dropped"
        }
        return "good \(part.offset) \(part.total) \(Hex.string(part.bytes))"
    }

    // What holds several things can be wrong in several ways at once: whether it proves is compared, and not why it does not.

    private static func disclosure(_ bytes: [UInt8]) -> String {
        guard let disclosure = try? Disclosure(text: bytes), let keys = keys(disclosure.agreements), let verified = try? disclosure.verify(keys) else { return "bad" }
        return "good \(verified.entry.id)"
    }

    private static func evidence(_ bytes: [UInt8]) -> String {
        guard let (agreements, evidence) = try? Evidence.read(bytes), let keys = keys(agreements), (try? evidence.verify(keys)) != nil else { return "bad" }
        return "fork"
    }

    private static func export(_ bytes: [UInt8]) -> String {
        var rest = [bytes]
        var line: LineAgreements?
        let report = ExportVerifier.verify(
            parties: { texts in
                line = agreements(texts)
                return line?.keys
            },
            { rest.popLast() ?? [] }
        )
        let isFork = !report.forks.isEmpty || report.problems.contains { if case .fork = $0.fault { true } else { false } }
        if isFork { return "fork" }
        if report.problems.map(\.fault) == [.notAnExport] { return "malformed" }
        guard report.isSound, let line, hold(report.rosters, on: line) else { return "problem" }
        return "good \(report.entryCount)"
    }

    /// What the floor of records cannot look at (REC-28).
    private static func hold(_ bodies: [[UInt8]], on line: LineAgreements) -> Bool {
        var rosters = Rosters()
        return bodies.allSatisfy { body in
            guard let party = body.first.flatMap(StationNumber.init), let unverified = try? UnverifiedRoster(Array(body.dropFirst()), of: party),
                let roster = line.roots(of: party).lazy.compactMap({ try? unverified.verified(by: $0, on: line.line) }).first
            else { return false }
            return (try? rosters.take(roster)) != nil
        }
    }

    private static func keys(_ texts: [[UInt8]]) -> LineKeys? { agreements(texts)?.keys }

    private static func agreements(_ texts: [[UInt8]]) -> LineAgreements? {
        var line: LineAgreements?
        for text in texts {
            if line != nil, UnverifiedKeyStatement.isMeant(by: text) {
                guard let statement = try? UnverifiedKeyStatement(text), (try? line?.append(statement)) != nil else { return nil }
            } else {
                guard let agreement = try? Agreement.parse(text).verified() else { return nil }
                if line == nil { line = LineAgreements(agreement) } else if (try? line?.append(agreement)) == nil { return nil }
            }
            if line == nil { return nil }
        }
        return line
    }
}
