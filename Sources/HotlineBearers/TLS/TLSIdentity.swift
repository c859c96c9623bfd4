import Crypto
public import HotlineWire
import NIOCore
import NIOSSL

/// The private key of a station's certificate, as bytes.
public enum TLSPrivateKey: Sendable {
    case pem([UInt8])
    /// PKCS #8 (RFC 5958; RFC 8410 for Ed25519).
    case der([UInt8])
}

/// What a station proves itself with on TLS, and how it speaks TLS: version 1.3 alone (RFC 8446), X25519MLKEM768 alone,
/// Ed25519 certificates on both sides, no authority, no names, no dates.
public struct TLSIdentity: Sendable {
    /// The pin of our own certificate, as the agreement must have it.
    public let pin: Hash
    private let serving: NIOSSLContext
    private let dialling: NIOSSLContext

    /// The one application protocol (RFC 7301).
    static let applicationProtocol = "hotline/1"
    /// Before the 32 bytes of an Ed25519 key in its SubjectPublicKeyInfo (RFC 8410 §4).
    private static let ed25519Prefix: [UInt8] = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00]

    /// - Parameter certificate: a self-signed Ed25519 certificate, DER.
    public init(certificate: [UInt8], privateKey: TLSPrivateKey) throws(BearerError) {
        let leaf: NIOSSLCertificate
        let key: NIOSSLPrivateKey
        do { leaf = try NIOSSLCertificate(bytes: certificate, format: .der) } catch { throw .certificateUnreadable }
        guard let spki = TLSIdentity.publicKey(of: leaf) else { throw .certificateUnreadable }
        guard spki.count == 44, spki.starts(with: TLSIdentity.ed25519Prefix) else { throw .certificateNotEd25519 }
        do { key = try privateKey.parsed } catch { throw .privateKeyUnreadable }
        var server = TLSConfiguration.makeServerConfiguration(certificateChain: [.certificate(leaf)], privateKey: .privateKey(key))
        // With this, and only with this or more, a server asks for a client's certificate.
        server.certificateVerification = .noHostnameVerification
        var client = TLSConfiguration.makeClientConfiguration()
        client.certificateChain = [.certificate(leaf)]
        client.privateKey = .privateKey(key)
        client.certificateVerification = .noHostnameVerification
        do {
            serving = try NIOSSLContext(configuration: server.narrowed)
            dialling = try NIOSSLContext(configuration: client.narrowed)
        } catch {
            throw .privateKeyForeign
        }
        pin = TLSIdentity.pin(ofPublicKey: spki)
    }

    /// The SHA-256 of the DER SubjectPublicKeyInfo (RFC 5280 §4.1).
    static func pin(ofPublicKey spki: [UInt8]) -> Hash {
        guard let hash = Hash(Array(SHA256.hash(data: spki))) else { preconditionFailure("SHA-256 gives 32 bytes") }
        return hash
    }

    private static func publicKey(of certificate: NIOSSLCertificate) -> [UInt8]? {
        try? certificate.extractPublicKey().toSPKIBytes()
    }

    func serverHandler(accepting isKnown: @escaping (Hash) -> Bool, proof: TLSProof) -> NIOSSLServerHandler {
        NIOSSLServerHandler(context: serving, customVerificationCallback: TLSIdentity.check(isKnown, proof))
    }

    func clientHandler(accepting isKnown: @escaping (Hash) -> Bool, proof: TLSProof) throws -> NIOSSLClientHandler {
        try NIOSSLClientHandler(context: dialling, serverHostname: nil, customVerificationCallback: TLSIdentity.check(isKnown, proof))
    }

    /// The pin is the whole check: that the peer holds the key, TLS itself has its signature for.
    private static func check(_ isKnown: @escaping (Hash) -> Bool, _ proof: TLSProof) -> NIOSSLCustomVerificationCallback {
        { certificates, promise in
            guard let leaf = certificates.first, let spki = publicKey(of: leaf), isKnown(pin(ofPublicKey: spki)) else {
                proof.isForeign = true
                return promise.succeed(.failed)
            }
            proof.pin = pin(ofPublicKey: spki)
            promise.succeed(.certificateVerified)
        }
    }
}

/// What the check of one connection's certificate found. A connection that resumed a session has neither, and is refused.
final class TLSProof {
    var pin: Hash?
    var isForeign = false
}

extension TLSPrivateKey {
    fileprivate var parsed: NIOSSLPrivateKey {
        get throws {
            switch self {
            case .pem(let bytes): try NIOSSLPrivateKey(bytes: bytes, format: .pem)
            case .der(let bytes): try NIOSSLPrivateKey(bytes: bytes, format: .der)
            }
        }
    }
}

extension TLSConfiguration {
    fileprivate var narrowed: TLSConfiguration {
        var narrow = self
        narrow.minimumTLSVersion = .tlsv13
        narrow.maximumTLSVersion = .tlsv13
        narrow.curves = [.x25519_MLKEM768]
        narrow.verifySignatureAlgorithms = [.ed25519]
        narrow.signingSignatureAlgorithms = [.ed25519]
        narrow.trustRoots = .certificates([])
        narrow.applicationProtocols = [TLSIdentity.applicationProtocol]
        narrow.renegotiationSupport = .none
        narrow.shutdownTimeout = BearerLimits.goodbyeTimeout.amount
        return narrow
    }
}
