import HotlineWire

/// Sixteen random bytes that name one release. They are signed with what is released and accepted once: whoever repeats a released
/// text, in another place of the record or as an answer to another letter, repeats its id too.
public struct ReleaseID: Hashable, Sendable, CustomStringConvertible {
    public static let size = 16
    public let bytes: [UInt8]

    /// Nil for another number of bytes.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == ReleaseID.size else { return nil }
        self.bytes = bytes
    }

    public var description: String { bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
}

extension Encoder {
    mutating func put(_ id: ReleaseID) { put(raw: id.bytes) }
}

extension Decoder {
    mutating func releaseID() throws(WireError) -> ReleaseID {
        guard let id = ReleaseID(try raw(ReleaseID.size)) else { throw .truncated }
        return id
    }
}
