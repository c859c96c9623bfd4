public import HotlineSeal
public import HotlineWire

/// An agreement that all of its parties have signed. Only verification makes one: `ParsedAgreement.verified()`.
@dynamicMemberLookup
public struct Agreement: AgreedTerms, Hashable, Sendable {
    public let parsed: ParsedAgreement

    /// Reads a text and its signatures, without checking who signed.
    ///
    /// - Throws: `malformed` with every problem found, at most twenty.
    public static func parse(_ bytes: [UInt8]) throws(AgreementError) -> ParsedAgreement { try ParsedAgreement(bytes) }

    fileprivate init(_ parsed: ParsedAgreement) { self.parsed = parsed }

    public var terms: Terms { parsed.terms }
    /// The bytes that are signed.
    public var text: [UInt8] { parsed.text }
    /// The whole file: the text and its signatures.
    public var file: [UInt8] { parsed.file }
    /// AH: SHA-256 of the text, which names this agreement.
    public var hash: Hash { parsed.hash }
    /// LH: the hash of the first agreement, which names the line for ever.
    public var line: Hash { parsed.line }

    /// What it says: `agreement.parties`, `agreement.posts`, `agreement.deadlines`, …
    public subscript<Value>(dynamicMember path: KeyPath<Terms, Value>) -> Value { parsed.terms[keyPath: path] }

    public func stationKeys(of number: StationNumber) -> StationPublicKeys? { party(number)?.stationKeys }
    public func rootKey(of number: StationNumber) -> CompositePublicKey? { party(number)?.keys.root }
    /// 32 bytes.
    public func tlsPin(of number: StationNumber) -> [UInt8]? { party(number)?.keys.tlsPin }
    public func deadlines(for precedence: Precedence) -> Deadlines { terms.deadlines[precedence] }
}

extension ParsedAgreement {
    /// - Throws: `unsigned` where a party has not signed, `notVerified` where a signature is not by the party's root key.
    public func verified() throws(AgreementError) -> Agreement {
        let missing = terms.parties.map(\.number).filter { number in !signatures.contains { $0.signer == number } }
        guard missing.isEmpty else { throw .unsigned(by: missing) }
        for signature in signatures { try check(signature) }
        return Agreement(self)
    }
}
