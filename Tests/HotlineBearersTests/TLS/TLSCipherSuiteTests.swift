import HotlineWire
import NIOCore
import NIOPosix
import Testing

@testable import HotlineBearers

@Suite struct TLSCipherSuiteTests {
    @Test("TLS-10: whoever offers one of the two cipher suites alone gets it", arguments: [HandmadeHello.aes128, HandmadeHello.aes256])
    func accepted(suite: UInt16) async throws {
        let (a, b) = (try Post(1), try Post(2))
        try await with(a, b) {
            let port = try await a.listen()
            try a.bear(to: b).start()
            let dialler = try await Intruder(port: port)
            dialler.send(try HandmadeHello().record(offering: suite))
            #expect(await eventually { HandmadeHello.chosen(dialler.bytes) == suite }, "\(dialler.bytes.prefix(16))")
            await dialler.close()
        }
    }

    @Test("TLS-10: whoever dials offers at least one of the two")
    func offered() async throws {
        let heard = Intruder.Received()
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(heard) } }
            .bind(host: "127.0.0.1", port: 0).get()
        let (a, b) = (try Post(1), try Post(2))
        try await with(a, b) {
            try a.bear(to: b, dialling: try #require(server.localAddress?.port)).start()
            #expect(await eventually { !Set(HandmadeHello.offered(heard.bytes)).isDisjoint(with: [HandmadeHello.aes128, HandmadeHello.aes256]) })
        }
        try await server.close()
    }
}
