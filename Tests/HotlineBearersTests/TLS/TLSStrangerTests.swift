import HotlineWire
import NIOSSL
import Testing

@testable import HotlineBearers

/// Who does not hold the agreed key, or does not speak the agreed TLS, gets nothing.
@Suite struct TLSStrangerTests {
    /// Lets `spoil` change a correct dialler's TLS, and expects that it gets nothing.
    private func expectRefusal(
        _ spoil: (inout TLSConfiguration) throws -> Void, counted: KeyPath<TLSListenerCounters, Int>
    ) async throws {
        let a = try Post(1)
        let b = try Post(2)
        try await with(a, b) {
            let port = try await a.listen()
            try a.bear(to: b).start()
            var tls = try b.credentials.clientConfiguration
            try spoil(&tls)
            let intruder = try await Intruder(port: port, tls: tls)
            intruder.send([1, 42])
            try #require(await eventually { intruder.isClosed })
            #expect(await eventually { a.listener?.counters[keyPath: counted] == 1 })
            #expect(await eventually { a.ear.strangers.count == 1 })
            #expect(a.ear.ups == 0)
            #expect(a.ear.frames.isEmpty)
            #expect(intruder.bytes.isEmpty)
            #expect(a.listener?.counters.unfinished == 0)
        }
    }

    @Test func theRightTLSIsNotRefused() async throws {
        let a = try Post(1)
        let b = try Post(2)
        try await with(a, b) {
            let port = try await a.listen()
            try a.bear(to: b).start()
            let peer = try await Intruder(port: port, tls: try b.credentials.clientConfiguration)
            peer.send([1, 42])
            #expect(await eventually { a.ear.frames == [[42]] })
            #expect(a.listener?.counters.identified == 1)
            await peer.close()
        }
    }

    @Test("TLS-2: a foreign key is refused") func aForeignKeyIsRefused() async throws {
        let foreign = try Credentials()
        try await expectRefusal({ $0 = try foreign.clientConfiguration }, counted: \.refusedForeignKey)
    }

    @Test func nobodyIsHeardWithoutACertificate() async throws {
        try await expectRefusal(
            {
                $0.certificateChain = []
                $0.privateKey = nil
            }, counted: \.refusedHandshake)
    }

    @Test("TLS-1: older TLS is refused") func olderTLSIsRefused() async throws {
        try await expectRefusal(
            {
                $0.minimumTLSVersion = .tlsv12
                $0.maximumTLSVersion = .tlsv12
            }, counted: \.refusedHandshake)
    }

    @Test func aClassicalKeyExchangeIsRefused() async throws {
        try await expectRefusal({ $0.curves = [.x25519] }, counted: \.refusedHandshake)
    }

    @Test func anyOtherClassicalKeyExchangeIsRefused() async throws {
        try await expectRefusal({ $0.curves = [.secp256r1, .secp384r1, .x25519] }, counted: \.refusedHandshake)
    }

    @Test func anotherApplicationProtocolIsRefused() async throws {
        try await expectRefusal({ $0.applicationProtocols = ["h2"] }, counted: \.refusedHandshake)
    }

    @Test func noApplicationProtocolIsRefused() async throws {
        try await expectRefusal({ $0.applicationProtocols = [] }, counted: \.refusedHandshake)
    }

    @Test func whatIsNotTLSIsRefused() async throws {
        let a = try Post(1)
        let b = try Post(2)
        try await with(a, b) {
            let port = try await a.listen()
            try a.bear(to: b).start()
            let intruder = try await Intruder(port: port)
            intruder.send(Array("GET /secret-path HTTP/1.1\r\n\r\n".utf8))
            try #require(await eventually { intruder.isClosed })
            #expect(await eventually { a.ear.strangers.count == 1 })
            #expect(a.ear.strangers.allSatisfy { !$0.contains("secret") })
        }
    }

    @Test func theDialledStationRefusesAForeignKeyAndTheDiallerNeverComesUp() async throws {
        var timing = TLSTiming.brisk
        timing.confirmationTimeout = .seconds(10)
        let a = try Post(1)
        let b = try Post(2, timing: timing)
        try await with(a, b) {
            let port = try await a.listen()
            let other = try Credentials()
            try a.bear(to: b, pin: other.pin).start()
            let toA = try b.bear(to: a, dialling: port)
            toA.start()
            try #require(await eventually { toA.counters.dialsFailed >= 2 })
            #expect(a.ear.ups == 0 && b.ear.ups == 0)
            #expect(a.ear.frames.isEmpty)
            #expect(!a.ear.strangers.isEmpty)
            #expect(toA.counters.lastFailure != nil)
        }
    }

    @Test func theDiallerRefusesAForeignKey() async throws {
        let a = try Post(1)
        let b = try Post(2)
        try await with(a, b) {
            let port = try await a.listen()
            let other = try Credentials()
            try a.bear(to: b).start()
            let toA = try b.bear(to: a, dialling: port, pin: other.pin)
            toA.start()
            try #require(await eventually { toA.counters.dialsFailed >= 2 })
            #expect(a.ear.ups == 0 && b.ear.ups == 0)
            #expect(await eventually { !b.ear.strangers.isEmpty })
        }
    }

    @Test func aReleasedBearersPeerIsAStranger() async throws {
        let a = try Post(1)
        let b = try Post(2)
        try await with(a, b) {
            let port = try await a.listen()
            let toB = try a.bear(to: b)
            toB.start()
            a.listener?.release(toB)
            let intruder = try await Intruder(port: port, tls: try b.credentials.clientConfiguration)
            try #require(await eventually { intruder.isClosed })
            #expect(await eventually { a.listener?.counters.refusedForeignKey == 1 })
        }
    }

    @Test("TLS-3: a handshake that takes too long is closed") func aHandshakeThatTakesTooLongIsClosed() async throws {
        var timing = TLSTiming.brisk
        timing.handshakeTimeout = .milliseconds(150)
        let a = try Post(1, timing: timing)
        let b = try Post(2)
        try await with(a, b) {
            let port = try await a.listen()
            try a.bear(to: b).start()
            let intruder = try await Intruder(port: port)
            // The beginning of a ClientHello, and no more.
            intruder.send([0x16, 0x03, 0x01])
            try #require(await eventually { intruder.isClosed })
            #expect(await eventually { a.listener?.counters.refusedSlow == 1 })
            #expect(a.listener?.counters.unfinished == 0)
            #expect(await eventually { a.ear.strangers == ["1 time: the handshake took too long"] })
        }
    }

    @Test func unfinishedHandshakesAreBoundedAndSoIsTheShareOfOneSource() async throws {
        let a = try Post(1)
        let b = try Post(2)
        try await with(a, b) {
            let port = try await a.listen(unfinishedMax: 16)
            let toB = try a.bear(to: b)
            toB.start()
            var crowd: [Intruder] = []
            for _ in 0..<12 { crowd.append(try await Intruder(port: port, source: "127.0.0.2")) }
            #expect(await eventually { a.listener?.counters.refusedCrowded == 4 })
            #expect(a.listener?.counters.unfinished == 8)
            // One source alone keeps nobody out.
            let toA = try b.bear(to: a, dialling: port)
            toA.start()
            #expect(await eventually { a.ear.isUp && b.ear.isUp })
            await toA.stop()
            for source in 3..<7 {
                for _ in 0..<4 { crowd.append(try await Intruder(port: port, source: "127.0.0.\(source)")) }
            }
            #expect(await eventually { a.listener?.counters.refusedCrowded == 12 })
            #expect(a.listener?.counters.unfinished == 16)
            #expect(await eventually { crowd.count { $0.isClosed } == 12 })
            for intruder in crowd { await intruder.close() }
            #expect(await eventually { a.listener?.counters.unfinished == 0 })
        }
    }
}
