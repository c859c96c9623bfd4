import Foundation
import Glibc
import HotlineDesk
import ServiceLifecycle
import Testing

@testable import HotlineDaemon

@Suite struct ControlEventTests {
    private let received = EventView(
        kind: .received, at: "2026-11-22T23:41:27.123Z", party: "Moscow", serial: "M-7", precedence: "FLASH", exercise: true, from: "chairman",
        to: "president", detail: "Уважаемый “господин”"
    )

    @Test func `whatever happens after the stream was opened is in it, in order`() async throws {
        let desk = FakeDesk()
        try await TestStation.run(desk) { station in
            try await station.ask { client in
                let events = try await client.events()
                let sent = [received] + (1...200).map { EventView(kind: .acknowledged, at: received.at, serial: "W-\($0)") }
                for event in sent { desk.tell(event) }
                desk.endEvents()
                var got: [EventView] = []
                for await event in events { got.append(event) }
                #expect(got.dropLast() == sent[...])
                #expect(got.last?.kind == .stopped)
            }
        }
    }

    @Test func `a shutdown ends the stream with 'stopped'`() async throws {
        let desk = FakeDesk()
        try await TestStation.run(desk) { station in
            try await station.ask { client in
                let events = try await client.events()
                desk.tell(received)
                var iterator = events.makeAsyncIterator()
                #expect(await iterator.next() == received)
                await station.group.triggerGracefulShutdown()
                #expect(await iterator.next()?.kind == .stopped)
                #expect(await iterator.next() == nil)
            }
        }
        #expect(desk.listeners == 0)
    }

    @Test func `'stopped' is said once where the desk says it itself`() async throws {
        let desk = FakeDesk()
        try await TestStation.run(desk) { station in
            try await station.ask { client in
                let events = try await client.events()
                desk.tell(EventView(kind: .stopped, at: received.at))
                desk.endEvents()
                var kinds: [EventView.Kind] = []
                for await event in events { kinds.append(event.kind) }
                #expect(kinds == [.stopped])
            }
        }
    }

    @Test func `a listener that goes is let go`() async throws {
        let desk = FakeDesk()
        try await TestStation.run(desk) { station in
            let client = ControlClient(socketPath: station.socketPath)
            let listener = Task {
                for await _ in try await client.events() {}
            }
            try await eventually { desk.listeners == 1 }
            listener.cancel()
            try await eventually { desk.listeners == 0 }
            await client.shutdown()
            _ = await listener.result
        }
    }

    @Test func `an idle stream beats with empty lines`() async throws {
        try await TestStation.run(FakeDesk(), heartbeat: .milliseconds(20)) { station in
            let listener = try RawListener(station.socketPath)
            defer { listener.close() }
            // Chunks of one line feed each: the first at once, the others as heartbeats.
            #expect(try await listener.read(until: { $0.components(separatedBy: "1\r\n\n\r\n").count > 3 }))
        }
    }

    @Test func `a listener that does not read does not hold up a shutdown`() async throws {
        let desk = FakeDesk()
        let start = ContinuousClock.now
        try await TestStation.run(desk) { station in
            let listener = try RawListener(station.socketPath)
            defer { listener.close() }
            try await eventually { desk.listeners == 1 }
            // More than the buffers of a socket and of both ends hold.
            let long = EventView(kind: .sent, at: received.at, detail: String(repeating: "x", count: 16 * 1024))
            for _ in 0..<256 { desk.tell(long) }
            try await Task.sleep(for: .milliseconds(100))
            await station.group.triggerGracefulShutdown()
            try await eventually { desk.listeners == 0 }
        }
        #expect(ContinuousClock.now - start < .seconds(60))
    }

    @Test func `a slow reader loses nothing that the desk still holds`() async throws {
        let desk = FakeDesk()
        try await TestStation.run(desk) { station in
            try await station.ask { client in
                let events = try await client.events()
                let count = 2000
                for number in 0..<count { desk.tell(EventView(kind: .acknowledged, at: received.at, serial: "W-\(number)")) }
                desk.endEvents()
                try await Task.sleep(for: .milliseconds(50))
                var next = 0
                for await event in events where event.kind == .acknowledged {
                    #expect(event.serial == "W-\(next)")
                    next += 1
                }
                #expect(next == count)
            }
        }
    }
}

/// A listener that speaks HTTP by hand and reads only when it is told to.
private struct RawListener {
    private let descriptor: Int32

    init(_ path: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let descriptor = descriptor
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
        try #require(result == 0)
        let request = Array("GET /v1/events HTTP/1.1\r\nHost: station\r\n\r\n".utf8)
        try #require(write(descriptor, request, request.count) == request.count)
    }

    /// Reads until the text so far is as wanted; false where the stream ends or ten seconds pass before.
    func read(until isEnough: (String) -> Bool) async throws -> Bool {
        let end = ContinuousClock.now + .seconds(10)
        var text = ""
        var buffer = [UInt8](repeating: 0, count: 4096)
        while ContinuousClock.now < end {
            let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            if count > 0 {
                text += String(decoding: buffer[..<count], as: UTF8.self)
                if isEnough(text) { return true }
            } else if count == 0 || errno != EAGAIN {
                return false
            } else {
                try await Task.sleep(for: .milliseconds(5))
            }
        }
        return false
    }

    func close() { Glibc.close(descriptor) }
}
