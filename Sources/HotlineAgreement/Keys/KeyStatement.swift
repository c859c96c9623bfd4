public import HotlineSeal
public import HotlineWire

/// A key statement that can be read; nobody has checked who signed it, or whether it may.
public struct UnverifiedKeyStatement: Hashable, Sendable {
    public let change: KeyChange
    /// The bytes that are signed: everything above the first line `signature`.
    public let text: [UInt8]
    public let signatures: [[UInt8]]
    /// SHA-256 of the text, which names this statement. Signatures do not change it.
    public let hash: Hash

    /// - Throws: `malformed` with every problem found, at most twenty.
    public init(_ bytes: [UInt8]) throws(AgreementError) {
        (change, text, signatures) = try KeyStatementText.read(bytes)
        hash = Digest.sha256(text)
    }

    /// Whether a file begins as a key statement does.
    public static func isMeant(by bytes: [UInt8]) -> Bool { bytes.starts(with: Array((KeyStatementText.title + "\n").utf8)) }

    public var file: [UInt8] { KeyStatementText.file(text, signatures) }

    /// Whether every key that it names as a signer has signed it.
    var isSigned: Bool {
        let body = change.signedBytes(text)
        return signatures.count == change.signers.count
            && zip(change.signers, signatures).allSatisfy { key, signature in key.verifies(signature, over: body) }
    }
}

extension KeyChange {
    func signedBytes(_ text: [UInt8]) -> [UInt8] { Label.body(Label.keyStatement, line: line, signer: party).bytes + text }

    /// The statement of this change.
    ///
    /// - Parameter keys: the private half of each signer: the root key in force, the new one, or two recovery keys in order.
    /// - Throws: `malformed` where this cannot stand in a statement; `wrongRoot` where a key is not the signer's; `seal`.
    public func signed(by keys: [CompositePrivateKey]) throws(AgreementError) -> UnverifiedKeyStatement {
        let text = KeyStatementText.write(self)
        let body = signedBytes(text)
        var signatures: [[UInt8]] = []
        do throws(SealError) {
            for key in keys { signatures.append(try key.sign(body)) }
        } catch {
            throw .seal(error)
        }
        let statement = try UnverifiedKeyStatement(KeyStatementText.file(text, signatures))
        guard statement.change == self else { throw .malformed([.otherwise("a key statement's words")]) }
        guard statement.isSigned else { throw .wrongRoot(party) }
        return statement
    }
}
