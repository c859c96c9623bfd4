import Foundation
import Glibc
import HotlineDesk
import Testing

@testable import HotlineDaemon

@Suite struct ControlSocketTests {
    @Test func `the socket is its owner's alone, and so is its directory`() async throws {
        let directory = try TestDirectory()
        defer { directory.remove() }
        try await TestStation.run(FakeDesk(), in: directory) { _ async throws in
            #expect(try directory.mode(of: "station/control.sock") == 0o600)
            #expect(try directory.mode(of: "station") == 0o700)
        }
    }

    @Test func `the socket is gone after a shutdown`() async throws {
        let directory = try TestDirectory()
        defer { directory.remove() }
        try await TestStation.run(FakeDesk(), in: directory) { _ in #expect(directory.exists("station/control.sock")) }
        #expect(!directory.exists("station/control.sock"))
    }

    @Test func `the socket of a dead process is replaced`() async throws {
        let directory = try TestDirectory()
        defer { directory.remove() }
        try leaveSocket(directory)
        try await TestStation.run(FakeDesk(), in: directory) { station in
            try await station.ask { client async throws in #expect(try await client.status() == .example()) }
        }
    }

    @Test func `a living station is not replaced`() async throws {
        let directory = try TestDirectory()
        defer { directory.remove() }
        try await TestStation.run(FakeDesk(), in: directory) { station in
            let refusal = await #expect(throws: DeskError.self) { try await TestStation.run(FakeDesk(), in: directory) { _ in } }
            #expect(refusal?.class == .unavailable)
            try await station.ask { client async throws in #expect(try await client.status() == .example()) }
        }
    }

    @Test func `a directory that others can open is refused`() async throws {
        let directory = try TestDirectory()
        defer { directory.remove() }
        try FileManager.default.createDirectory(
            atPath: directory.path("station"), withIntermediateDirectories: false, attributes: [.posixPermissions: 0o750]
        )
        let refusal = await #expect(throws: DeskError.self) { try await TestStation.run(FakeDesk(), in: directory) { _ in } }
        #expect(refusal?.class == .refused)
        #expect(!directory.exists("station/control.sock"))
    }

    @Test func `a file in the place of the socket is let be`() async throws {
        let directory = try TestDirectory()
        defer { directory.remove() }
        try FileManager.default.createDirectory(
            atPath: directory.path("station"), withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700]
        )
        #expect(FileManager.default.createFile(atPath: directory.path("station/control.sock"), contents: Data("mine".utf8)))
        let refusal = await #expect(throws: DeskError.self) { try await TestStation.run(FakeDesk(), in: directory) { _ in } }
        #expect(refusal?.class == .refused)
        #expect(FileManager.default.contents(atPath: directory.path("station/control.sock")) == Data("mine".utf8))
    }

    @Test func `a socket that another process has put in its place is let be`() throws {
        let directory = try TestDirectory()
        defer { directory.remove() }
        try leaveSocket(directory)
        let socket = ControlSocket(path: directory.path("station/control.sock"))
        let mine = try #require(socket.identity)
        // Beside the first until then, so that it cannot get the same inode.
        try leaveSocket(directory, name: "station/other.sock")
        #expect(rename(directory.path("station/other.sock"), socket.path) == 0)
        socket.remove(mine)
        #expect(directory.exists("station/control.sock"))
        socket.remove(socket.identity)
        #expect(!directory.exists("station/control.sock"))
    }

    @Test func `a station that does not run is said to be so, with the command that starts it`() async throws {
        let directory = try TestDirectory()
        defer { directory.remove() }
        let expected = DeskError(
            .unavailable, "the station in \(directory.path("station")) is not running", hint: "start it with: hotline run --dir \(directory.path("station"))"
        )
        let client = ControlClient(socketPath: directory.path("station/control.sock"))
        await #expect(throws: expected) { try await client.status() }
        try leaveSocket(directory)
        await #expect(throws: expected) { try await client.status() }
        await client.shutdown()
    }

    @Test func `a path that no socket can have is a usage error on both sides`() async throws {
        let directory = try TestDirectory()
        defer { directory.remove() }
        let path = directory.path(String(repeating: "x", count: 108) + "/control.sock")
        #expect(throws: DeskError.longSocketPath(path)) { try ControlSocket(path: path).prepare() }
        let client = ControlClient(socketPath: path)
        await #expect(throws: DeskError.longSocketPath(path)) { try await client.status() }
        await client.shutdown()
    }

    /// What a process leaves behind that was killed.
    private func leaveSocket(_ directory: TestDirectory, name: String = "station/control.sock") throws {
        mkdir(directory.path("station"), 0o700)
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: directory.path(name).utf8) }
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
        try #require(result == 0)
    }
}
