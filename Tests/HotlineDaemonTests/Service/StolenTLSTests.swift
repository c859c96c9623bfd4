import Foundation
import HotlineBearers
import HotlineDesk
import HotlineWire
import NIOCore
import NIOPosix
import ServiceLifecycle
import Testing

@testable import HotlineDaemon

/// Two real stations whose TLS keys are both in other hands.
@Suite(.serialized) struct StolenTLSTests {
    private static let letters = 30
    private static let secret = "the ford at dawn"

    @Test("TLS-2: whoever owns the TLS of both sides reads nothing, changes nothing, and harms no order", arguments: [1, 2] as [UInt64])
    func thief(_ seed: UInt64) async throws {
        let folder = try PartyFolder()
        let (washington, moscow, _) = try TestParty.line(in: folder)
        let address = TLSAddress(host: "127.0.0.1", port: try await Self.freePort())
        let thief = try TLSThief(washington: washington, moscow: moscow, dialling: address, seed: seed)
        try await thief.start()
        try Self.configure(washington, listen: address.description)
        try Self.configure(moscow, listen: "none", peers: ["W=127.0.0.1:\(try #require(thief.port))"])

        let services = try [washington, moscow].map { try StationService(directory: $0, logger: .silent) }
        let group = ServiceGroup(configuration: .init(services: services.map { .init(service: $0) }, logger: .silent))
        let running = Task { try await group.run() }
        let desks = services.map(\.desk)
        do {
            try await Self.exchange(desks)
        } catch {
            await group.triggerGracefulShutdown()
            try await running.value
            throw error
        }
        await group.triggerGracefulShutdown()
        try await running.value
        await thief.stop()

        #expect(thief.deeds.isOver, "the thief did each of its deeds: \(thief.deeds)")
        let secret = Array(Self.secret.utf8)
        for frame in thief.frames { #expect(!frame.contains(secret)) }
    }

    private static func exchange(_ desks: [any Desk]) async throws {
        try await until { try await desks[0].status().peers.allSatisfy { $0.state == "up" } }
        for number in 0..<letters {
            for (desk, to) in zip(desks, ["m-watch", "w-watch"]) {
                _ = try await desk.send(LetterOrder(to: to, precedence: number % 3 == 0 ? "PRIORITY" : "ROUTINE", text: "\(number): \(secret)"))
            }
        }
        try await until {
            for desk in desks { if try await desk.status().peers.contains(where: { $0.backlog > 0 }) { return false } }
            return true
        }
        for desk in desks {
            let came = try await desk.letters(LetterQuery(direction: .received, limit: LetterQuery.limitMax))
            #expect(came.reversed().map(\.text) == (0..<letters).map { "\($0): \(secret)" })
            #expect(try await desk.status().peers.allSatisfy { $0.violations == 0 }, "an honest peer is not accused of what the thief did")
        }
    }

    private static func configure(_ station: StationDirectory, listen: String, peers: [String] = []) throws {
        let file = try Configuration(listen: listen, peers: peers, healthPort: "none").file
        try Data(file).write(to: URL(filePath: station.configuration))
        try setMode(0o600, of: station.configuration)
    }

    /// The thief must know where Washington will listen, before it does.
    private static func freePort() async throws -> Int {
        let probe = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton).bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(probe.localAddress?.port)
        try await probe.close()
        return port
    }

    private static func until(_ isSo: () async throws -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(90)
        while true {
            // The loop of a station that only starts does not answer yet.
            if (try? await isSo()) == true { return }
            guard ContinuousClock.now < end else { throw Late() }
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}
