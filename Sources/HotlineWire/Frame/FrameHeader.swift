/// What stands in clear before a frame's ciphertext (docs/spec/frames.md).
public struct FrameHeader: Hashable, Sendable {
    /// The version of the frame format, in the high four bits of the first byte.
    public static let version: UInt8 = 1

    /// Which key a sealed frame is under: six random bytes of the sender's start, or the alias the receiver gave them.
    public enum Salt: Hashable, Sendable {
        case full(StartSalt)
        case alias(UInt8)
    }

    public let epochLow: UInt8
    public let from: StationNumber
    public let to: StationNumber
    public let salt: Salt
    public let counter: UInt16

    public init(epochLow: UInt8, from: StationNumber, to: StationNumber, salt: Salt, counter: UInt16) {
        self.epochLow = epochLow
        self.from = from
        self.to = to
        self.salt = salt
        self.counter = counter
    }

    /// Bytes of the authentication tag of AES-256-GCM-SIV (RFC 8452 §4).
    public static let tagBytes = 16

    public var encoded: [UInt8] {
        var encoder = Encoder(reserving: 11)
        encoder.put(byte: FrameHeader.version << 4 | kind.rawValue)
        encoder.put(byte: epochLow)
        encoder.put(byte: from.value << 4 | to.value)
        switch salt {
        case .full(let salt): encoder.put(raw: salt.bytes)
        case .alias(let alias): encoder.put(byte: alias)
        }
        encoder.put(uint16: counter)
        return encoder.bytes
    }

    public var kind: FrameKind {
        switch salt {
        case .full: .sealed
        case .alias: .sealedShort
        }
    }
}

/// The low four bits of a frame's first byte.
public enum FrameKind: UInt8, Sendable {
    /// A signed object in clear: the first offer, its accept, its confirmation.
    case handshake = 0
    /// Sealed, the salt written out.
    case sealed = 1
    /// Sealed, the salt as an alias.
    case sealedShort = 2
}

/// Six random bytes that every start of a station draws, so that a cloned or restored station never meets its old keys.
public struct StartSalt: Hashable, Sendable {
    public static let size = 6
    public let bytes: [UInt8]
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == StartSalt.size else { return nil }
        self.bytes = bytes
    }
}

/// A frame as it came from a bearer: its parts, nothing of them believed.
public enum UnverifiedFrame: Sendable {
    case handshake(HandshakeFragment)
    case sealed(FrameHeader, ciphertext: [UInt8])

    /// - Parameter max: bytes of a frame on this bearer, at most.
    public init(_ bytes: [UInt8], max: Int = Limits.frameBytesMax) throws(WireError) {
        guard bytes.count <= max else { throw .tooLarge(what: "frame", found: bytes.count, max: max) }
        var decoder = Decoder(bytes)
        let first = try decoder.byte()
        guard first >> 4 == FrameHeader.version else { throw .invalid(what: "frame version", found: UInt64(first >> 4)) }
        guard let kind = FrameKind(rawValue: first & 15) else { throw .invalid(what: "frame kind", found: UInt64(first & 15)) }
        if kind == .handshake {
            self = .handshake(try HandshakeFragment(&decoder))
            return
        }
        let epochLow = try decoder.byte()
        let (from, to) = try decoder.stationPair()
        let salt: FrameHeader.Salt
        if kind == .sealed {
            guard let full = StartSalt(try decoder.raw(StartSalt.size)) else { throw .truncated }
            salt = .full(full)
        } else {
            salt = .alias(try decoder.byte())
        }
        let header = FrameHeader(epochLow: epochLow, from: from, to: to, salt: salt, counter: try decoder.uint16())
        guard decoder.remaining >= FrameHeader.tagBytes else { throw .truncated }
        self = .sealed(header, ciphertext: decoder.rest())
    }
}

/// A part of a signed object that travels in clear before two stations share an epoch.
public struct HandshakeFragment: Hashable, Sendable {
    public let from: StationNumber
    public let to: StationNumber
    /// The first eight bytes of the SHA-256 of the whole object.
    public let object: UInt64
    public let offset: Int
    public let total: Int
    public let bytes: [UInt8]

    public init(from: StationNumber, to: StationNumber, object: UInt64, offset: Int, total: Int, bytes: [UInt8]) {
        self.from = from
        self.to = to
        self.object = object
        self.offset = offset
        self.total = total
        self.bytes = bytes
    }

    /// Bytes of a handshake frame besides the part of the object it carries, at most.
    public static let overheadMax = 3 + 8 + 4 + 4

    public var encoded: [UInt8] {
        var encoder = Encoder(reserving: bytes.count + HandshakeFragment.overheadMax)
        encoder.put(byte: FrameHeader.version << 4 | FrameKind.handshake.rawValue)
        encoder.put(byte: 0)
        encoder.put(byte: from.value << 4 | to.value)
        encoder.put(uint64: object)
        encoder.put(varint: UInt64(offset))
        encoder.put(varint: UInt64(total))
        encoder.put(raw: bytes)
        return encoder.bytes
    }

    /// Reads what follows the first byte.
    init(_ decoder: inout Decoder) throws(WireError) {
        let reserved = try decoder.byte()
        guard reserved == 0 else { throw .invalid(what: "reserved byte", found: UInt64(reserved)) }
        (from, to) = try decoder.stationPair()
        object = try decoder.uint64()
        offset = try decoder.count(of: "fragment offset", max: Limits.objectBytesMax)
        total = try decoder.count(of: "object", max: Limits.objectBytesMax)
        bytes = decoder.rest()
        guard !bytes.isEmpty, offset + bytes.count <= total else { throw .truncated }
    }
}

extension Decoder {
    /// From and to in one byte, four bits each.
    mutating func stationPair() throws(WireError) -> (StationNumber, StationNumber) {
        let byte = try byte()
        guard let from = StationNumber(byte >> 4), let to = StationNumber(byte & 15), from != to else {
            throw .invalid(what: "station pair", found: UInt64(byte))
        }
        return (from, to)
    }
}
