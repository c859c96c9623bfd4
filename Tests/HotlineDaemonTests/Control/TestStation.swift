import Foundation
import HotlineDesk
import Logging
import ServiceLifecycle

@testable import HotlineDaemon

/// A control server in a directory of its own, on a real socket.
struct TestStation {
    let socketPath: String
    let group: ServiceGroup

    /// Runs `body` while the server listens, then shuts it down and takes everything away.
    static func run(
        _ desk: any Desk, heartbeat: Duration = .seconds(5), in directory: TestDirectory? = nil, _ body: (TestStation) async throws -> Void
    ) async throws {
        let own = try directory ?? TestDirectory()
        defer { if directory == nil { own.remove() } }
        let (listening, continuation) = AsyncStream.makeStream(of: Void.self)
        let socketPath = own.path("station/control.sock")
        let server = ControlServer(desk: desk, socketPath: socketPath, logger: .silent, heartbeat: heartbeat) {
            continuation.finish()
        }
        let group = ServiceGroup(configuration: .init(services: [server], logger: .silent))
        let running = Task {
            defer { continuation.finish() }
            try await group.run()
        }
        for await _ in listening {}
        do {
            try await body(TestStation(socketPath: socketPath, group: group))
            await group.triggerGracefulShutdown()
            try await running.value
        } catch {
            await group.triggerGracefulShutdown()
            // What ended the server says more than that a test could not reach it.
            try await running.value
            throw error
        }
    }

    /// Asks it as the command line does.
    func ask(_ body: (ControlClient) async throws -> Void) async throws {
        let client = ControlClient(socketPath: socketPath)
        do {
            try await body(client)
            await client.shutdown()
        } catch {
            await client.shutdown()
            throw error
        }
    }
}

/// A directory that only this user can open, and that is removed.
struct TestDirectory: Sendable {
    let root: String

    init() throws {
        root = NSTemporaryDirectory() + "hotline-" + UUID().uuidString.prefix(8)
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    }

    func path(_ name: String) -> String { root + "/" + name }

    func mode(of name: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path(name))
        return (attributes[.posixPermissions] as? Int ?? 0) & 0o777
    }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

    func remove() { try? FileManager.default.removeItem(atPath: root) }
}

extension Logger {
    static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}

/// Waits until something is so, and fails the test where it does not come to be within ten seconds.
func eventually(_ condition: () -> Bool) async throws {
    let end = ContinuousClock.now + .seconds(10)
    while !condition() {
        guard ContinuousClock.now < end else { throw Late() }
        try await Task.sleep(for: .milliseconds(5))
    }
}

struct Late: Error {}
