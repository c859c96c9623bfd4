import HotlineWire
import NIOCore

@testable import HotlineBearers

/// What comes from a bearer, before any key is known.
enum WireFuzz {
    static func frame(_ bytes: [UInt8]) {
        guard let frame = try? UnverifiedFrame(bytes) else { return }
        switch frame {
        case .handshake(let fragment): check(fragment.encoded == bytes, "a handshake frame has one form")
        case .sealed(let header, let ciphertext): check(header.encoded + ciphertext == bytes, "a sealed frame has one form")
        }
    }

    static func items(_ bytes: [UInt8]) {
        guard let items = try? Item.decode(bytes) else { return }
        check(Item.encode(items) == bytes, "the items of a frame have one form")
    }

    /// The stream of a TLS path, in pieces that the first byte chooses: however it is cut, the same frames come out.
    static func tls(_ bytes: [UInt8]) {
        guard let piece = bytes.first else { return }
        let stream = Array(bytes.dropFirst())
        let whole = frames(of: stream, piece: max(1, stream.count))
        check(frames(of: stream, piece: Int(piece) + 1) == whole, "frames do not depend on how the stream is cut")
    }

    private static func frames(of stream: [UInt8], piece: Int) -> [[UInt8]] {
        var buffer = ByteBuffer()
        var frames: [[UInt8]] = []
        for start in stride(from: 0, to: stream.count, by: piece) {
            buffer.writeBytes(stream[start..<min(stream.count, start + piece)])
            do throws(BearerError) {
                while let frame = try FrameDecoder.frame(from: &buffer) { frames.append(frame) }
            } catch {
                return frames
            }
        }
        return frames
    }
}
