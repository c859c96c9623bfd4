import Crypto
import Foundation
import HotlineBearers
import HotlineDesk
import SwiftASN1
import X509

/// The key that the TLS bearer proves itself with, apart from all others, and a certificate of it signed by itself.
///
/// The certificate says nothing: neither whose it is nor since when. Its pin in the agreement is the whole of it.
struct TLSCredentials {
    /// 32 bytes: an Ed25519 seed (RFC 8032).
    let seed: [UInt8]
    /// DER.
    let certificate: [UInt8]

    static func make() throws(DeskError) -> TLSCredentials {
        let key = Curve25519.Signing.PrivateKey()
        do {
            let name = try DistinguishedName { CommonName("hotline") }
            let signed = try Certificate(
                version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: .init(key.publicKey),
                notValidBefore: Date(timeIntervalSince1970: 0), notValidAfter: Date(timeIntervalSince1970: endOfTime), issuer: name, subject: name,
                signatureAlgorithm: .ed25519, extensions: Certificate.Extensions(), issuerPrivateKey: .init(key)
            )
            var serializer = DER.Serializer()
            try serializer.serialize(signed)
            return TLSCredentials(seed: Array(key.rawRepresentation), certificate: serializer.serializedBytes)
        } catch {
            throw DeskError(.bug, "the TLS certificate could not be made: \(type(of: error))", hint: "please report this")
        }
    }

    func identity(path: String) throws(DeskError) -> TLSIdentity {
        do throws(BearerError) {
            return try TLSIdentity(certificate: certificate, privateKey: .der(TLSCredentials.pkcs8Prefix + seed))
        } catch {
            throw DeskError(
                .malformed, "the TLS key and certificate beside \(path) do not fit together, or one is damaged",
                hint: "bring both back from the copy that you keep: the agreement has their pin"
            )
        }
    }

    /// 9999-12-31T23:59:59Z: no end (RFC 5280 §4.1.2.5).
    private static let endOfTime: TimeInterval = 253_402_300_799
    /// An Ed25519 seed in PKCS #8 (RFC 8410 §7), up to the seed itself.
    private static let pkcs8Prefix: [UInt8] = [0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20]
}
