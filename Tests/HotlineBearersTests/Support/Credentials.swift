import Crypto
import Foundation
import HotlineBearers
import HotlineWire
import NIOCore
import NIOSSL
import SwiftASN1
import Testing
import X509

/// A transport key with its self-signed certificate, long expired: dates are nobody's business.
struct Credentials {
    let certificate: [UInt8]
    /// PKCS #8.
    let privateKey: [UInt8]
    let pin: Hash

    init() throws {
        let key = Curve25519.Signing.PrivateKey()
        let name = try DistinguishedName { CommonName("nobody") }
        let signed = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: .init(key.publicKey),
            notValidBefore: Date(timeIntervalSince1970: 0), notValidAfter: Date(timeIntervalSince1970: 1), issuer: name,
            subject: name, signatureAlgorithm: .ed25519, extensions: Certificate.Extensions(), issuerPrivateKey: .init(key)
        )
        var serializer = DER.Serializer()
        try serializer.serialize(signed)
        certificate = serializer.serializedBytes
        // RFC 8410 §7
        privateKey =
            [0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20] + key.rawRepresentation
        // RFC 8410 §4
        let spki = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00] + key.publicKey.rawRepresentation
        pin = try #require(Hash(Array(SHA256.hash(data: spki))))
    }

    var identity: TLSIdentity {
        get throws { try TLSIdentity(certificate: certificate, privateKey: .der(privateKey)) }
    }

    /// What a correct dialler uses, for a test to spoil.
    var clientConfiguration: TLSConfiguration {
        get throws {
            var configuration = TLSConfiguration.makeClientConfiguration()
            configuration.certificateChain = [.certificate(try NIOSSLCertificate(bytes: certificate, format: .der))]
            configuration.privateKey = .privateKey(try NIOSSLPrivateKey(bytes: privateKey, format: .der))
            configuration.verifySignatureAlgorithms = [.ed25519]
            configuration.signingSignatureAlgorithms = [.ed25519]
            configuration.minimumTLSVersion = .tlsv13
            configuration.curves = [.x25519_MLKEM768]
            configuration.applicationProtocols = ["hotline/1"]
            configuration.certificateVerification = .noHostnameVerification
            configuration.trustRoots = .certificates([])
            configuration.shutdownTimeout = .milliseconds(100)
            return configuration
        }
    }
}
