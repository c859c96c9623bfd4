import HotlineWire
import NIOCore
import Testing

@testable import HotlineBearers

/// The peer's own key does not excuse it from the framing.
@Suite struct TLSFramingTests {
    private func expectClosed(after bytes: [UInt8], frames: [[UInt8]] = []) async throws {
        let a = try Post(1)
        let b = try Post(2)
        try await with(a, b) {
            let port = try await a.listen()
            try a.bear(to: b).start()
            let peer = try await Intruder(port: port, tls: try b.credentials.clientConfiguration)
            peer.send(bytes)
            try #require(await eventually { peer.isClosed })
            #expect(await eventually { a.ear.downs.count == 1 })
            #expect(a.ear.frames == frames)
        }
    }

    @Test func anEmptyFrameClosesThePath() async throws {
        try await expectClosed(after: [2, 7, 8, 0, 1, 9], frames: [[7, 8]])
    }

    @Test func aLengthAboveTheLimitClosesThePath() async throws {
        try await expectClosed(after: [0x80, 0x01, 0x00, 0x01])
    }

    @Test func aLengthOfEightBytesClosesThePath() async throws {
        try await expectClosed(after: [0xC0])
    }

    @Test("TLS-7: a length in a longer form closes the path") func aLengthInALongerFormClosesThePath() async throws {
        try await expectClosed(after: [0x40, 0x01, 9])
    }

    @Test func framesComeOutHoweverTheBytesArrive() throws {
        var encoder = Encoder()
        let sent = [1, 63, 64, 300, Limits.frameBytesMax].map { [UInt8](repeating: UInt8($0 % 256), count: $0) }
        for frame in sent { encoder.put(prefixed: frame) }
        for step in [5, 63, 4096, encoder.bytes.count] {
            var buffer = ByteBuffer()
            var found: [[UInt8]] = []
            for start in stride(from: 0, to: encoder.bytes.count, by: step) {
                buffer.writeBytes(encoder.bytes[start..<min(start + step, encoder.bytes.count)])
                while let frame = try FrameDecoder.frame(from: &buffer) { found.append(frame) }
            }
            #expect(found == sent)
            #expect(buffer.readableBytes == 0)
        }
    }
}
