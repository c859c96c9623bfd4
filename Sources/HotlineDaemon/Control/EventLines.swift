import Foundation
import HotlineDesk
import Hummingbird
import NIOCore
import ServiceLifecycle

/// Events of one listener as lines.
struct EventLines: Sendable {
    let events: AsyncStream<EventView>
    let heartbeat: Duration

    private enum Line: Sendable {
        case event(EventView)
        case heartbeat
    }

    /// Writes until the events end, the listener goes or the station stops. The first line is a heartbeat: whoever has
    /// read it hears everything that happens from then on.
    func write(to writer: inout any ResponseBodyWriter, channel: any Channel) async throws {
        let (lines, continuation) = AsyncStream.makeStream(of: Line.self, bufferingPolicy: .bufferingOldest(ControlLimits.eventsBuffered))
        continuation.yield(.heartbeat)
        let pump = Task { await self.pump(into: continuation) }
        let ticker = Task {
            while !Task.isCancelled {
                try await Task.sleep(for: heartbeat)
                continuation.yield(.heartbeat)
            }
        }
        defer {
            pump.cancel()
            ticker.cancel()
        }
        try await withGracefulShutdownHandler {
            try await write(lines, to: &writer)
        } onGracefulShutdown: {
            continuation.finish()
            // A listener that does not read would hold up the shutdown for as long as it likes.
            Task {
                try await Task.sleep(for: ControlLimits.goodbye)
                channel.close(promise: nil)
            }
        }
    }

    /// Never drops an event: where the listener is slow the desk's own buffer fills, and the desk says what was missed.
    private func pump(into lines: AsyncStream<Line>.Continuation) async {
        for await event in events {
            while case .dropped = lines.yield(.event(event)) {
                do { try await Task.sleep(for: .milliseconds(20)) } catch { return }
            }
        }
        lines.finish()
    }

    private func write(_ lines: AsyncStream<Line>, to writer: inout any ResponseBodyWriter) async throws {
        var hasStopped = false
        for await line in lines {
            switch line {
            case .heartbeat:
                try await writer.write(ByteBuffer(string: "\n"))
            case .event(let event):
                hasStopped = event.kind == .stopped
                try await write(event, to: &writer)
            }
        }
        if !hasStopped, !Task.isCancelled {
            let now = Date().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
            try await write(EventView(kind: .stopped, at: now), to: &writer)
        }
    }

    private func write(_ event: EventView, to writer: inout any ResponseBodyWriter) async throws {
        var buffer = try ControlJSON.encode(event)
        buffer.writeString("\n")
        try await writer.write(buffer)
    }
}
