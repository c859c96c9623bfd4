import HotlineSeal
import HotlineWire

/// What a handshake frame carries: one signed object, its kind in the first byte.
enum HandshakeObject: Hashable, Sendable {
    case offers(SignedOffers)
    case accepts(SignedAccepts)
    case confirmations(Confirmations)
    case stale(SignedStale)

    var encoded: [UInt8] {
        switch self {
        case .offers(let offers): [1] + offers.encoded
        case .accepts(let accepts): [2] + accepts.encoded
        case .confirmations(let confirmations): [3] + confirmations.encoded
        case .stale(let stale): [4] + stale.encoded
        }
    }

    init(_ bytes: [UInt8]) throws(WireError) {
        guard let kind = bytes.first else { throw .truncated }
        let body = Array(bytes.dropFirst())
        switch kind {
        case 1: self = .offers(try SignedOffers(body))
        case 2: self = .accepts(try SignedAccepts(body))
        case 3: self = .confirmations(try Confirmations(decoding: body))
        case 4: self = .stale(try SignedStale(body))
        default: throw .invalid(what: "handshake object", found: UInt64(kind))
        }
    }

    /// The name of an object in its fragments: the first eight bytes of its SHA-256.
    static func name(_ bytes: [UInt8]) -> UInt64 { Digest.sha256(bytes).bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) } }
}
