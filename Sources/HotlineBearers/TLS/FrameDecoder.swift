import HotlineWire
import NIOCore

/// Cuts a TLS stream into frames: a length as a variable-length integer in its shortest form (RFC 9000 §16), then
/// 1 to `Limits.frameBytesMax` bytes. Throws ``BearerError`` at the first byte that cannot begin or continue a frame.
struct FrameDecoder: ByteToMessageDecoder {
    typealias InboundOut = [UInt8]

    mutating func decode(context: ChannelHandlerContext, buffer: inout ByteBuffer) throws -> DecodingState {
        guard let frame = try FrameDecoder.frame(from: &buffer) else { return .needMoreData }
        context.fireChannelRead(wrapInboundOut(frame))
        return .continue
    }

    /// The next whole frame; nil, and nothing taken, while bytes of it are missing.
    static func frame(from buffer: inout ByteBuffer) throws(BearerError) -> [UInt8]? {
        guard let first = buffer.getInteger(at: buffer.readerIndex, as: UInt8.self) else { return nil }
        let width = 1 << Int(first >> 6)
        guard width <= BearerLimits.lengthBytesMax else {
            throw .frameLength(.invalid(what: "width of a frame length", found: UInt64(width)))
        }
        guard let prefix = buffer.getBytes(at: buffer.readerIndex, length: width) else { return nil }
        let length: Int
        do throws(WireError) {
            var decoder = Decoder(prefix)
            length = try decoder.count(of: "frame", max: Limits.frameBytesMax)
        } catch {
            throw .frameLength(error)
        }
        guard length > 0 else { throw .frameEmpty }
        guard let frame = buffer.getBytes(at: buffer.readerIndex + width, length: length) else { return nil }
        buffer.moveReaderIndex(forwardBy: width + length)
        return frame
    }
}
