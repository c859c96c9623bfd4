import Crypto

/// A ClientHello of TLS 1.3 (RFC 8446 §4.1.2), byte by byte: libraries do not let a client offer one cipher suite alone.
struct HandmadeHello {
    /// TLS_AES_128_GCM_SHA256 and TLS_AES_256_GCM_SHA384.
    static let aes128: UInt16 = 0x1301
    static let aes256: UInt16 = 0x1302
    /// A real key share of X25519MLKEM768: the lattice key, then the curve's.
    private let share: [UInt8]

    init() throws {
        share = Array(try MLKEM768.PrivateKey().publicKey.rawRepresentation) + Array(Curve25519.KeyAgreement.PrivateKey().publicKey.rawRepresentation)
    }

    func record(offering suite: UInt16) -> [UInt8] {
        let group: UInt16 = 0x11EC
        let extensions =
            Self.field(43, [2] + Self.two(0x0304))
            + Self.field(10, Self.prefixed(Self.two(group)))
            + Self.field(13, Self.prefixed(Self.two(0x0807)))
            + Self.field(51, Self.prefixed(Self.two(group) + Self.prefixed(share)))
            + Self.field(16, Self.prefixed([9] + Array("hotline/1".utf8)))
        let body =
            Self.two(0x0303) + [UInt8](repeating: 7, count: 32) + [32] + [UInt8](repeating: 8, count: 32)
            + Self.prefixed(Self.two(suite)) + [1, 0] + Self.prefixed(extensions)
        let message = [1, 0] + Self.prefixed(body)
        return [22] + Self.two(0x0301) + Self.prefixed(message)
    }

    /// The cipher suite of a ServerHello at the beginning of a TLS stream; nil where something else begins it.
    static func chosen(_ stream: [UInt8]) -> UInt16? {
        guard stream.count > 78, stream[0] == 22, stream[5] == 2, let place = place(afterSessionOf: stream) else { return nil }
        return UInt16(stream[place]) << 8 | UInt16(stream[place + 1])
    }

    /// The cipher suites of a ClientHello at the beginning of a TLS stream.
    static func offered(_ stream: [UInt8]) -> [UInt16] {
        guard stream.count > 200, stream[0] == 22, stream[5] == 1, let place = place(afterSessionOf: stream) else { return [] }
        let count = Int(stream[place]) << 8 | Int(stream[place + 1])
        return stride(from: place + 2, to: min(place + 2 + count, stream.count - 1), by: 2).map { UInt16(stream[$0]) << 8 | UInt16(stream[$0 + 1]) }
    }

    /// Behind the record's head, the message's head, version, random and session.
    private static func place(afterSessionOf stream: [UInt8]) -> Int? {
        let length = 5 + 4 + 2 + 32
        guard stream.count > length else { return nil }
        let place = length + 1 + Int(stream[length])
        return place + 2 <= stream.count ? place : nil
    }

    private static func two(_ value: UInt16) -> [UInt8] { [UInt8(value >> 8), UInt8(truncatingIfNeeded: value)] }
    private static func prefixed(_ bytes: [UInt8]) -> [UInt8] { two(UInt16(bytes.count)) + bytes }
    private static func field(_ type: UInt16, _ bytes: [UInt8]) -> [UInt8] { two(type) + prefixed(bytes) }
}
