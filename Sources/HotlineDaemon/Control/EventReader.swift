import AsyncHTTPClient
import HotlineDesk
import NIOCore

/// Reads the lines of an event stream.
struct EventReader {
    let body: HTTPClientResponse.Body

    func read(into events: AsyncStream<EventView>.Continuation) async throws {
        var pending = ByteBuffer()
        for try await chunk in body {
            pending.writeImmutableBuffer(chunk)
            while let line = nextLine(&pending) {
                // An empty line is a heartbeat.
                if line.readableBytes > 0 { try await hand(try ControlJSON.decode(EventView.self, line), to: events) }
            }
            guard pending.readableBytes <= ControlLimits.eventBytesMax else { return }
            pending.discardReadBytes()
        }
    }

    /// Waits while the caller is slow. The socket fills, then the desk's buffer, and the desk says what was missed.
    private func hand(_ event: EventView, to events: AsyncStream<EventView>.Continuation) async throws {
        while case .dropped = events.yield(event) { try await Task.sleep(for: .milliseconds(20)) }
    }

    private func nextLine(_ buffer: inout ByteBuffer) -> ByteBuffer? {
        guard let end = buffer.readableBytesView.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        let line = buffer.readSlice(length: end - buffer.readerIndex)
        buffer.moveReaderIndex(forwardBy: 1)
        return line
    }
}
