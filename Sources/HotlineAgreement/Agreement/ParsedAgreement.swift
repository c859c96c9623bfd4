public import HotlineSeal
public import HotlineWire

/// An agreement's text that can be read and is consistent, with the signatures that it carries. Nobody has checked these.
public struct ParsedAgreement: AgreedTerms, Hashable, Sendable {
    public let terms: Terms
    /// The bytes that are signed: everything above the line `SIGNATURES`.
    public let text: [UInt8]
    /// In order of station number, at most one of each party.
    public let signatures: [AgreementSignature]
    /// SHA-256 of the text, which names this agreement. Kept: entries are looked up by it, one after another.
    public let hash: Hash

    /// - Throws: `malformed` with every problem found, at most twenty.
    public init(_ bytes: [UInt8]) throws(AgreementError) {
        var problems = Problems()
        guard let lines = Line.read(bytes, bytesMax: Limits.agreementBytesMax, problems: &problems) else { throw problems.error }
        let outline = Outline(lines, problems: &problems)
        guard lines[0].text == Heading.title else { throw problems.error }
        var reader = TermsReader(outline, problems: problems)
        let terms = reader.terms()
        problems = reader.problems
        let signatures = SignatureReader.read(outline.signatureLines, parties: reader.declared(.parties), problems: &problems)
        guard problems.isEmpty, let terms, let textEnd = outline.textEnd else { throw problems.error }
        self.terms = terms
        self.signatures = signatures
        text = Array(bytes[..<textEnd])
        hash = Digest.sha256(text)
        guard file == bytes else {
            problems.report(
                outline.signatureLines[0].number, expected: "signatures in their one form", found: "another", hint: "Sign the text again."
            )
            throw problems.error
        }
    }

    private init(terms: Terms, text: [UInt8], signatures: [AgreementSignature]) {
        self.terms = terms
        self.text = text
        self.signatures = signatures
        hash = Digest.sha256(text)
    }

    /// LH: the hash of the first agreement, which names the line for ever.
    public var line: Hash {
        switch terms.edition {
        case .first: hash
        case .amendment(let amendment): amendment.first
        }
    }

    /// The whole file: the text, then the signatures in their one form.
    public var file: [UInt8] {
        var lines = [Heading.signatures.rawValue]
        for signature in signatures {
            lines += ["", "signature \(signature.signer)"]
            lines += Wrapped.lines(signature.bytes, indent: 2)
        }
        return text + Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    /// What a party's root key signs.
    public var signedBytes: [UInt8] { Label.agreement + text }

    /// The party that brought this card, every key and the nonce compared.
    public func station(of card: IdentityCard) -> StationNumber? {
        let identity = card.identity
        return terms.parties.first { $0.keys == identity.keys && $0.nonce == identity.nonce && $0.mark == identity.mark }?.number
    }
}

extension ParsedAgreement {
    /// A party's signature over the text. The root key's holder has read the text, or has compared its hash as words.
    ///
    /// - Throws: `noParty`, `wrongRoot`, `seal`.
    public func sign(with root: CompositePrivateKey, as signer: StationNumber) throws(AgreementError) -> AgreementSignature {
        guard let party = party(signer) else { throw .noParty(signer) }
        let found: CompositePublicKey
        let bytes: [UInt8]
        do throws(SealError) {
            found = try root.publicKey
            bytes = found == party.keys.root ? try root.sign(signedBytes) : []
        } catch {
            throw .seal(error)
        }
        guard found == party.keys.root else { throw .wrongRoot(signer) }
        return AgreementSignature(signer: signer, bytes: bytes)
    }

    /// This file with one more signature, which is checked first.
    ///
    /// - Throws: `noParty`, `alreadySigned`, `notVerified`.
    public func adding(_ signature: AgreementSignature) throws(AgreementError) -> ParsedAgreement {
        guard !signatures.contains(where: { $0.signer == signature.signer }) else { throw .alreadySigned(signature.signer) }
        try check(signature)
        return ParsedAgreement(terms: terms, text: text, signatures: (signatures + [signature]).sorted { $0.signer < $1.signer })
    }

    /// The file's bytes with this party's signature added.
    public func signed(with root: CompositePrivateKey, as signer: StationNumber) throws(AgreementError) -> [UInt8] {
        try adding(sign(with: root, as: signer)).file
    }

    /// This file with the signatures that another copy of the same text carries, each of them checked.
    ///
    /// - Throws: `otherText`, `notVerified`.
    public func merging(_ other: ParsedAgreement) throws(AgreementError) -> ParsedAgreement {
        guard text == other.text else { throw .otherText(hash, other.hash) }
        var merged = self
        for signature in other.signatures where !signatures.contains(where: { $0.signer == signature.signer }) {
            merged = try merged.adding(signature)
        }
        return merged
    }

    /// - Throws: `noParty`, `notVerified`.
    func check(_ signature: AgreementSignature) throws(AgreementError) {
        guard let party = party(signature.signer) else { throw .noParty(signature.signer) }
        guard party.keys.root.verifies(signature.bytes, over: signedBytes) else { throw .notVerified(signature.signer) }
    }
}
